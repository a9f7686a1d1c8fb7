"""What BibTeX and BibLaTeX ask of an entry of each type, what is called alike, and what entries inherit."""

from __future__ import annotations

import re
from collections.abc import Mapping

# BibTeX's own list (btxdoc, section 3.1), with `publisher` and `author` of a book as alternatives, and what
# BibLaTeX adds to it (its manual, sections 2.1 and 2.2): other types, and other names of the same fields.
DATE, PLACE = "year|date|pubstate", "school|institution"
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "article": ("author", "title", "journal|journaltitle", DATE),
    "book": ("author|editor", "title", "publisher", DATE),
    "booklet": ("title",),
    "inbook": ("author|editor", "title", "chapter|pages|booktitle", "publisher", DATE),
    "incollection": ("author", "title", "booktitle", "publisher", DATE),
    "inproceedings": ("author", "title", "booktitle|eventtitle", DATE),
    "manual": ("title",),
    "mastersthesis": ("author", "title", PLACE, DATE),
    "misc": ("author|title|howpublished|note",),
    "online": ("author|editor|title|organization", "title", "year|date|pubstate|urldate", "url|doi|eprint"),
    "phdthesis": ("author", "title", PLACE, DATE),
    "proceedings": ("title", DATE),
    "techreport": ("author", "title", "institution", DATE),
    "report": ("author", "title", "institution", DATE),
    "unpublished": ("author", "title", "note|howpublished|date"),
    "thesis": ("author", "title", PLACE, DATE),
    "collection": ("editor", "title", DATE),
    "software": ("author|editor|title", "title"),
    "dataset": ("author|editor|title", "title"),
    "patent": ("author", "title", "number", DATE),
    "periodical": ("title",),
    "reference": ("title", DATE),
    "inreference": ("title", "booktitle"),
    "standard": ("title",),
    "legislation": ("title",),
    "video": ("title",),
    "audio": ("title",),
    "image": ("title",),
    "jurisdiction": ("title",),
    "legal": ("title",),
    "letter": ("title",),
    "music": ("title",),
    "performance": ("title",),
    "review": ("title",),
    "commentary": ("title",),
    "set": ("entryset",),
}
SAME = {
    "conference": "inproceedings", "electronic": "online", "www": "online", "mvbook": "book",
    "bookinbook": "inbook", "suppbook": "inbook", "mvcollection": "collection",
    "suppcollection": "incollection",
    "mvproceedings": "proceedings", "suppperiodical": "article", "mvreference": "reference", "movie": "video",
    "artwork": "image",
}  # fmt: skip
# A part of a work takes what it does not say itself from the whole: BibLaTeX's manual, appendix B.
INHERITED = {
    "title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon", "author": "bookauthor",
}  # fmt: skip
OWN = frozenset(
    ("crossref", "xdata", "xref", "entryset", "keywords", "doi", "url", "urldate", "note", "abstract")
)
SHELF = "xdata"  # an entry that only others take from
_DAY = r"-?[0-9]{3}[0-9X](?:-[0-9X]{2}){0,2}[~?%]?"
# A date of ISO 8601-2, or two with a slash between; an end may be open.
WHEN = re.compile(rf"(?:{_DAY}(?:/(?:{_DAY}|\.\.)?)?)?")


def taken(key: str, known: Mapping[str, dict[str, str]], above: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the fields of an entry, with those that it takes from others: `xdata`, and its `crossref`.

    Parameters
    ----------
    key
        The entry.
    known
        The fields of every entry of the file, by its key in lower case.
    """
    own = dict(known[key])
    for shelf in map(str.strip, own.get("xdata", "").lower().split(",")):
        if shelf in known and shelf not in above:
            own = {**taken(shelf, known, (*above, key)), **own}
    whole = own.get("crossref", "").strip().lower()
    if whole in known and whole not in above and whole != key:
        for field_name, text in taken(whole, known, (*above, key)).items():
            if field_name not in OWN:
                own.setdefault(INHERITED.get(field_name, field_name), text)
    return own
