"""What has a name in texts of MyST, `(place)=` or `:name:`, and the identifier that Quarto gives it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

OPENING = re.compile(
    r"^(?P<indent> {0,3})(?P<fence>`{3,}|:{3,}|~{3,}) ?\{(?P<name>[A-Za-z][\w:-]*)"
    r"(?:[ \t]+(?P<given>[\w:.#=\"'-]+(?:[ \t]+[\w:.#=\"'-]+)*))?\}[ \t]*(?P<rest>.*)$"
)
PLACE = re.compile(r"^ {0,3}\((?P<name>[\w:. -]+)\)=\s*$")  # `(place)=` before what has that name
HEADING = re.compile(r"^(?P<head>#{1,6}\s+(?P<title>.*?))\s*(?P<own>\{[^{}]*\})?\s*$")
PICTURE = re.compile(r"^!\[.*\]\([^()\s]+\)\s*$")  # alone on its line, without attributes
FORMULA = re.compile(r"^(?P<formula>.*\$\$)\s*\((?P<name>[A-Za-z][\w:.-]+)\)\s*$")  # `$$ … $$ (name)`
WORDS = re.compile(r"^(?P<first>(?!\d)[^\W_]+)[^|]*$")  # a paragraph, and nothing else that a line may begin
REMARK = re.compile(r"^(?:%|\+{3})(?:\s|$)")  # for authors alone, or the end of a cell of text
OWN = re.compile(r"#([^\s{}]+)")
OPTION = re.compile(r"^\s*(?::(?P<key>[\w-]+):|(?P<yaml>[\w-]+):)\s*(?P<value>.*?)\s*$")
QUOTED = re.compile(r"^([\"'])(.*)\1$")
LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)|\[\^[^\]]*\]")  # in a title that is a link itself
ENDING = re.compile(r"\.(?:ipynb|md|qmd)$")
CALLOUTS = {
    **{name: name for name in ("note", "tip", "warning", "important", "caution")},
    **{"hint": "tip", "seealso": "note", "attention": "warning", "danger": "warning", "error": "warning"},
    **{"admonition": "note", "dropdown": "note"},
}
UNSEEN = frozenset(
    ("index", "bibliography", "tableofcontents", "contents", "toctree", "toc", "nb-exec-table")
)  # they stand where Quarto has them
NUMBERED = ("fig-", "tbl-", "eq-", "sec-", "lst-", "thm-", "exr-", "lem-", "cor-", "def-", "prp-", "cnj-",
            "exm-", "alg-")  # fmt: skip
EXERCISE = {"exercise": "exr"}
PROOFS = {
    "theorem": "thm", "lemma": "lem", "corollary": "cor", "definition": "def", "proposition": "prp",
    "conjecture": "cnj", "example": "exm", "algorithm": "alg",
}  # fmt: skip
KINDS = {"list-table": "tbl", **EXERCISE, **{f"prf:{name}": kind for name, kind in PROOFS.items()}}
KINDS |= {f"proof:{name}": kind for name, kind in PROOFS.items()} | {"exercise-start": "exr"}
COUNTED: Mapping[str, str] = {"figure": "fig", "glue:figure": "fig", "table": "tbl", "math": "eq", **KINDS}
Line = tuple[int, str]


@dataclass(frozen=True)
class Named:
    """What can be named: its identifier, its title where it is a heading or a chapter, its chapter's file
    where that is another."""

    id: str
    title: str = ""
    path: str = ""

    @property
    def address(self) -> str:
        """Where a link leads that names it."""
        return (f"/{quote(self.path)}" if self.path else "") + (f"#{self.id}" if self.id else "")

    @property
    def is_counted(self) -> bool:
        """Whether Quarto calls it by its number."""
        return self.id.startswith(NUMBERED)


@dataclass(frozen=True)
class Names:
    """What a text can name.

    Parameters
    ----------
    named
        By the names that MyST knows it by.
    pages
        The chapters of the book, by their paths without an ending.
    path
        The file of the text.
    """

    named: Mapping[str, Named] = field(default_factory=dict)
    pages: Mapping[str, Named] = field(default_factory=dict)
    path: str = ""

    def page(self, target: str) -> Named | None:
        """Return the chapter that a path names, from the text's folder or, with a stroke, from the root."""
        folder = "" if target.startswith("/") else posixpath.dirname(self.path)
        bare = ENDING.sub("", target.strip("/"))
        return self.pages.get(posixpath.normpath(posixpath.join(folder, bare))) if bare else None

    def within(self, path: str) -> Names:
        """Return the names of a book as a chapter of it has them: its own are on its page."""
        own = {key: replace(each, path="") for key, each in self.named.items() if each.path == path}
        return replace(self, named={**self.named, **own}, path=path)

    def beside(self, own: Mapping[str, Named]) -> Names:
        """Return them with those of a text, which go before."""
        return replace(self, named={**self.named, **own}) if own else self


def unlinked(title: str) -> str:
    """Return a title as a link may show it: without links and notes of its own."""
    return LINK.sub(r"\1", title).strip()


def identifier(name: str) -> str:
    """Return a name of MyST's as an identifier: without blanks and other signs."""
    return re.sub(r"[^\w:.-]+", "-", name.strip()).strip("-:.")


def numbered(name: str, kind: str) -> str:
    """Return the identifier of a figure, a table or an equation, as Quarto numbers it: `fig-…`.

    Examples
    --------
    >>> numbered("my plot", "fig"), numbered("tbl-sizes", "fig"), numbered("eq:line", "eq")
    ('fig-my-plot', 'tbl-sizes', 'eq-line')
    """
    own = identifier(name).replace(":", "-")
    return own if own.startswith(NUMBERED) else f"{kind}-{own}"


def named_in(lines: Sequence[str]) -> dict[str, Named]:
    """Return what has a name in a text.

    Examples
    --------
    >>> named_in(["(start)=", "# Here"])
    {'start': Named(id='start', title='Here', path='')}
    """
    block, found = list(enumerate(lines)), dict[str, Named]()
    for at, (_, line) in enumerate(block):
        for name, each in _found(block, at, line):
            found.setdefault(name, each)
    return found


def _found(block: Sequence[Line], at: int, line: str) -> Iterator[tuple[str, Named]]:
    place, formula = PLACE.match(line), FORMULA.match(line)
    if not place:
        given = _given(block, at, "")
        if given:
            yield given
        elif formula:
            yield formula["name"], Named(numbered(formula["name"], "eq"))
        return
    name = place["name"].strip()
    below = at + 1
    while below < len(block) and (not block[below][1].strip() or passes(block[below][1])):
        found = opening(block[below][1])
        below = 1 + (closing(block, below, found["fence"]) if found else below)
    if below == len(block):
        return
    after = block[below][1]
    heading, given = HEADING.match(after), _given(block, below, name)
    if heading:
        own = OWN.search(heading["own"] or "")
        yield name, Named(own[1] if own else identifier(name), unlinked(heading["title"]))
    elif given:
        yield name, given[1]
    elif PICTURE.match(after):
        yield name, Named(numbered(name, "fig"))
    else:
        yield name, Named(identifier(name))


def _given(block: Sequence[Line], at: int, name: str) -> tuple[str, Named] | None:
    """Return the name of a directive that is counted, its own or the one before it."""
    found = opening(block[at][1])
    if not found or called(found) not in COUNTED:
        return None
    options = without_options(block[at + 1 : at + 12])[1]
    name = options.get("name") or options.get("label") or name
    return (name, Named(numbered(name, COUNTED[called(found)]))) if name else None


def opening(line: str) -> re.Match[str] | None:
    """Return what opens a directive; with attributes in its braces it is MyST's, and no chunk of code."""
    found = OPENING.match(line)
    if found is None or (found["fence"][0] == "`" and "`" in found["rest"]):
        return None
    return found if not found["given"] or called(found) in CALLOUTS else None


def called(found: re.Match[str]) -> str:
    """Return the name of a directive that opens; capitals make no other."""
    return found["name"].lower()


def closing(block: Sequence[Line], at: int, fence: str) -> int:
    """Return where a fence is closed; the line that opens it where it is none, or never ends."""
    for end in range(at + 1, len(block) if fence else 0):
        text = block[end][1].strip()
        if text.startswith(fence) and not text.strip(fence[0]):
            return end
    return at


def is_unseen(found: re.Match[str]) -> bool:
    """Whether a directive shows nothing here: what Quarto has elsewhere, or what is for another format."""
    rest = found["rest"].strip()
    return called(found) in UNSEEN or (called(found) == "raw" and rest not in ("", "html"))


def passes(line: str) -> bool:
    """Whether a line hands the name before it on to what follows."""
    found = opening(line)
    return bool(REMARK.match(line) or (found and is_unseen(found)))


def without_options(inside: Sequence[Line]) -> tuple[list[Line], dict[str, str]]:
    """Return the lines of a directive without its options, which stand first, and these."""
    options = dict[str, str]()
    at = int(bool(inside) and inside[0][1].strip() == "---")
    is_yaml = at == 1
    while at < len(inside):
        text = inside[at][1]
        if is_yaml and text.strip() == "---":
            at += 1
            break
        found = OPTION.match(text)
        if not is_yaml and (found is None or found["yaml"]):
            break
        if found:
            options[found["key"] or found["yaml"]] = QUOTED.sub(r"\2", found["value"])
        at += 1
    return list(inside[at:]), options
