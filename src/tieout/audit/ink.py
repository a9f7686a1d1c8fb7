"""Whether a PDF shows what its text says: each run leaves ink on the page, drawings are those of the pages.

A page is drawn and the place of each run looked at: text that is invisible, white, covered or cut off leaves
none. Drawings are made anew from the pictures of the pages and compared operator by operator (`painted.py`).
"""

from __future__ import annotations

import hashlib
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2 as pdfium

from tieout.audit.flow import plain
from tieout.audit.pages import Site
from tieout.audit.painted import Told, alone, drawings, same, unmarked
from tieout.audit.pieces import Piece, is_drawing
from tieout.audit.sheet import Sheet
from tieout.harmless import untoned
from tieout.machine.steps import Steps
from tieout.project.drawings import as_pdf

CONTRAST = 24  # of 255; what a reader can tell from the paper, thin strokes at one dot a point included
OVER = 0.3  # of the narrower of two words; accents, fractions and indices overlap less
CURVES = 24  # segments; rules, boxes and underlines have fewer, a glyph drawn as an outline has more
MOST = 3  # of a page that are named: a formula that runs off it has a thousand signs
Say = Callable[[str, int | None], None]


def look(
    path: Path,
    reader: pypdf.PdfReader,
    pieces: Sequence[Piece],
    site: Site,
    sheets: Mapping[str, Sheet],
    folder: Path,
    say: Say,
    warn: Say,
) -> tuple[int, int]:
    """Compare what a PDF shows with what it holds; return how many runs and drawings are right, of how many.

    Parameters
    ----------
    path, reader, pieces
        The PDF: its file, its structure, its text.
    site, sheets, folder
        The site, what of its pages the PDF is compared with, and where their pictures lie.
    say, warn
        Take what is wrong, or only not as it should be, and the page's index.
    """
    right = total = 0
    beyond: dict[str, list[int]] = defaultdict(list)
    document = pdfium.PdfDocument(path)
    try:
        by_page: dict[int, list[Piece]] = defaultdict(list)
        for piece in pieces:
            by_page[piece.page].append(piece)
        for number, page in enumerate(document):
            runs = by_page[number]
            if number == 0 and site.engine.sets_its_own_paper(site.project):
                runs = [run for run in runs if not run.text.strip().isdecimal()]  # a cover hides its folio
            looked = list(_runs(page, runs, site.engine.knows_all))
            wrong = [what for seen, what in looked if not seen]
            right, total = right + len(looked) - len(wrong), total + len(looked)
            for what in wrong[:MOST]:
                say(what, number)
            if wrong[MOST:]:
                say(f"has {len(wrong[MOST:])} more that nobody can see or that stand twice", number)
            width = page.get_width()
            for run in runs:
                if run.box[0] < width < run.box[2] - 1:
                    beyond[" ".join(run.text.split())[:60]].append(number)
            for one, other in islice(overlapping(runs), 1):
                warn(
                    f"`{plain(one.text)[:40]}` and `{plain(other.text)[:40]}` are set over each other", number
                )
    finally:
        document.close()
    for text, (first, *more) in beyond.items():
        warn(f"`{text}…` runs off the page{f', and {len(more)} times more' if more else ''}", first)
    for number, each in enumerate(reader.pages):
        # Marks named there would hide text from those who look for pictures by their marks.
        if "/Properties" in (each.get("/Resources") or {}):
            total += 1
            say("names its marks aside, as no PDF of Typst's does", number)
    if site.engine.knows_all:
        apart = any(sheet.is_apart for sheet in sheets.values())
        shown = [each for sheet in sheets.values() for each in sheet.pictures]
        tell = (lambda _what, _page: None) if apart else say
        same, drawings = _drawings(reader, shown, site.project.steps, folder, tell)
        right, total = right + same, total + drawings
    return right, total


def overlapping(runs: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """Give the words of a page that stand over each other, so that neither can be read."""
    words = sorted((run for run in runs if len(run.text.strip()) > 1), key=lambda run: run.box[0])
    for at, one in enumerate(words):
        left, bottom, right, top = one.box
        for other in words[at + 1 :]:
            start, below, end, over = other.box
            beside = min(right, end) - start
            if beside <= 0:
                break
            above = min(top, over) - max(bottom, below)
            if above <= 0 or one.box == other.box:
                continue
            narrow, low = min(right - left, end - start), min(top - bottom, over - below)
            if beside > OVER * narrow and above > 2 * OVER * low:
                yield one, other


def _runs(page: Any, runs: Sequence[Piece], ours: bool) -> Iterator[tuple[bool, str]]:
    """Look at each run of text of a page, and at what is drawn beside text and pictures."""
    height = page.get_height()
    shades = page.render(scale=1, grayscale=True).to_numpy()
    places: Counter[tuple[int, ...]] = Counter()
    for run in runs:
        if not any(char.isalnum() for char in run.text):
            continue
        left, low, right, high = run.box
        rows = slice(max(0, int(height - high) - 1), max(0, int(height - low) + 2))
        area = shades[rows, max(0, int(left) - 1) : max(0, int(right) + 2)]
        seen = area.size > 0 and int(area.max()) - int(area.min()) >= CONTRAST
        yield bool(seen), f"nobody can see its `{' '.join(run.text.split())}`"
        place = tuple(round(side) for side in run.box)
        places[place] += 1
        if places[place] > 1:
            yield False, f"has `{' '.join(run.text.split())}` twice at one place"
    if ours:
        for drawn in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH], max_depth=1):
            if pdfium.raw.FPDFPath_CountSegments(drawn.raw) > CURVES and not is_drawing(drawn.raw):
                yield False, "has a drawing beside its text that no page has"


def _drawings(
    reader: pypdf.PdfReader, shown: Sequence[tuple[str, str]], steps: Steps, folder: Path, say: Say
) -> tuple[int, int]:
    """Compare the drawings in the order of the pages: each is what its SVG gives, and so are its words."""
    wanted = [each for each in shown if each[0].endswith(".svg") and (folder / each[0]).is_file()]
    names = dict.fromkeys(name for name, _ in wanted)
    made = {name: _converted(untoned((folder / name).read_bytes()), steps) for name in names}
    for number in unmarked(reader):
        say("has a drawing beside its pictures", number)
    found = list(drawings(reader, steps))
    right = 0
    queue = list(wanted)
    for drawn in found:
        at = next((index for index, (name, _) in enumerate(queue) if same(made[name], drawn.told)), None)
        if at is None:
            expected = f", where the pages show {queue[0][0]}" if queue else ""
            say(f"has a drawing that is none of the pages' in this order{expected}", drawn.page)
            continue
        for name, _ in queue[:at]:
            say(f"lacks the drawing {name}, which the pages show", drawn.page)
        name, alt = queue[at]
        told = plain(drawn.alt) == plain(alt)
        if not told:
            say(
                f"says “{plain(drawn.alt)[:60]}” of the drawing {name}, and the page “{plain(alt)[:60]}”",
                drawn.page,
            )
        right += told
        del queue[: at + 1]
    for name, _ in queue:
        say(f"lacks the drawing {name}, which the pages show", None)
    return right, max(len(wanted), len(found))


def _converted(svg: bytes, steps: Steps) -> Told:
    """Return the drawing that a picture gives."""
    made: Told = steps.take("compare", [hashlib.sha256(svg).hexdigest()], lambda: _made(svg))
    return made


def _made(svg: bytes) -> Told:
    try:
        return alone(pypdf.PdfReader(io.BytesIO(as_pdf(svg))))
    except ValueError:
        return [["nothing"]]
