"""Writes the book's PDF: pandoc turns the chapters into Typst, the theme's template makes the book.

The same trees give the same bytes: no time stamp, no fonts but ours and those of
the project, whatever the machine has.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from tieout.harmless.emoji import left_out, rules
from tieout.machine import scratch
from tieout.machine.patterns import lazily
from tieout.machine.workers import workers
from tieout.problems import InputError, Problem
from tieout.project import DOCUMENT, Project, described, extension, say
from tieout.project.drawings import named
from tieout.project.languages import words
from tieout.project.quarto_keys import FONT_SIZE
from tieout.render.bibliography import LIST_OF_WORKS
from tieout.render.book import Book, BookChapter
from tieout.render.byline import long_date
from tieout.render.pandoc import Call, answer
from tieout.render.setting import OWN_FONTS, Refused, Typesetter
from tieout.render.shell import MARKS, THEME
from tieout.render.together import portions, together
from tieout.render.tree import Node, identifiers, nodes, rename, retarget

TYPST_STRING = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": " "})
SIGNS = {
    "tie-finding-link": "tie-finding",
    "cite-finding-link": "cite-finding",
    "tie-assumed": "tie-assumed-mark",
}
FONTS = "fonts"  # of the project
NO_FONT = "no font of the PDF"
# Scripts of South and East Asia, which neither our fonts nor Typst's own have.
OTHER = lazily("[\u0980-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
UNSEEN = re.compile(r'the text `"(.+)"` could not be displayed')
PRIVATE = re.compile("[\ue000-\uf8ff]")  # signs of icons
ACCESSIBLE, CLAIM = "ua-1", "PDF/UA-1"
SILENT = re.compile(r'\((?:read\()?"([^"]+)"(?:, encoding: none\))?, alt: ""')
LENGTH = re.compile(r"[\d.]+(?:px|pt|mm|cm|in|em|%)?")  # what Typst knows, or pandoc tells it
WIDTH = re.compile(rb"<svg\b[^>]*?\swidth=[\"']([\d.]+)(?:px)?[\"']")


def write(
    book: Book,
    target: Path,
    progress: Callable[[str], None] = lambda _message: None,
    typesetter: Typesetter | None = None,
) -> tuple[Problem, ...]:
    """Write the PDF of a book; return a warning where it cannot claim to be accessible.

    Parameters
    ----------
    book
        The book, with trees for ``typst``.
    target
        The file to write.
    progress
        Is told what is done.
    typesetter
        What has set the book before and stays; one of its own is dismissed at the end.

    Raises
    ------
    InputError
        Typst cannot make a document of it; with its own words.
    """
    progress("Writing the PDF")
    with scratch() as folder, nullcontext(typesetter) if typesetter else closing(Typesetter()) as typst:
        with scratch() as beside, ThreadPoolExecutor(workers()) as pool:
            pictures = dict(_pictures(book))
            uses = _uses(book)
            bodies = list(_bodies(book, partial(_body, uses, pictures), beside, pool))
            for path, data in pictures.items():
                _picture(path, data, folder)
            for name, data in _fonts(book.project):
                _picture(f"{OWN_FONTS}/{name}", data, folder)
        source = folder / "book.typ"
        source.write_text(_document(book, "\n\n".join(_parts(book, bodies))), encoding="utf-8", newline="\n")
        places = dict(zip(map(str, (each.chapter.path for each in book.chapters)), bodies, strict=True))
        if book.project.option("typst", "keep-typ"):
            shutil.copyfile(source, target.with_suffix(".typ"))
        data, problems = _compile(typst, source, folder, book.project, places)
        problems += tuple(_unseen(places, target.name))
        if not any(NO_FONT in each.what for each in problems) and not any(_fonts(book.project)):
            problems += tuple(_unset(places))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return problems


def _unseen(bodies: Mapping[str, str], name: str) -> Iterator[Problem]:
    """Say once which emoji the PDF leaves out."""
    signs = list(dict.fromkeys(sign for body in bodies.values() for sign in left_out(body)))
    if signs:
        more = f" and {len(signs) - 5} more" if signs[5:] else ""
        what = f"emoji are left out, for which no font of the PDF has a sign: {' '.join(signs[:5])}{more}"
        yield Problem(
            what, "nothing, where they only adorn; pages have them", name, rule="emoji", severity="warning"
        )


def _unset(bodies: Mapping[str, str]) -> Iterator[Problem]:
    """Say of the first chapter in a script that our fonts lack that boxes stand in its place."""
    for path, body in bodies.items():
        if found := OTHER.search(body):
            yield _without_font(found[0], path)
            return


def _without_font(sign: str, path: str | None) -> Problem:
    what = f"{NO_FONT} has a sign for `{sign}` and its like: boxes stand there"
    hint = f"put a font that has them into the project's folder `{FONTS}`; pages show them"
    return Problem(what, hint, path, rule="no-font", severity="warning")


def _uses(book: Book) -> dict[str, dict[str, str]]:
    """Return how the places of uses are named in the whole book, by page: they are counted within one."""
    found: dict[str, dict[str, str]] = {}
    for chapter in book.chapters:
        slug = chapter.href.removesuffix(".html").replace("/", "-")
        names = identifiers(chapter.tree("typst")["blocks"])
        found[chapter.href] = {name: f"{slug}--{name}" for name in names if name.startswith("use-")}
    return found


def _bodies(book: Book, body: Callable[[BookChapter], Call], folder: Path, pool: Executor) -> Iterator[str]:
    """Give the chapters as Typst, those that are new made in few processes."""
    limits, steps = book.project.limits, book.project.steps
    for part in portions(book.chapters):
        calls = list(pool.map(body, part))
        ahead = together(calls, folder, limits, steps, pool)
        for text, _ in pool.map(lambda call, ahead=ahead: answer(call, limits, steps, "paper", ahead), calls):
            yield text


def _body(uses: Mapping[str, Mapping[str, str]], pictures: Mapping[str, bytes], chapter: BookChapter) -> Call:
    """Return the run of pandoc that makes Typst of a chapter.

    A link to a use that the PDF does not have (in an alternative text, in what only the site shows) becomes
    its text.
    """
    tree = chapter.tree("typst")

    def aim(url: str, node: Node) -> str | None:
        if not url.startswith("#use-"):
            return url
        page = next((value for key, value in node["c"][0][2] if key == "data-page"), chapter.href)
        final = uses.get(page, {}).get(url[1:])
        return f"#{final}" if final else None

    rename(tree["blocks"], uses[chapter.href])
    retarget(tree["blocks"], aim)
    _give_sizes(tree, pictures)
    arguments = ("-f", "json", "-t", "typst-smart", "--wrap=none", "-L", str(THEME / "typst.lua"))
    text = json.dumps(tree)
    return Call(arguments, text, str(chapter.chapter.path), parts={"its text": text})


def _parts(book: Book, bodies: list[str]) -> Iterator[str]:
    """Give the chapters in order; what stands behind the text may follow on the same page."""
    part: str | None = None
    behind = follows = False
    for chapter, body in zip(book.chapters, bodies, strict=True):
        is_appendix = chapter.chapter.kind == "appendix"
        if follows != (behind and is_appendix):
            follows = not follows
            yield f"#follows.update({str(follows).lower()})"
        behind = is_appendix or LIST_OF_WORKS in identifiers(chapter.tree("typst")["blocks"])
        if chapter.chapter.part != part:
            part = chapter.chapter.part
            if part and chapter.chapter.kind != "part":
                yield f"#part({_string(part)})"
        yield body


def _document(book: Book, body: str) -> str:
    """Return the whole Typst document."""
    variables = {**_variables(book), "marks": [_markup(said) for said in _marks(book)], "prelude": book.typst}
    variables["signs"] = "\n".join(rules(f"{json.dumps(_variables(book), ensure_ascii=False)}{body}"))
    tree = {**book.chapters[0].tree("typst"), "blocks": [{"t": "RawBlock", "c": ["typst", body]}]}
    with scratch() as folder:
        defaults = folder / "defaults.yaml"
        defaults.write_text(json.dumps({"variables": {"book": variables}}), encoding="utf-8")
        arguments = ["-f", "json", "-t", "typst", "--standalone", "-d", str(defaults)]
        arguments += ["--template", str(THEME / "book.typ")]
        made = book.project
        parts = {"its chapters": body, "its settings": variables}
        call = Call(tuple(arguments), json.dumps(tree), made.name, parts=parts)
        text, _ = answer(call, made.limits, made.steps, "paper")
    return text


def _variables(book: Book) -> dict[str, Any]:
    project = book.project
    authors = [
        {
            "name": _string(author.name),
            **({"orcid": _string(author.orcid.removeprefix("https://orcid.org/"))} if author.orcid else {}),
            **({"affiliations": _string("; ".join(author.affiliations))} if author.affiliations else {}),
        }
        for author in project.authors
    ]
    keywords = project.about("keywords", default=[])
    texts = {
        "title": project.title,
        "subtitle": project.subtitle,
        "description": project.description,
        "date": long_date(project.date, project.lang),
        "doi": described.doi(project),
        "lang": project.lang.split("-")[0],
        "paper": str(project.option("typst", "papersize", "a4")),
        "toc_title": str(project.option("typst", "toc-title", words(project.lang)["contents"])),
    }
    default = "11pt" if project.kind is DOCUMENT else ""  # a document is set as Quarto sets it
    asked = str(project.option("typst", "fontsize", default))
    return {
        "size": asked if FONT_SIZE.fullmatch(asked) else "",
        "look": (extension() / "look.typ").read_text(encoding="utf-8"),
        **{key: _string(text) for key, text in texts.items() if text},
        "authors": authors,
        "colophon": [_string(line) for line in described.colophon(project)],
        "keywords": [_string(str(word)) for word in (keywords if isinstance(keywords, list) else [keywords])],
        "toc": project.option("typst", "toc", True) is not False,
        "toc_depth": str(int(project.option("typst", "toc-depth", 2))),
    }


def _marks(book: Book) -> Iterator[str]:
    """Give what the signs beside numbers mean, those that the book has."""
    lang = book.project.lang
    texts = [chapter.trees["typst"] for chapter in book.chapters]
    for sign, mark in SIGNS.items():
        if any(sign in text for text in texts):
            yield say(lang, MARKS[mark])


def _string(text: str) -> str:
    return f'"{text.translate(TYPST_STRING)}"'


def _markup(text: str) -> str:
    return f"#{_string(text)}"


# Pictures


def _pictures(book: Book) -> Iterator[tuple[str, bytes]]:
    """Give each picture of the book by its path."""
    for name, data in book.media.items():
        if not name.endswith(".json"):
            yield name, data
    for path in book.files:
        yield str(path), (book.project.root / path).read_bytes()


def _fonts(project: Project) -> Iterator[tuple[str, bytes]]:
    """Give the fonts of the project's folder `fonts`, for the signs that ours lack."""
    folder = project.root / FONTS
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() in (".ttf", ".otf", ".ttc") and path.is_file():
            yield path.name, project.files.bytes(f"{FONTS}/{path.name}")


def _give_sizes(tree: Node, pictures: Mapping[str, bytes]) -> None:
    """Give drawings without a width of their own the one that they have on the site.

    A share of the window is one of the line; other lengths that only a browser knows are left out.
    """
    for node in nodes(tree["blocks"], "Image"):
        attributes, source = node["c"][0], node["c"][2][0]
        sizes = [[key, value.replace("vw", "%") if key == "width" else value] for key, value in attributes[2]]
        attributes[2][:] = [
            [key, value] for key, value in sizes if key not in ("width", "height") or LENGTH.fullmatch(value)
        ]
        found = WIDTH.search(pictures.get(source.lstrip("/"), b"")) if source.endswith(".svg") else None
        if found and not any(key == "width" for key, _ in attributes[2]):
            attributes[2].append(["width", f"{found[1].decode()}px"])


def _picture(name: str, data: bytes, folder: Path) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(named(data) if path.suffix == ".svg" else data)


# Typst


def _compile(
    typst: Typesetter, source: Path, root: Path, project: Project, bodies: Mapping[str, str]
) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the PDF, held to PDF/UA-1; a book that cannot be is made without the claim, and a warning.

    Where `pdf-standard` names standards, the PDF is held to these, or is none.
    """
    wanted = project.option("typst", "pdf-standard")
    standards = [str(each) for each in (wanted if isinstance(wanted, list) else [wanted or ACCESSIBLE])]
    warnings: tuple[Problem, ...] = ()
    moment = _timestamp(project)
    while True:
        try:
            made = typst.typeset(source, root, moment, project.limits, project.steps, standards)
            return made, warnings
        except Refused as error:
            message, said = error.args
            if CLAIM in message and standards and not wanted:
                what, path = _explained(
                    message, said, source, bodies, "the PDF cannot claim to be accessible"
                )
                hint = "correct that place; until then it is made without the claim"
                silent = list(_silent(bodies)) if "alt" in message else []
                if silent:
                    path, picture = silent[0]
                    more = f", as have {len(silent) - 1} more" if len(silent) > 1 else ""
                    what = f"the PDF cannot claim to be accessible: {picture} has no alternative text{more}"
                    hint = "say what it shows with `#| fig-alt: …` in its cell, or in `![…](…)`"
                unseen = UNSEEN.search(message)
                warnings = (Problem(what, hint, path, rule="accessible", severity="warning"),)
                if unseen and PRIVATE.search(unseen[1]) is None:
                    warnings = (_without_font(unseen[1], path),)
                standards = []
                continue
            what, path = _explained(message, said, source, bodies, "Typst cannot make the PDF")
            hint = "correct that place; `--to html` makes the site alone"
            raise InputError(what, hint, path=path, rule="typst") from None


def _silent(bodies: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the pictures without an alternative text, each with its chapter."""
    for path, body in bodies.items():
        yield from ((path, name.lstrip("/")) for name in SILENT.findall(body))


def _explained(
    message: str, said: str, source: Path, bodies: Mapping[str, str], what: str
) -> tuple[str, str | None]:
    """Return Typst's complaint with the text around it, and the chapter; the file that it names is gone."""
    line = re.search(r"book\.typ:(\d+)", said)
    lines = source.read_text(encoding="utf-8").splitlines()
    text = lines[int(line[1]) - 1].strip() if line and int(line[1]) <= len(lines) else ""
    path = next((path for path, body in bodies.items() if text and text in body), None)
    near = f", near `{text[:80]}`" if text else ""
    return f"{what}: {(message or said).removeprefix(f'{CLAIM} error: ')}{near}", path


def _timestamp(project: Project) -> int:
    """Return the moment that the PDF carries: SOURCE_DATE_EPOCH, else the book's date, else the epoch."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stamp.isdigit():
        return int(stamp)
    try:
        day = datetime.date.fromisoformat(project.date or "")
    except ValueError:
        return 0
    return int(datetime.datetime.combine(day, datetime.time(), datetime.UTC).timestamp())


def file_name(project: Project) -> str:
    """Return the name of the PDF in the site."""
    return f"{project.output_file}.pdf"
