"""Quarto's shortcodes that need nothing of the project: what each stands for in Markdown.

Both the pages and their audit read them here: what they give is text and pictures of no account.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from tieout.markdown.videos import framed

ARGUMENT = re.compile(r"""(?:([\w-]+)\s*=\s*)?(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|(\S+))""")
QUARTO = "1.9.38"  # the version of Quarto whose documents are read
SYSTEMS = ("linux", "mac", "windows")
SHOWN = ("windows", "linux", "mac")
WEB = re.compile(r"(?:https?:)?//", re.I)
# Of Cicero's De finibus bonorum et malorum (45 BC), which printers have set as dummy text ever since.
DUMMY = (
    "Sed ut perspiciatis unde omnis iste natus error sit voluptatem accusantium doloremque laudantium, "
    "totam rem aperiam eaque ipsa quae ab illo inventore veritatis et quasi architecto beatae vitae dicta "
    "sunt, explicabo. Nemo enim ipsam voluptatem, quia voluptas sit, aspernatur aut odit aut fugit, sed "
    "quia consequuntur magni dolores eos, qui ratione voluptatem sequi nesciunt.",
    "Neque porro quisquam est, qui dolorem ipsum, quia dolor sit amet consectetur adipisci velit, sed "
    "quia non numquam eius modi tempora incidunt, ut labore et dolore magnam aliquam quaerat voluptatem. "
    "Ut enim ad minima veniam, quis nostrum exercitationem ullam corporis suscipit laboriosam, nisi ut "
    "aliquid ex ea commodi consequatur?",
    "Quis autem vel eum iure reprehenderit, qui in ea voluptate velit esse, quam nihil molestiae "
    "consequatur, vel illum, qui dolorem eum fugiat, quo voluptas nulla pariatur?",
    "At vero eos et accusamus et iusto odio dignissimos ducimus, qui blanditiis praesentium voluptatum "
    "deleniti atque corrupti, quos dolores et quas molestias excepturi sint, obcaecati cupiditate non "
    "provident, similique sunt in culpa, qui officia deserunt mollitia animi, id est laborum et dolorum "
    "fuga.",
    "Et harum quidem rerum facilis est et expedita distinctio. Nam libero tempore, cum soluta nobis est "
    "eligendi optio, cumque nihil impedit, quo minus id, quod maxime placeat, facere possimus, omnis "
    "voluptas assumenda est, omnis dolor repellendus.",
)


@dataclass(frozen=True)
class Arguments:
    """What stands in a shortcode after its name."""

    values: tuple[str, ...]
    named: Mapping[str, str]

    @classmethod
    def of(cls, text: str) -> Arguments:
        """Read the arguments of a shortcode.

        Examples
        --------
        >>> Arguments.of('400 200 format=svg').values, Arguments.of('a title="b c"').named
        (('400', '200'), {'title': 'b c'})
        """
        values: list[str] = []
        named: dict[str, str] = {}
        for name, double, single, bare in ARGUMENT.findall(text):
            value = double or single or bare
            if name:
                named[name] = value
            else:
                values.append(value)
        return cls(tuple(values), named)


def expanded(name: str, text: str, in_address: bool = False, trusted: bool = False) -> str | None:
    """Return the Markdown that a shortcode stands for, None where it is none of these.

    Parameters
    ----------
    name
        ``kbd``, ``lipsum`` …
    text
        Its arguments as written.
    in_address
        Whether it stands in the address of a link or a picture.
    trusted
        Whether the chapter may show on pages what is elsewhere.
    """
    make = STOCK.get(name)
    if make is None:
        return None
    arguments = Arguments.of(text)
    given = make(arguments, in_address)
    address = _first(arguments.values) or arguments.named.get("src", "")
    if name == "video" and trusted and not in_address and WEB.match(address):
        return f'{framed(address, arguments.named)}[{given}]{{.content-visible unless-format="html"}}'
    return given


def _pagebreak(_arguments: Arguments, _in_address: bool) -> str:
    return "[]{.tieout-pagebreak}"


def _contents(arguments: Arguments, _in_address: bool) -> str:
    name = _first(arguments.values).lstrip("#")
    return f'[]{{.tieout-contents of="{_attribute(name)}"}}'


def _env(arguments: Arguments, _in_address: bool) -> str:
    """Return the default: what a machine has in its environment is nothing for a published page."""
    return arguments.values[1] if len(arguments.values) > 1 else ""


def _kbd(arguments: Arguments, _in_address: bool) -> str:
    given = {"windows" if name == "win" else name: keys for name, keys in arguments.named.items()}
    keys = {system: given[system] for system in SYSTEMS if system in given}
    shown = _first(arguments.values) or _first([keys[name] for name in SHOWN if name in keys])
    title = shown if arguments.values else ", ".join(f"{system}: {value}" for system, value in keys.items())
    mode = f' data-mode="{_attribute(given["mode"])}"' if "mode" in given else ""
    return f'[{_text(shown)}]{{.kbd title="{_attribute(title)}"{mode}}}'


def _lipsum(arguments: Arguments, _in_address: bool) -> str:
    first, dash, last = _first(arguments.values, "5").partition("-")
    start, end = (
        (int(first), int(last)) if dash and first.isdigit() and last.isdigit() else (1, _count(first))
    )
    return "\n\n".join(DUMMY[(number - 1) % len(DUMMY)] for number in range(start, min(end, start + 99) + 1))


def _placeholder(arguments: Arguments, in_address: bool) -> str:
    width = _count(_first(arguments.values, "100"))
    height = _count(arguments.values[1]) if len(arguments.values) > 1 else width
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><rect width="{width}" height="{height}" fill="#ddd"/>'
        f'<path d="M0 0L{width} {height}M{width} 0L0 {height}" stroke="#bbb"/></svg>'
    )
    address = f"data:image/svg+xml,{quote(drawing)}"
    return address if in_address else f'![]({address}){{fig-alt="placeholder"}}'


def _video(arguments: Arguments, in_address: bool) -> str:
    address = _first(arguments.values) or arguments.named.get("src", "")
    title = arguments.named.get("title") or arguments.named.get("aria-label") or ""
    if in_address:
        return address
    if WEB.match(address):  # pages load nothing from elsewhere
        return f"[{_text(title or address)}](<{address}>){{.quarto-video}}"
    sizes = "".join(
        f' {name}="{_attribute(arguments.named[name])}"'
        for name in ("width", "height")
        if name in arguments.named
    )
    label = f' aria-label="{_attribute(title)}"' if title else ""
    return f"[![](<{address}>){{.video-js{sizes}{label}}}]{{.quarto-video}}"


def _version(_arguments: Arguments, _in_address: bool) -> str:
    return QUARTO


STOCK: Mapping[str, Callable[[Arguments, bool], str]] = {
    "pagebreak": _pagebreak,
    "contents": _contents,
    "env": _env,
    "kbd": _kbd,
    "lipsum": _lipsum,
    "placeholder": _placeholder,
    "version": _version,
    "video": _video,
}


def _first(values: Sequence[str], default: str = "") -> str:
    return values[0] if values else default


def _count(text: str) -> int:
    return min(int(text), 9999) if text.isdigit() and int(text) > 0 else 1


def _attribute(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _text(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>$#^~@|{}])", r"\\\1", text)
