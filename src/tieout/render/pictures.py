"""Finds the pictures that chapters show: in the project, inside notebooks, or in the text itself."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from tieout.harmless import clean_drawing
from tieout.machine import inside
from tieout.problems import InputError, Problem
from tieout.project import Chapter, Project
from tieout.render.text import Source

ENDINGS = (".png", ".svg", ".jpg", ".jpeg", ".webp")
ELSEWHERE = re.compile(r"[a-zA-Z][\w+.-]*:|//")
HEADS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")  # of what Typst draws beside SVG
ALSO = (
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"\0\0\1\0",
    b"%PDF",
    b"%!PS",
)  # of what else is a picture, to some browsers
POINTER = b"version https://git-lfs"
DATA = re.compile(r"data:image/(svg\+xml|png|jpeg|gif|webp)(;base64)?,(.*)", re.DOTALL)


@dataclass
class Pictures:
    """Collects the pictures of a book and says where each is found from each chapter and format."""

    project: Project
    media: dict[str, bytes] = field(default_factory=dict)
    files: set[PurePosixPath] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    _at: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def placed(self, chapter: Chapter, form: str) -> dict[str, str]:
        """Return the final address of each picture of a chapter, by its written one."""
        return self._at.get((chapter.href, form), {})

    def take(self, chapter: Chapter, source: Source) -> None:
        """Take in the pictures from inside a chapter."""
        for path, data in source.media.items():
            if path not in self.media:
                line = source.place([f"/{path}"])
                place = (line.path, line.number) if line else (str(chapter.path), 1)
                self.media[path] = self._harmless(path, data, *place)

    def place(self, address: str, chapter: Chapter, source: Source, form: str) -> None:
        """Find one picture; what cannot be shown becomes a problem."""
        inline = DATA.match(address)
        if inline:
            path = self._inline(inline, chapter)
        elif ELSEWHERE.match(address):
            what = f"the picture {address} is on the web"
            hint = (
                "keep a copy in the project; pages load nothing from elsewhere, so only a link is shown, "
                "unless the chapter stands under `tieout: trust:`"
            )
            if self.project.trusts(chapter.path):
                hint = "keep a copy in the project; the PDF has a link in its place"
            self._say(what, hint, address, chapter, source, "warning")
            return
        else:
            path = self._file(address, chapter, source)
        if path is None or not self._can_be_seen(path, address, chapter, source, form):
            return
        up = "../" * (len(chapter.path.parts) - 1)
        final = f"/{path}" if form == "typst" else f"{up}{urllib.parse.quote(path)}"
        self._at.setdefault((chapter.href, form), {})[address] = final

    def take_along(self, addresses: Iterable[str], chapter: Chapter, source: Source | None = None) -> None:
        """Take the files of the project along that a page leads to, or shows in HTML of its own.

        Chapters have pages, and what is hidden stays so.

        Parameters
        ----------
        source
            Where it is said that a file does not exist. Not of links: the audit knows all that the site has.
        """
        for address in addresses:
            path = None if ELSEWHERE.match(address) else self._named(address, chapter)
            if path is None or str(path) in self.media or self.project.chapter_at(path) is not None:
                continue
            if self._is_there(str(path)):
                real = (self.project.root / path).resolve().relative_to(self.project.root.resolve())
                hidden = any(part.startswith(".") for part in (*path.parts, *real.parts))
                if not hidden and not (self.project.root / path).is_relative_to(self.project.output):
                    self._published(str(path))
            elif source is not None:
                hint = "correct the address, or make the file"
                self._say(f"there is no `{address}` to show", hint, address, chapter, source, "warning")

    def _named(self, address: str, chapter: Chapter) -> PurePosixPath | None:
        """Return the path in the project that an address stands for; None where it leads out of it."""
        given = urllib.parse.unquote(re.split(r"[?#]", address, maxsplit=1)[0])
        base = PurePosixPath(".") if given.startswith("/") else chapter.path.parent
        try:
            return inside(self.project.root, base / given.lstrip("/"))
        except InputError:
            return None

    def _inline(self, match: re.Match[str], chapter: Chapter) -> str | None:
        text = urllib.parse.unquote(match[3])
        try:
            data = base64.b64decode(text) if match[2] else text.encode()
        except binascii.Error:
            return None
        suffix = {"svg+xml": "svg", "jpeg": "jpg"}.get(match[1], match[1])
        folder = PurePosixPath("media") / chapter.path.with_suffix("")
        path = str(folder / f"{hashlib.sha256(data).hexdigest()[:12]}.{suffix}")
        self.media[path] = self._harmless(path, data, str(chapter.path), 1)
        return path

    def _file(self, address: str, chapter: Chapter, source: Source) -> str | None:
        named = self._named(address, chapter)
        if named is None:
            hint = "copy it into the project"
            self._say(f"the picture `{address}` is outside the project", hint, address, chapter, source)
            return None
        path = str(named)
        if path in self.media:
            return path
        if not PurePosixPath(path).suffix:  # the picture of a format: `plot` is `plot.png` on pages
            path = next((each for each in (f"{path}{end}" for end in ENDINGS) if self._is_there(each)), path)
        if not self._is_there(path):
            hint = "correct the address, or make the file"
            self._say(f"the picture `{address}` does not exist", hint, address, chapter, source)
            return None
        self._published(path)
        return path

    def _can_be_seen(self, path: str, address: str, chapter: Chapter, source: Source, form: str) -> bool:
        """Whether a file is a picture, to Typst in a PDF; one that is none would stop all of it."""
        if path.endswith(".svg"):
            return True
        if path in self.media:
            head = self.media[path][:64]
        else:
            with (self.project.root / path).open("rb") as file:
                head = file.read(64)
        if head.startswith(HEADS):
            return True
        if head.startswith(ALSO) or b"ftyp" in head[:12]:
            what, hint = f"Typst cannot draw `{address}`", "keep it as PNG, JPEG or SVG; the PDF has its text"
            if form == "typst":
                self._say(what, hint, address, chapter, source, "warning")
            return form != "typst"
        what, hint = f"the picture `{address}` is no picture", "make the file anew; its text is shown"
        if head.startswith(POINTER):
            what, hint = f"the picture `{address}` is a pointer of Git LFS", "fetch it: `git lfs pull`"
        self._say(what, hint, address, chapter, source)
        return False

    def _published(self, path: str) -> None:
        if path in self.media:
            return
        data = (self.project.root / path).read_bytes() if path.endswith(".svg") else b""
        harmless = self._harmless(path, data, path, 1)
        if harmless == data:
            self.files.add(PurePosixPath(path))
        else:
            self.media[path] = harmless

    def _is_there(self, path: str) -> bool:
        return (self.project.root / path).is_file()

    def _harmless(self, name: str, data: bytes, path: str, line: int) -> bytes:
        """Return a picture as it may be published; what is taken out of a drawing is said."""
        if not name.endswith(".svg"):
            return data
        drawing = clean_drawing(data)
        if drawing.data is None:
            what, hint = "the drawing cannot be read", "make it anew; it should be valid SVG"
            self.problems.append(Problem(what, hint, path=path, line=line, rule="picture"))
        for part in drawing.removed:
            what, hint = (
                f"{part} is left out of a drawing",
                "drawings hold shapes and text; nothing in them runs or loads",
            )
            place = {"path": path, "rule": "harmful"}
            self.problems.append(Problem(what, hint, line=line, severity="warning", **place))
        return data if drawing.data is None else drawing.data

    def _say(
        self, what: str, hint: str, address: str, chapter: Chapter, source: Source, severity: str = "error"
    ) -> None:
        line = source.place([address, urllib.parse.unquote(address)])
        self.problems.append(
            Problem(
                what,
                hint,
                path=line.path if line else str(chapter.path),
                line=line.number if line else 1,
                rule="picture",
                severity="warning" if severity == "warning" else "error",
            )
        )
