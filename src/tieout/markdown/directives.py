"""Directives of MyST, as Jupyter Book has them: pictures, notes, formulas and code as Quarto writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tieout.markdown.boxes import boxed
from tieout.markdown.named import (
    CALLOUTS,
    COUNTED,
    FORMULA,
    HEADING,
    OWN,
    PICTURE,
    PLACE,
    REMARK,
    WORDS,
    Line,
    Names,
    called,
    closing,
    identifier,
    is_unseen,
    named_in,
    numbered,
    opening,
    passes,
    without_options,
)
from tieout.markdown.roles import EMBEDDED, with_roles

CODE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
PICTURES = frozenset(("figure", "image"))
CODES = frozenset(("code", "code-block", "sourcecode"))
TITLED = frozenset(("admonition", "dropdown"))
HIDING = {  # by the tags of a cell
    "remove-cell": "include: false", "hide-cell": "include: false",
    "remove-input": "echo: false", "hide-input": "code-fold: true",
}  # fmt: skip
EMBED = "![]"  # a text in the place of a picture
DEEPEST = 20  # directives in directives


@dataclass
class _Text:
    """What a text can name, which of its directives are unknown to Quarto, and whether it has any."""

    names: Names
    unknown: dict[str, int] = field(default_factory=dict)
    is_myst: bool = False


def directives(
    lines: Sequence[str],
    unknown: dict[str, int] | None = None,
    book: Callable[[], Names] = Names,
) -> list[Line]:
    """Return lines of Markdown as Quarto has them, each with the place of the one that it was.

    What Quarto has no word for is shown as it stands, fence and all: pandoc would take it for code within a
    line, and what follows for code or prose as it happens.

    Parameters
    ----------
    unknown
        Takes in the names of those, each with the place of the first.
    book
        Gives what else the text can name, in other chapters; it is asked where that matters.

    Examples
    --------
    >>> [text for _, text in directives(["```{figure} a.png", ":width: 50%", "Words", "```"])]
    ['', '![Words](a.png){width="50%"}', '', '', '']
    >>> [text for _, text in directives(["```{note}", "Words", "```"])]
    ['', '::: {.callout-note}', 'Words', ':::', '']
    >>> [text for _, text in directives(["````{note}", "```", "x = 1", "````", "Words"])]
    ['', ':::: {.callout-note}', '```', 'x = 1', '```', '::::', '', 'Words']
    """
    if not any("{" in line or ")=" in line or "](" in line or "$$" in line or "[@" in line for line in lines):
        return list(enumerate(lines))
    text = _Text(Names(), {} if unknown is None else unknown)
    if any("}`" in line or "](" in line for line in lines):
        text.names = book()
    if any("{" in line or ")=" in line or "$$" in line for line in lines):
        text.names = text.names.beside(named_in(lines))
    text.is_myst = any(PLACE.match(line) or opening(line) for line in lines)
    return list(_lines(list(enumerate(lines)), text, 0))


def _lines(block: Sequence[Line], text: _Text, depth: int) -> Iterator[Line]:
    at, place = 0, ""
    while at < len(block):
        number, line = block[at]
        found, code = opening(line), CODE.match(line)
        end = closing(block, at, found["fence"] if found else code[1] if code else "")
        named = PLACE.match(line)
        if place and line.strip() and not _keeps(line):
            yield from ((number, part) for part in ("", f"::: {{#{identifier(place)}}}", ":::", ""))
            place = ""
        if found and end > at and depth < DEEPEST:
            yield from _written(found, block[at : end + 1], text, depth, place)
        elif end > at:
            yield from block[at : end + 1]
        elif code and depth:  # not ended: it ends with the directive that it stands in
            yield from (*block[at:], (block[-1][0], code[1]))
            return
        elif named or (text.is_myst and REMARK.match(line)):
            yield number, ""
        else:
            if EMBEDDED.search(line):
                text.unknown.setdefault(EMBED, number)
            yield number, with_roles(_placed(line, place), text.names)
        if named:
            place = named["name"].strip()
        elif line.strip() and not passes(line):
            place = ""
        at = end + 1


def _keeps(line: str) -> bool:
    """Whether a line takes the name before it, or hands it on; else that needs a place of its own."""
    found = opening(line)
    if found:
        return called(found) in COUNTED or is_unseen(found)
    return any(each.match(line) for each in (HEADING, PICTURE, WORDS, REMARK))


def _placed(line: str, place: str) -> str:
    """Return a line with the name that stands before it, or has one of its own as a formula has it."""
    if formula := FORMULA.match(line):
        return f"{formula['formula']} {{#{numbered(formula['name'], 'eq')}}}"
    if not place:
        return line
    if heading := HEADING.match(line):
        own = (heading["own"] or "{}")[1:-1].strip()
        kept = own if OWN.search(own) else f"#{identifier(place)} {own}".strip()
        return f"{heading['head']} {{{kept}}}"
    if PICTURE.match(line):
        return f"{line.rstrip()}{{#{numbered(place, 'fig')}}}"
    words = WORDS.match(line)
    return f"[{words['first']}]{{#{identifier(place)}}}{line[words.end('first') :]}" if words else line


def _written(
    found: re.Match[str], block: Sequence[Line], text: _Text, depth: int, place: str
) -> Iterator[Line]:
    indent, fence, name, rest = found["indent"], found["fence"], called(found), found["rest"].strip()
    (first, _), *inside, (last, _) = block
    words, options = without_options(inside)
    if place and name in COUNTED and not options.get("label"):
        options.setdefault("name", place)
    if name in CALLOUTS:
        yield from _callout(found, block, text, depth)
    elif name in PICTURES and rest:
        yield first, ""
        yield first, indent + _picture(name, rest, words, options, text.names)
        yield from ((number, "") for number, _ in block[1:])
    elif name.startswith("glue"):
        text.unknown.setdefault(name, first)
        of = f"#{numbered(options['name'], 'fig')}" if name in COUNTED and options.get("name") else ".glue"
        yield from ((first, indent + line if line else "") for line in ("", f"::: {{{of}}}", f"`{rest}`", ""))
        yield from _lines(words, text, depth + 1)
        yield from ((last, indent + line if line else "") for line in ("", ":::", ""))
    elif name == "math":
        label = options.get("label") or options.get("name")
        formula = [(first, rest), *words] if rest else words
        yield first, f"{indent}$$"
        yield from _aligned([line for line in formula if line[1].strip()])
        yield last, f"{indent}$$" + (f" {{#{numbered(label, 'eq')}}}" if label else "")
    elif name == "table":
        label = f" {{#{numbered(options['name'], 'tbl')}}}" if options.get("name") else ""
        yield from ((first, ""), *_lines(words, text, depth + 1), (last, ""))
        yield last, f"{indent}: {with_roles(rest, text.names)}{label}" if rest or label else ""
        yield last, ""
    elif name == "code-cell":
        language = rest.removeprefix("i").rstrip("0123456789") or "python"
        yield first, f"{indent}{fence}{{{language}}}"
        yield from ((first, f"{indent}#| {line}") for line in _cell_options(inside, options))
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
    elif is_unseen(found):
        yield from ((number, "") for number, _ in block)
    elif box := boxed(name, rest, options):
        yield first, ""
        yield from ((first, indent + line if line else "") for line in box[0] if not box[2])
        inner = [*((first, line) for line in box[0] if box[2]), *words]
        shown = _lines(inner, text, depth + 1)
        yield from ((number, f"> {line}") for number, line in shown) if box[2] else shown
        yield from ((last, indent + line if line else "") for line in (*box[1], ""))
    elif fence[0] == "`" and rest:
        text.unknown.setdefault(name, first)
        yield first, f"{indent}{fence}`"
        yield from block
        yield last, f"{indent}{fence}`"
    elif fence[0] != "`":
        text.unknown.setdefault(name, first)
        yield from (
            (first, indent + line if line else "") for line in ("", *(["", rest, ""] if rest else []))
        )
        yield from _lines(words, text, depth + 1)
        yield last, ""
    else:
        yield from block


def _cell_options(inside: Sequence[Line], options: dict[str, str]) -> Iterator[str]:
    """Give what the head of a cell of code says as Quarto's options: what its tags hide, what it draws."""
    head = "\n".join(line for _, line in inside[: len(inside) - len(without_options(inside)[0])])
    for tag, option in HIDING.items():
        if re.search(rf"(?<![\w-]){tag}(?![\w-])", head.replace("_", "-")):
            yield option
    if "figure" in options and options.get("name"):
        yield f"label: {numbered(options['name'], 'fig')}"


def _callout(found: re.Match[str], block: Sequence[Line], text: _Text, depth: int) -> Iterator[Line]:
    indent, name, rest = found["indent"], called(found), found["rest"].strip()
    (first, _), *inside, (last, _) = block
    words, options = without_options(inside)
    kinds = (CALLOUTS[each] for each in options.get("class", "").split() if each in CALLOUTS)
    kind = next(kinds, CALLOUTS[name]) if name in TITLED else CALLOUTS[name]
    marked = name in TITLED and any(sign in rest for sign in "$`{[*")  # a heading may have formulas and roles
    title = f' title="{_quoted(rest)}"' if name in TITLED and rest and not marked else ""
    folded = ' collapse="true"' if name == "dropdown" or "dropdown" in options.get("class", "") else ""
    colons = ":" * max(3, len(found["fence"]))
    yield first, ""  # a div begins a paragraph of its own
    yield first, f"{indent}{colons} {{.callout-{kind}{title}{folded}}}"
    if marked:
        yield first, f"{indent}## {with_roles(rest, text.names)}"
        yield first, ""
    body = [*words] if name in TITLED or not rest else [(first, rest), (first, ""), *words]
    yield from _lines(body, text, depth + 1)
    yield last, f"{indent}{colons}"
    yield last, ""


def _picture(name: str, rest: str, words: Sequence[Line], options: dict[str, str], names: Names) -> str:
    said = " ".join(filter(None, (text.strip() for _, text in words))) if name == "figure" else ""
    kept = {"alt": "fig-alt", "width": "width", "height": "height", "align": "fig-align"}
    label = [f"#{numbered(options['name'], 'fig')}"] if name == "figure" and options.get("name") else []
    attributes = label + [f'{kept[key]}="{_quoted(value)}"' for key, value in options.items() if key in kept]
    given = f"{{{' '.join(attributes)}}}" if attributes else ""
    address = f"<{rest}>" if " " in rest else rest
    return f"![{with_roles(said, names)}]({address}){given}"


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
