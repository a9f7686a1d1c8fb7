"""A small report, built in the shape of either engine: what the tests of the audit change and look at."""

from __future__ import annotations

import html
import json
import shutil
from pathlib import Path
from typing import Any

from tieout.audit import site
from tieout.ledger import Ledger
from tieout.ledger.publication import files, panels
from tieout.problems import Report
from tieout.workspace import Workspace

HERE = Path(__file__).parents[1] / "audit" / "site"
GROWTH = "chapters/growth.html"


def build(engine: str, folder: Path, formats: tuple[str, ...] = ("html",)) -> Path:
    """Copy the report into a folder and give it a site; returns the project."""
    project = folder / "registry"
    shutil.copytree(HERE / "registry", project)
    if engine == "pandoc":
        from tieout import publish

        result = publish.build(Workspace.load(project), "pandoc", formats, execute=False)
        assert result.site is not None, [str(each) for report in result.reports for each in report.problems]
    else:
        shutil.copytree(HERE / "quarto", project / "_site")
        _quarto_appendices(project)
        shutil.copytree(project / "figures", project / "_site" / "figures")
        library = project / "_site" / "site_libs"
        library.mkdir()
        ledger = json.loads((project / "_site" / "ledger.json").read_text(encoding="utf-8"))
        (library / "ledger.js").write_text(panels(ledger), encoding="utf-8")
    return project


def audited(project: Path) -> Report:
    """Audit the site of a project."""
    return site.check(Ledger.load(project))


def edit(project: Path, name: str, old: str, new: str, count: int = 1) -> None:
    """Change a text of the site, which must be there."""
    path = project / "_site" / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def _quarto_appendices(project: Path) -> None:
    """Write the pages of ledger and findings as Quarto writes what the extension's filter gives it."""
    written = files(Ledger.load(project))
    for name, text in written.items():
        (project / "_site" / name).write_text(text, encoding="utf-8")
    ledger = json.loads(written["ledger.json"])
    template = (project / "_site" / "chapters" / "references.html").read_text(encoding="utf-8")
    start, end = template.index('<div id="refs"'), template.index("</main>")
    for name, number, title, body in (
        ("ledger", "B", "Ledger", entries(ledger)),
        ("findings", "A", "Findings", "<p>There are none.</p>"),
    ):
        page = template[:start] + f'<div class="tieout-{name}">\n{body}\n</div>\n\n' + template[end:]
        page = page.replace(
            '<span id="references" class="quarto-section-identifier">'
            '<span class="chapter-number">2</span>&nbsp; <span class="chapter-title">References</span>',
            f'<span id="{name}" class="quarto-section-identifier">'
            f'<span class="chapter-number">{number}</span>&nbsp; <span class="chapter-title">{title}</span>',
        )
        page = page.replace("<title>2&nbsp; References", f"<title>{number}&nbsp; {title}")
        (project / "_site" / "chapters" / f"{name}.html").write_text(page, encoding="utf-8")


def entries(ledger: dict[str, Any]) -> str:
    """Return the entries of a ledger, as `ledger.json` has it, as a page shows them."""
    parts = []
    for entry in ledger["entries"]:
        name = entry["id"]
        rows = [("Value", entry["display"] or entry["value"]), ("Kind", entry["kind"])]
        if entry["formula"]:
            rows.append(("Formula", entry["formula"]))
        terms = "".join(f"<dt>{key}</dt>\n<dd>{html.escape(str(value))}</dd>\n" for key, value in rows)
        parts.append(
            f'<div class="ledger-entry" data-entry="{name}">\n<section id="{name}" class="level3">\n'
            f'<h3 class="unnumbered">{html.escape(entry["label"])} <code>{name}</code></h3>\n'
            f"<dl>\n{terms}</dl>\n</section>\n</div>"
        )
    return "\n".join(parts)
