"""Directives of MyST, as Jupyter Book has them: pictures, notes, formulas and code as Quarto writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tieout.markdown.boxes import KINDS, boxed
from tieout.markdown.roles import identifier, numbered, with_roles

OPENING = re.compile(
    r"^(?P<indent> {0,3})(?P<fence>`{3,}|:{3,}) ?\{(?P<name>[A-Za-z][\w:-]*)"
    r"(?:[ \t]+(?P<given>[\w:.#=\"'-]+(?:[ \t]+[\w:.#=\"'-]+)*))?\}[ \t]*(?P<rest>[^`{}]*)$"
)
CODE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
PLACE = re.compile(r"^ {0,3}\((?P<name>[\w:. -]+)\)=\s*$")  # `(place)=` before what has that name
REMARK = re.compile(r"^%(?:\s|$)")  # for authors alone
HEADING = re.compile(r"^(?P<head>#{1,6}\s+(?P<title>.*?))\s*(?P<own>\{[^{}]*\})?\s*$")
OPTION = re.compile(r"^\s*(?::(?P<key>[\w-]+):|(?P<yaml>[\w-]+):)\s*(?P<value>.*?)\s*$")
QUOTED = re.compile(r"^([\"'])(.*)\1$")
PICTURES = frozenset(("figure", "image"))
UNSEEN = frozenset(
    ("index", "bibliography", "tableofcontents", "contents", "toctree", "toc", "nb-exec-table")
)  # they stand where Quarto has them
CODES = frozenset(("code", "code-block", "sourcecode"))
CALLOUTS = {
    **{name: name for name in ("note", "tip", "warning", "important", "caution")},
    **{"hint": "tip", "seealso": "note", "attention": "warning", "danger": "warning", "error": "warning"},
    **{"admonition": "note", "dropdown": "note"},
}
TITLED = frozenset(("admonition", "dropdown"))
DEEPEST = 20  # directives in directives
Line = tuple[int, str]


@dataclass
class _Names:
    """What has a name in a text, which of its directives are unknown to Quarto, and whether it has any."""

    titles: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    is_myst: bool = False


def directives(lines: Sequence[str], unknown: dict[str, int] | None = None) -> list[Line]:
    """Return lines of Markdown as Quarto has them, each with the place of the one that it was.

    What Quarto has no word for is shown as it stands, fence and all: pandoc would take it for code within a
    line, and what follows for code or prose as it happens.

    Parameters
    ----------
    unknown
        Takes in the names of those, each with the place of the first.

    Examples
    --------
    >>> [text for _, text in directives(["```{figure} a.png", ":width: 50%", "Words", "```"])]
    ['', '![Words](a.png){width="50%"}', '', '', '']
    >>> [text for _, text in directives(["```{note}", "Words", "```"])]
    ['', '::: {.callout-note}', 'Words', ':::', '']
    """
    if not any("{" in line or ")=" in line or "[](#" in line or "](wiki:" in line for line in lines):
        return list(enumerate(lines))
    names = _Names()
    block = list(enumerate(lines))
    for at, (_, line) in enumerate(block):
        _find(names, block, at, line)
    names.is_myst = any(PLACE.match(line) or _opening(line) for _, line in block)
    names.unknown = names.unknown if unknown is None else unknown
    return list(_lines(block, names, 0))


def _opening(line: str) -> re.Match[str] | None:
    """Return what opens a directive; with attributes in its braces it is MyST's, and no chunk of code."""
    found = OPENING.match(line)
    return found if found and (not found["given"] or found["name"] in CALLOUTS) else None


def _find(names: _Names, block: Sequence[Line], at: int, line: str) -> None:
    """Take in the names that a line gives to a heading, a picture, a table or a formula."""
    place, opening = PLACE.match(line), _opening(line)
    if place:
        after = next((text for _, text in block[at + 1 :] if text.strip()), "")
        heading = HEADING.match(after)
        if heading:
            names.titles[place["name"].strip()] = heading["title"].strip()
    kind = {"figure": "fig", "table": "tbl", "math": "eq", **KINDS}.get(opening["name"] if opening else "")
    if opening and kind:
        options = _without_options(block[at + 1 : at + 12])[1]
        name = options.get("name") or options.get("label")
        if name:
            names.numbers[name] = numbered(name, kind)


def _lines(block: Sequence[Line], names: _Names, depth: int) -> Iterator[Line]:
    at, place = 0, ""
    while at < len(block):
        number, line = block[at]
        opening, code = _opening(line), CODE.match(line)
        end = _closing(block, at, opening["fence"] if opening else code[1] if code else "")
        if opening and end > at and depth < DEEPEST:
            yield from _written(opening, block[at : end + 1], names, depth)
        elif end > at:
            yield from block[at : end + 1]
        elif found := PLACE.match(line):
            place = found["name"].strip()
            yield number, ""
        elif names.is_myst and REMARK.match(line):
            yield number, ""
        else:
            yield number, with_roles(_placed(line, place), names.titles, names.numbers)
            place = "" if line.strip() else place
        at = end + 1


def _placed(line: str, place: str) -> str:
    """Return a heading with the name that stands before it; any other line as it is."""
    heading = HEADING.match(line) if place else None
    return f"{heading['head']} {{#{identifier(place)}}}" if heading and not heading["own"] else line


def _closing(block: Sequence[Line], at: int, fence: str) -> int:
    """Return where a fence is closed; the line that opens it where it is none, or never ends."""
    for end in range(at + 1, len(block) if fence else 0):
        text = block[end][1].strip()
        if text.startswith(fence) and not text.strip(fence[0]):
            return end
    return at


def _written(opening: re.Match[str], block: Sequence[Line], names: _Names, depth: int) -> Iterator[Line]:
    indent, fence, name, rest = opening["indent"], opening["fence"], opening["name"], opening["rest"].strip()
    (first, _), *inside, (last, _) = block
    words, options = _without_options(inside)
    if name in CALLOUTS:
        yield from _callout(opening, block, names, depth)
    elif name in PICTURES and rest:
        yield first, ""
        yield first, indent + _picture(name, rest, words, options, names)
        yield from ((number, "") for number, _ in block[1:])
    elif name == "math":
        label = options.get("label") or options.get("name")
        formula = [(first, rest), *words] if rest else words
        yield first, f"{indent}$$"
        yield from _aligned([line for line in formula if line[1].strip()])
        yield last, f"{indent}$$" + (f" {{#{numbered(label, 'eq')}}}" if label else "")
    elif name == "table":
        label = f" {{#{numbered(options['name'], 'tbl')}}}" if options.get("name") else ""
        yield from ((first, ""), *_lines(words, names, depth + 1), (last, ""))
        yield (
            last,
            f"{indent}: {with_roles(rest, names.titles, names.numbers)}{label}" if rest or label else "",
        )
        yield last, ""
    elif name == "code-cell":
        language = rest.removeprefix("i").rstrip("0123456789") or "python"
        yield first, f"{indent}{fence}{{{language}}}"
        yield from words
        yield block[-1]
    elif name in CODES:
        yield first, f"{indent}{'`' * len(fence)}{rest}"
        yield from words
        yield last, f"{indent}{'`' * len(fence)}"
    elif name == "include" and rest and not options:
        yield first, f"{{{{< include {rest} >}}}}"
        yield from ((number, "") for number, _ in block[1:])
    elif name == "raw" and rest == "html":
        yield first, f"{indent}```{{=html}}"
        yield from words
        yield last, f"{indent}```"
    elif name in UNSEEN or (name == "raw" and rest):  # that for another format
        yield from ((number, "") for number, _ in block)
    elif box := boxed(name, rest, options):
        yield first, ""
        yield from ((first, indent + line if line else "") for line in box[0] if not box[2])
        inner = [*((first, line) for line in box[0] if box[2]), *words]
        shown = _lines(inner, names, depth + 1)
        yield from ((number, f"> {line}") for number, line in shown) if box[2] else shown
        yield from ((last, indent + line if line else "") for line in (*box[1], ""))
    elif fence[0] == "`" and rest:
        names.unknown.setdefault(name, first)
        yield first, f"{indent}{fence}`"
        yield from block
        yield last, f"{indent}{fence}`"
    else:
        yield from block


def _callout(opening: re.Match[str], block: Sequence[Line], names: _Names, depth: int) -> Iterator[Line]:
    indent, name, rest = opening["indent"], opening["name"], opening["rest"].strip()
    (first, _), *inside, (last, _) = block
    words, options = _without_options(inside)
    kinds = (CALLOUTS[each] for each in options.get("class", "").split() if each in CALLOUTS)
    kind = next(kinds, CALLOUTS[name]) if name in TITLED else CALLOUTS[name]
    title = f' title="{_quoted(rest)}"' if name in TITLED and rest else ""
    folded = ' collapse="true"' if name == "dropdown" or "dropdown" in options.get("class", "") else ""
    colons = ":" * max(3, len(opening["fence"]))
    yield first, ""  # a div begins a paragraph of its own
    yield first, f"{indent}{colons} {{.callout-{kind}{title}{folded}}}"
    body = [*words] if name in TITLED or not rest else [(first, rest), (first, ""), *words]
    yield from _lines(body, names, depth + 1)
    yield last, f"{indent}{colons}"
    yield last, ""


def _picture(name: str, rest: str, words: Sequence[Line], options: dict[str, str], names: _Names) -> str:
    said = " ".join(filter(None, (text.strip() for _, text in words))) if name == "figure" else ""
    kept = {"alt": "fig-alt", "width": "width", "height": "height", "align": "fig-align"}
    label = [f"#{numbered(options['name'], 'fig')}"] if name == "figure" and options.get("name") else []
    attributes = label + [f'{kept[key]}="{_quoted(value)}"' for key, value in options.items() if key in kept]
    given = f"{{{' '.join(attributes)}}}" if attributes else ""
    address = f"<{rest}>" if " " in rest else rest
    return f"![{with_roles(said, names.titles, names.numbers)}]({address}){given}"


def _aligned(formula: list[Line]) -> Iterator[Line]:
    """Give the lines of a formula; those of several lines are aligned, as MyST does by itself."""
    text = "\n".join(line for _, line in formula)
    if formula and "\\\\" in text and "\\begin" not in text:
        yield formula[0][0], "\\begin{aligned}"
        yield from formula
        yield formula[-1][0], "\\end{aligned}"
    else:
        yield from formula


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _without_options(inside: Sequence[Line]) -> tuple[list[Line], dict[str, str]]:
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
        if found is None or (found["yaml"] and not is_yaml):
            break
        options[found["key"] or found["yaml"]] = QUOTED.sub(r"\2", found["value"])
        at += 1
    return list(inside[at:]), options
