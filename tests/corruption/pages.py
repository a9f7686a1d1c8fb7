"""Changes of built pages, made in memory, and whether the audit catches them."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.corruption.changes import Change
from tests.corruption.digits import changed, in_page
from tieout.audit.against import Audit
from tieout.audit.audited import audit_page
from tieout.audit.reading import read_page
from tieout.audit.site import audit_appendices, with_page
from tieout.audit.works import Works
from tieout.problems import Problem
from tieout.project import Files
from tieout.workspace import Workspace

TIE = re.compile(r'<a [^>]*data-tie="([^"]+)"[^>]*>.*?</a>', re.DOTALL)


def text_of(audit: Audit, href: str) -> str:
    """Return a page as built."""
    return (audit.folder / href).read_text(encoding="utf-8")


def numbers(audit: Audit, href: str) -> Iterator[Change]:
    """Numbers of built pages: one digit of each, in text, alternative texts, titles and machine values."""
    text = text_of(audit, href)
    last = -2
    for digit in in_page(text):
        if digit.at != last + 1:
            new = changed(text[digit.at], 0)
            yield _change(href, text, (digit.at, digit.at + 1), new, digit.kind)
        last = digit.at


def swaps(audit: Audit, href: str) -> Iterator[Change]:
    """Ties bound to another entry of the same value: every attribute right for that other one."""
    text = text_of(audit, href)
    same = defaultdict(list)
    for name, entry in audit.ledger.items():
        if entry.quantity is not None:
            same[entry.quantity.value, entry.quantity.unit].append(name)
    for tie in TIE.finditer(text):
        name, _, column = tie[1].partition(":")
        entry = audit.ledger[name]
        if column or entry.quantity is None:
            continue
        for other in same[entry.quantity.value, entry.quantity.unit]:
            if other != name:
                bound = (
                    tie[0]
                    .replace(f"#{name}", f"#{other}")
                    .replace(f'data-tie="{name}"', f'data-tie="{other}"')
                )
                bound = re.sub(r'id="use-[^"]*"', f'id="use-{other}-1"', bound)
                yield _change(href, text, tie.span(), bound, f"{name} for {other}")
                break


def hidings(audit: Audit, href: str) -> Iterator[Change]:
    """Ties moved onto hidden text: the number stays as plain text, its tie goes along unseen."""
    text = text_of(audit, href)
    for tie in TIE.finditer(text):
        shown = re.sub(r"<[^>]*>", "", tie[0])
        new = f"{shown}<span hidden>{tie[0]}</span>"
        yield _change(href, text, tie.span(), new, "hidden")


INSERTED = (
    '<template shadowrootmode="open">99%</template>',
    "<annotation>99%</annotation>",
    '<input value="99%">',
    '<embed src="more.svg">',
    '<time datetime="1999-01-01">then</time>',
    '<span itemprop="share">so</span>',
    '<meter value="0.99"></meter>',
    '<progress value="0.99"></progress>',
    '<iframe srcdoc="99%"></iframe>',
    '<object data="more.svg"></object>',
    "<ruby>so<rt>99%</rt></ruby>",
    "<bdo dir=rtl>so</bdo>",
    "<canvas>99%</canvas>",
    "<style>p::after { content: '99%' }</style>",
    '<script type="application/ld+json">{"share": 99}</script>',
    '<script>document.title = "99%"</script>',
    '<a class="footnote-back" href="#x">99%</a>',
    '<img src="../figures/more.svg" alt="">',
)
STYLES = (
    "direction: rtl; unicode-bidi: bidi-override",
    "letter-spacing: -1em",
    "font-size: 0",
    "color: #fff",
    "transform: rotate(180deg)",
    "position: absolute; left: -3px",
    "filter: opacity(0)",
    "line-height: 0",
    "-webkit-text-security: disc",
    "text-decoration: line-through",
    "order: 3",
    "writing-mode: vertical-rl",
    "background: #000; color: #000",
    "mix-blend-mode: difference",
    "font-family: Wingdings",
    "margin-left: -100px",
    "opacity: .01",
    "overflow: hidden; height: 1px",
)


def insertions(audit: Audit, href: str) -> Iterator[Change]:
    """Elements that no page has: fields, frames, gauges, scripts, styles, what only machines read."""
    text = text_of(audit, href)
    at = text.find("<p>", text.index("<article>"))
    for markup in INSERTED if at >= 0 else ():
        yield _change(href, text, (at + 3, at + 3), markup, markup)


def styles(audit: Audit, href: str) -> Iterator[Change]:
    """Styles that hide a paragraph or show it otherwise."""
    text = text_of(audit, href)
    at = text.find("<p>", text.index("<article>"))
    for style in STYLES if at >= 0 else ():
        yield _change(href, text, (at, at + 3), f'<p style="{style}">', style)


TITLE = re.compile(r"</span>\.? \(\d{4}\)\. (?:<em>)?([A-Za-z]{4,})")
KIND = re.compile(r"<dt>(?:Kind|Precision|Note|Status|Reason)</dt>\s*<dd>\s*([a-zA-Z]{4,})")
FOUND = re.compile(r'data-finding="[^"]*">\s*<h2[^>]*>.*?</h2>\s*<p>([A-Za-z]{3,})')
LEADS = re.compile(r'<a href="(https://doi\.org/[^"]+)"|<a href="[^"]*#([\w.-]+)"><code>')


def words(audit: Audit, href: str) -> Iterator[Change]:
    """Words and links of the references, the ledger and the findings."""
    page = audit.site.pages[href]
    if not page.appendices:
        return
    text = text_of(audit, href)
    for pattern in (TITLE, KIND, FOUND, LEADS):
        for found in pattern.finditer(text):
            start, end = found.span(found.lastindex or 1)
            old = text[start:end]
            new = old[:-1] + ("x" if old[-1] != "x" else "y")
            yield _change(href, text, (start, end), new, f"`{old}`")


KINDS = (numbers, swaps, hidings, insertions, styles, words)


def caught(audit: Audit, change: Change | None) -> list[Problem]:
    """Return what the audit says of the pages, with one of them changed."""
    if change is None:
        found = [each for page in audit.site.pages.values() for each in audit_page(audit, page).problems]
        return [*found, *(each for part in audit_appendices(audit).values() for each in part.problems)]
    page = read_page(change.text.encode(), change.path, audit.folder, audit.site.project.lang)
    new = with_page(audit, page)
    found = [
        each
        for each in audit_page(new, page).problems
        if each.path in (change.path, new.expected[page.href].path)
    ]
    if not found and page.appendices:
        found = [
            each
            for part in audit_appendices(new).values()
            for each in part.problems
            if each.path == change.path
        ]
    return found


def works_of(audit: Audit, change: Change, folder: Path) -> Works:
    """Return the bibliography with a change."""
    project = audit.site.project
    for name in (*project.bibliography, *([project.csl] if project.csl else [])):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(project.root / name, folder / name)
    (folder / change.path).write_text(change.text, encoding="utf-8")
    return Works.of(Workspace(replace(project, root=folder, files=Files(folder))))


def _change(href: str, text: str, span: tuple[int, int], new: str, kind: str) -> Change:
    at, end = span
    line = text.count("\n", 0, at) + 1
    return Change(href, text, at, end, new, f"line {line}, {kind}: {text[max(0, at - 30) : at + 12]!r}")
