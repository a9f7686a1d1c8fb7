"""What a chapter's own header says over the project: options of formats, cross-references, words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tieout.project.project import Project

Header = Mapping[str, Any]


def option_of(project: Project, header: Header, form: str, name: str, default: Any = None) -> Any:
    """Return an option of a format: as a chapter's header sets it, else as the project does.

    Parameters
    ----------
    project
        The project.
    header
        The chapter's YAML header.
    form
        ``html`` or ``typst``.
    name
        The option, as ``tbl-cap-location``.
    default
        What holds where neither says anything.
    """
    formats = header.get("format")
    own = formats.get(form) if isinstance(formats, Mapping) else None
    for scope in (own, header):
        if isinstance(scope, Mapping) and scope.get(name) is not None:
            return scope[name]
    return project.option(form, name, default)


def crossref_of(project: Project, header: Header) -> Mapping[str, Any]:
    """Return the options of cross-references that hold in a chapter."""
    own = header.get("crossref")
    return {**project.crossref, **own} if isinstance(own, Mapping) else project.crossref


def counts_by_chapter(header: Header) -> bool:
    """Whether numbers of a chapter begin with its own; in Quarto a `crossref:` of its header ends that.

    Examples
    --------
    >>> counts_by_chapter({}), counts_by_chapter({"crossref": {"fig-labels": "alpha x"}})
    (True, False)
    """
    own = header.get("crossref")
    return not isinstance(own, Mapping) or own.get("chapters") is True


def language_of(project: Project, header: Header) -> str:
    """Return the language of a chapter."""
    return str(header.get("lang") or project.lang)


def words_of(project: Project, header: Header) -> Mapping[str, Any]:
    """Return the words that `language:` gives for those of the engine, the header's over the project's."""
    given = (project.configuration.get("language"), header.get("language"))
    return {key: value for each in given if isinstance(each, Mapping) for key, value in each.items()}


def label_styles(crossref: Mapping[str, Any]) -> dict[str, str]:
    """Return how labels are counted by kind (`fig`, `subref`): ``arabic``, ``alpha a``, ``roman I``.

    `labels:` holds for all kinds, `fig-labels:` for one.
    """
    kinds = ("fig", "tbl", "lst", "eq", "thm")
    usual = {kind: str(crossref["labels"]) for kind in kinds if isinstance(crossref.get("labels"), str)}
    own = {
        key.removesuffix("-labels"): str(value)
        for key, value in crossref.items()
        if str(key).endswith("-labels") and isinstance(value, str)
    }
    return usual | own


def styled(index: int, style: str = "arabic") -> str:
    """Return a count in a style of labels.

    Examples
    --------
    >>> styled(2), styled(1, "alpha x"), styled(27, "alpha A"), styled(4, "roman i")
    ('2', 'x', 'AA', 'iv')
    """
    kind, _, first = style.partition(" ")
    first = first.strip()
    if kind == "alpha":
        text = _letters(index + (ord(first[0].lower()) - ord("a") if first[:1].isalpha() else 0))
    elif kind == "roman":
        text = _roman(index)
    else:
        return str(index)
    return text.upper() if first[:1].isupper() else text


def _letters(index: int) -> str:
    text = ""
    while index > 0:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _roman(index: int) -> str:
    text = ""
    for value, sign in (
        *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
        *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
    ):
        many, index = divmod(index, value)
        text += sign * many
    return text
