"""The audit of a built site: what is as built passes, whatever is changed fails and is named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.corruption.digits import changed, in_page
from tests.support.registry import GROWTH, audited, build, edit
from tieout.audit import site
from tieout.audit.against import Audit
from tieout.audit.audited import audit_page
from tieout.audit.reading import read_page
from tieout.ledger import Ledger
from tieout.problems import Problem, Report

ENGINES = ("pandoc", "quarto")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Hold the report once for each engine; look, do not touch."""
    return {engine: build(engine, tmp_path_factory.mktemp(engine)) for engine in ENGINES}


@pytest.fixture
def project(request: pytest.FixtureRequest, sites: dict[str, Path], tmp_path: Path) -> Path:
    """Copy the report, to be changed at will; of our engine unless a test asks for the other."""
    engine = getattr(request, "param", "pandoc")
    return Path(shutil.copytree(sites[engine], tmp_path / "registry"))


both = pytest.mark.parametrize("project", ENGINES, indirect=True)


def errors(report: Report) -> list[str]:
    return [str(problem) for problem in report.errors]


def problem(report: Report, rule: str) -> Problem:
    found = [each for each in report.errors if each.rule == rule]
    assert found, errors(report)
    return found[0]


def count(report: Report, label: str) -> tuple[int, int]:
    return next((each.passed, each.total) for each in report.counts if each.label == label)


@both
def test_a_site_as_built_passes_with_every_number_accounted_for(project: Path) -> None:
    report = audited(project)
    assert errors(report) == []
    assert report.ok
    right, total = count(report, "numeric tokens accounted for")
    assert right == total > 40
    for name in ("tied", "computed", "structural", "code", "waived"):
        right, total = count(report, name)
        assert right == total > 0, name
    assert count(report, "ties agree") == (14, 14)
    assert count(report, "pages") == (5, 5)


@both
def test_waivers_are_listed_with_page_line_and_reason(project: Path) -> None:
    (note,) = audited(project).notes
    assert note.startswith(f"waived: {GROWTH}:")
    assert note.endswith("`42` (a quotation)")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_changed_digit_never_passes(sites: dict[str, Path], engine: str) -> None:
    """Every digit of every page, text and attributes, one at a time."""
    audit = Audit.of(Ledger.load(sites[engine]))
    survivors, tried = [], 0
    for href in audit.site.pages:
        text = (audit.folder / href).read_text(encoding="utf-8")
        for digit in in_page(text):
            tried += 1
            page = read_page(changed(text, digit.at).encode(), href, audit.folder)
            changed_audit = site.with_page(audit, page)
            caught = audit_page(changed_audit, page).problems or [
                each for part in site.audit_appendices(changed_audit).values() for each in part.problems
            ]
            if not caught:
                survivors.append(f"{href}: {digit.kind}: …{text[digit.at - 40 : digit.at + 20]!r}")
    assert tried > 150
    assert survivors == []


MUTATIONS = {
    "a tied number": (">120</data>", ">121</data>", "disagrees"),
    "the value for machines": ('<data value="120">', '<data value="121">', "value"),
    "a number in words": (">2.5-fold</data>", ">2.6-fold</data>", "disagrees"),
    "another id of the same value": ('data-tie="sites.2020"', 'data-tie="sites.copy"', "tie"),
    "an id that there is not": ('data-tie="sites.2020"', 'data-tie="sites.2019"', "unknown"),
    "a link to another entry": ("ledger.html#sites.2020", "ledger.html#sites.copy", "link"),
    "an anchor": ('id="use-sites.2020-1"', 'id="use-sites.2020-7"', "anchor"),
    "a number beside a tie": (" sites in ", " of 150 sites in ", "untied"),
    "a number in a name": ("COVID-19", "COVID-18", "untied"),
    "code": ("range(7)", "range(8)", "untied"),
    "a formula": ("x + 3", "x + 4", "untied"),
    "a waived number": (">42<", ">43<", "untied"),
    "the reason of a waiver": ("a quotation", "an opinion", "untied"),
    "the number of a section": ('number">1.1</span>', 'number">1.2</span>', "structure"),
    "the number of a note": ("<sup>1</sup>", "<sup>2</sup>", "structure"),
    "a year in a citation": ("Agency 2026", "Agency 2025", "citation"),
    "a page in a citation": (", 4</a>", ", 5</a>", "citation"),
    "an alternative text": (' alt="Two bars: 120 and', ' alt="Two bars: 130 and', "untied"),
    "a text spoken by a browser": ("<p>The registry", '<p title="in 2031">The registry', "structure"),
}


@both
@pytest.mark.parametrize("name", MUTATIONS)
def test_what_is_changed_on_a_page_fails_there(project: Path, name: str) -> None:
    old, new, rule = MUTATIONS[name]
    edit(project, GROWTH, old, new, 2 if name == "an alternative text" else 1)  # Quarto's pages say it twice
    report = audited(project)
    found = problem(report, rule)
    assert found.path == GROWTH
    assert found.line is not None
    line = (project / "_site" / GROWTH).read_text(encoding="utf-8").splitlines()[found.line - 1]
    assert new.split(">")[-1].split("<")[0][:4] in line or rule in ("structure", "tie", "link", "anchor"), (
        line
    )


@both
def test_a_cross_reference_has_the_number_of_what_it_leads_to(project: Path) -> None:
    text = (project / "_site" / GROWTH).read_text(encoding="utf-8")
    old = next(form for form in ("Figure 1.1</span></a>", "Figure\u00a01.1</a>") if form in text)
    edit(project, GROWTH, old, old.replace("1.1", "1.2"))
    assert "leads to number 1.1" in problem(audited(project), "structure").what


@both
def test_a_tie_swapped_for_one_of_the_same_value_fails(project: Path) -> None:
    """Everything about the tie is right for the other entry; only the source says which one belongs there."""
    edit(project, GROWTH, "ledger.html#sites.2020", "ledger.html#sites.copy")
    edit(project, GROWTH, 'id="use-sites.2020-1"', 'id="use-sites.copy-2"')
    edit(project, GROWTH, 'data-tie="sites.2020"', 'data-tie="sites.copy"')
    found = problem(audited(project), "tie")
    assert found.id == "sites.copy"
    assert "where chapters/growth.ipynb:" in found.what


@both
def test_an_anchor_names_one_use_only(project: Path) -> None:
    edit(project, GROWTH, 'id="use-sites.2020-2"', 'id="use-sites.2020-1"')
    found = problem(audited(project), "anchor")
    assert found.id == "sites.2020" and "`use-sites.2020-1`" in found.what


@both
def test_two_ties_that_changed_places_fail(project: Path) -> None:
    path = project / "_site" / GROWTH
    text = path.read_text(encoding="utf-8")
    first = text[text.index('data-tie="sites.2020:year"') :].split("</a>")[0]
    second = text[text.index('data-tie="sites.2025:year"') :].split("</a>")[0]
    swapped = text.replace(first, "@", 1).replace(second, first, 1).replace("@", second, 1)
    path.write_text(swapped, encoding="utf-8")
    assert not audited(project).ok


HIDDEN = (
    'style="display: none"',
    'style="visibility:hidden"',
    'style="opacity: 0"',
    'style="font-size: 0"',
    'style="position: absolute; left: -9999px"',
    'style="width: 0; overflow: hidden"',
    'style="color: transparent"',
    'style="clip-path: inset(100%)"',
    'class="visually-hidden"',
    'aria-hidden="true"',
    "hidden",
)


@both
@pytest.mark.parametrize("how", HIDDEN)
def test_a_hidden_tie_ties_nothing(project: Path, how: str) -> None:
    edit(project, GROWTH, "<p>The registry", f"<p {how}>The registry")
    found = problem(audited(project), "hidden")
    assert "the tie is hidden by" in found.what


@both
def test_a_tie_moved_onto_hidden_text_fails(project: Path) -> None:
    """The number stays as plain text, and its tie goes along, unseen."""
    path = project / "_site" / GROWTH
    text = path.read_text(encoding="utf-8")
    start = text.index("<a", text.index("counted"))
    end = text.index("</a>", start) + 4
    tie = text[start:end]
    path.write_text(text[:start] + f"120<span hidden>{tie}</span>" + text[end:], encoding="utf-8")
    report = audited(project)
    problem(report, "hidden")
    assert "`120`" in problem(report, "untied").what


@both
def test_a_template_hides_and_closed_details_do_not(project: Path) -> None:
    edit(project, GROWTH, "<p>The registry", "<details><summary>More</summary><p>The registry")
    edit(project, GROWTH, "</p>", "</p></details>")
    assert [each for each in errors(audited(project)) if "search-index.js" not in each] == []
    edit(project, GROWTH, "<details>", "<template>")
    edit(project, GROWTH, "</details>", "</template>")
    assert not audited(project).ok


def test_an_untied_number_names_entries_it_would_agree_with(project: Path) -> None:
    edit(project, GROWTH, " sites in ", " (of 300) sites in ")
    found = problem(audited(project), "untied")
    assert "in “" in found.what
    assert "sites.2025" in found.hint


def test_a_number_that_the_source_itself_leaves_untied_fails(project: Path) -> None:
    for name in ("chapters/growth.ipynb", f"_site/{GROWTH}"):
        text = (project / name).read_text(encoding="utf-8")
        (project / name).write_text(text.replace("closed none", "closed 9 of them"), encoding="utf-8")
    found = problem(audited(project), "untied")
    assert found.what.startswith("`9` is not tied")


def test_a_picture_that_its_cell_did_not_store_fails(project: Path) -> None:
    (picture,) = [path for path in (project / "_site").rglob("*.svg") if "media" in path.parts]
    picture.write_text(picture.read_text(encoding="utf-8").replace(">300<", ">330<"), encoding="utf-8")
    found = problem(audited(project), "untied")
    assert "the picture" in found.what
    assert found.path == GROWTH


def test_a_figure_on_disk_that_differs_from_its_cell_fails(project: Path) -> None:
    path = project / "figures" / "fig-sites.svg"
    path.write_text(path.read_text(encoding="utf-8").replace(">300<", ">330<"), encoding="utf-8")
    report = audited(project)
    assert problem(report, "figure").path == "figures/fig-sites.svg"
    assert problem(report, "copy").path == "figures/fig-sites.svg"


def test_the_bibliography_and_the_pages_say_the_same_years(project: Path) -> None:
    path = project / "bibliography.bib"
    path.write_text(path.read_text(encoding="utf-8").replace("{2026}", "{2025}"), encoding="utf-8")
    report = audited(project)
    assert "lacks the year 2025" in problem(report, "citation").what
    assert any(each.path == "chapters/references.html" and "2026" in each.what for each in report.errors)


def test_a_missing_page_fails(project: Path) -> None:
    (project / "_site" / GROWTH).unlink()
    found = problem(audited(project), "page")
    assert (found.path, found.what) == (GROWTH, "the page of chapters/growth.ipynb is missing")


def test_no_site_is_an_error_and_a_pass_over_nothing_is_none(project: Path) -> None:
    shutil.rmtree(project / "_site")
    report = audited(project)
    assert not report.ok
    assert report.errors[0].hint == "run `tieout build`"


def change_ledger(project: Path, change: Callable[[dict[str, object]], object]) -> None:
    path = project / "_site" / "ledger.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    change(next(each for each in document["entries"] if each["id"] == "sites.2025"))
    path.write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize("field", ["value", "number", "interval", "label", "locators"])
def test_a_ledger_that_data_and_outputs_do_not_give_fails(project: Path, field: str) -> None:
    change_ledger(project, lambda entry: entry.update({field: "301"}))
    found = problem(audited(project), "ledger")
    assert found.id == "sites.2025"
    assert field in found.what


def test_a_ledger_that_lacks_an_entry_fails(project: Path) -> None:
    path = project / "_site" / "ledger.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["entries"] = [each for each in document["entries"] if each["id"] != "sites.copy"]
    path.write_text(json.dumps(document), encoding="utf-8")
    assert problem(audited(project), "ledger").what == "lacks sites.copy"


def test_data_changed_after_the_build_fails(project: Path) -> None:
    path = project / "data" / "facts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("300,1", "310,1"), encoding="utf-8")
    from tieout.data import facts

    facts.refresh(project)
    report = audited(project)
    assert problem(report, "disagrees").id == "sites.2025"
    assert problem(report, "ledger").id == "sites.2025"


@both
@pytest.mark.parametrize(
    "markup",
    [
        '<script src="https://cdn.example.org/a.js"></script>',
        '<link rel="stylesheet" href="//cdn.example.org/a.css">',
        '<img src="https://example.org/a.png" alt="">',
        "<style>@import 'https://example.org/a.css';</style>",
        '<p style="background: url(https://example.org/a.png)"></p>',
        "<meta http-equiv='refresh' content=\"0; URL='http://example.org/'\">",
        "<meta http-equiv='Refresh' content='5,//example.org/'>",
        '<iframe srcdoc="<script>1</script>"></iframe>',
        "<iframe src='data:text/html,<p>x</p>'></iframe>",
        "<img src='\\\\example.org/a.png' alt=''>",
    ],
)
def test_nothing_is_loaded_from_elsewhere(project: Path, markup: str) -> None:
    edit(project, GROWTH, "</body>", f"{markup}</body>")
    assert "is loaded from elsewhere" in problem(audited(project), "external").what


@both
def test_links_that_readers_follow_may_leave_the_site(project: Path) -> None:
    edit(project, GROWTH, "COVID-19", '<a href="https://example.org/">COVID-19</a>')
    assert errors(audited(project)) == []


def test_a_style_sheet_that_hides_ties_fails(project: Path) -> None:
    (project / "_site" / "site_libs" / "extra.css").write_text("a.tie { opacity: 0 }", encoding="utf-8")
    assert problem(audited(project), "hidden").path == "site_libs/extra.css"


@pytest.mark.parametrize("project", ["quarto"], indirect=True)
def test_a_search_index_says_what_the_pages_say(project: Path) -> None:
    record = {
        "objectID": "1",
        "href": GROWTH,
        "title": "Growth",
        "text": "counted 120 sites in 2020 and 300 in",
    }
    path = project / "_site" / "search.json"
    path.write_text(json.dumps([record]), encoding="utf-8")
    assert errors(audited(project)) == []
    path.write_text(json.dumps([{**record, "text": "counted 130 sites"}]), encoding="utf-8")
    assert problem(audited(project), "search").path == "search.json"


def test_a_site_has_the_files_that_its_sources_give_and_no_others(project: Path) -> None:
    folder = project / "_site"
    (folder / "more.htm").write_text("<p>99% of hospitals</p>", encoding="utf-8")
    (folder / "ledger.jsonld").unlink()
    edit(project, "site_libs/theme.js", '"use strict"', '"use strict"; alert(99)')
    edit(project, "site_libs/theme.css", "{", "{color:red;")
    edit(project, "ledger.schema.json", "object", "array")
    found = {each.path: each.rule for each in audited(project).errors}
    assert found == {
        "more.htm": "stray",
        "ledger.jsonld": "ledger",
        "ledger.schema.json": "ledger",
        "site_libs/theme.js": "theme",
        "site_libs/theme.css": "theme",
    }


@pytest.mark.parametrize("project", ["quarto"], indirect=True)
def test_files_that_another_engine_brings_along_are_counted(project: Path) -> None:
    (project / "_site" / "clipboard.js").write_text("0", encoding="utf-8")
    right, total = count(audited(project), "files of the engine, not compared")
    assert right == total > 0


def test_a_panel_says_what_the_ledger_says(project: Path) -> None:
    edit(project, "site_libs/ledger.js", '"precision":"', '"precision":"about ')
    assert problem(audited(project), "panel").path == "site_libs/ledger.js"


@pytest.mark.parametrize("project", ["pandoc"], indirect=True)
def test_a_search_finds_what_pages_say_and_nothing_else(project: Path) -> None:
    edit(project, "site_libs/search-index.js", '"text":"', '"text":"9 of 10 ')
    assert problem(audited(project), "search").path == "site_libs/search-index.js"


def test_the_audit_does_not_need_what_builds() -> None:
    """Checks never import render: an error in the writing cannot excuse itself."""
    import subprocess
    import sys

    code = "import sys, tieout.audit.site; print([name for name in sys.modules if 'tieout.render' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
