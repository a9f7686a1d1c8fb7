"""More of what other people's books have: files shown in code, links of terminals, large pictures."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pypdf
import pytest
from lxml import html

from tests.support import notebooks, ordinary_books
from tieout import check, publish
from tieout.adopt.adopt import adopt
from tieout.audit import site
from tieout.problems import Problem
from tieout.workspace import Workspace

SHOWN = """# Shown

```{r, fig.cap="\\\\label{fig:a}Of {two}"}
2
```

Of **all**.

````md
{{< include common/_example.md >}}
````

```bibtex
{{< include common/_example.bib >}}
```

```{{{r}}}
1
```

![](dot.png){fig-alt="A `logo` of 3 things"}

After it.
"""
EXAMPLE = "---\ntitle: An example\n---\n\n## Some [5](tie:away)\n\n:::{note}\nWords\n:::\n"
NAMED = "# Про типы\n\nО [типах](#про-типы), [их строках](#перед-строками).\n\n## Перед строками\n\nВсё.\n"
LINKED = "Use the \x1b]8;;https://a.example/\x07conflicted\x1b]8;;\x07 package, \x1b[36mnow\x1b[39m.\n"


DOT = {"dot.png": ordinary_books.PICTURE}


def problems(result: publish.Result) -> list[Problem]:
    return [each for report in result.reports for each in report.problems]


def article(root: Path, name: str) -> html.HtmlElement:
    return html.parse(str(root / "_book" / name)).getroot().find(".//article")


def test_a_file_included_in_code_is_shown_whole_and_is_no_prose(tmp_path: Path) -> None:
    files = {
        "common/_example.md": EXAMPLE,
        "common/_example.bib": "@book{idle, title = {5}}\n",
        "dot.png": ordinary_books.PICTURE,
    }
    root = ordinary_books.write(tmp_path, {"a.md": SHOWN}, files)
    result = publish.build(Workspace.load(root), "pandoc", ("html",), execute=False)
    assert [each.rule for each in problems(result)] == ["unknown-engine"]
    shown = [each.text_content().strip() for each in article(root, "a.html").xpath(".//pre")]
    assert shown == ["2", EXAMPLE.strip(), "@book{idle, title = {5}}", "```{{r}}\n1\n```"]


UNRUN = """# A

See @fig-one, @fig-off, @fig-hid-2 and @tbl-x, and @lst-l.

```{python}
#| label: fig-one
#| fig-cap: "One of 7"
plot(1)
```

```{python}
#| label: fig-off
#| fig-cap: Two
#| eval: false
plot(2)
```

```{python}
#| label: fig-hid
#| fig-cap: Of code that is hidden
#| fig-subcap: [Left, Right]
#| echo: false
plot(3)
```

```{r tbl-x, tbl.cap="Three"}
table(4)
```

```{python}
#| lst-label: lst-l
#| lst-cap: Listed
plot(5)
```
"""


def test_a_figure_of_code_that_is_not_run_has_its_number_and_its_caption(tmp_path: Path) -> None:
    root = ordinary_books.write(
        tmp_path, {"a.qmd": UNRUN, "b.md": "# B\n\n![](dot.png)\n\nAs @fig-one."}, DOT
    )
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    found = {each.rule: each for each in problems(result) if each.rule != "unknown-engine"}
    assert found.keys() <= {"reference", "accessible"}
    page = article(root, "a.html")
    names = [
        each.text_content().split("\n")[0].strip() for each in page.xpath(".//a[contains(@class,'xref')]")
    ]
    assert names == ["Figure\xa01.1", "Table\xa01.1", "Listing\xa01.1"]
    assert "plot(1)" in page.xpath(".//*[@id='fig-one']")[0].text_content()
    assert "?@fig-off" in page.text_content() and "?@fig-hid-2" in page.text_content()
    said = [each for each in problems(result) if "fig-one" in each.what or each.rule == "reference"]
    assert [each.what for each in said] == [
        "the code of `fig-one` is not run here; its number and caption stand alone, and so for 2 more",
        "`@fig-off` names code that is not run, and is shown as `?@fig-off`, and so 1 more",
    ]


def test_links_of_a_terminal_are_the_words_that_it_shows(tmp_path: Path) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": LINKED}
    cell = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "execution_count": 1,
        "source": "1",
        "outputs": [output],
    }
    root = ordinary_books.write(tmp_path, {"nb.ipynb": notebooks.text("#:# A", cell)}, {})
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    assert not problems(result)
    assert "Use the conflicted package, now." in article(root, "nb.html").text_content()


def test_a_large_picture_and_names_in_any_script_stop_no_pdf(tmp_path: Path) -> None:
    files = {"large.png": png(5100, 5000)}  # unpacked, more than a reader of PDFs takes
    root = ordinary_books.write(tmp_path, {"a.md": NAMED, "b.md": "# B\n\n![Large](large.png)\n"}, files)
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    assert not [each for each in problems(result) if each.rule != "accessible"]
    assert len(pypdf.PdfReader(root / "_book" / "Ordinary.pdf").pages) > 3


def png(width: int, height: int) -> bytes:
    """Return a black picture of three colours."""
    rows = zlib.compress(bytes(height * (1 + 3 * width)), 1)
    parts = (b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_a_mistake_of_the_audit_takes_no_book_away_to_which_nothing_is_promised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_given: object) -> None:
        raise AttributeError("no attribute")

    monkeypatch.setattr(site, "_check", failing)
    root = ordinary_books.write(tmp_path, {"a.md": "# A\n"}, {})
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    (problem,) = problems(result)
    assert [path.name for path in result.files] == ["index.html", "Ordinary.pdf"]
    assert problem.severity == "warning" and "no attribute is a mistake of Tieout's own" in problem.what
    with (root / "_quarto.yml").open("a", encoding="utf-8") as config:
        config.write("tieout: {require: results}\n")
    with pytest.raises(AttributeError):
        publish.build(Workspace.load(root), "pandoc", execute=False)


def test_a_site_made_before_the_project_was_adopted_is_one_message(tmp_path: Path) -> None:
    root = ordinary_books.write(tmp_path, {"a.md": "# A\n\nOf 5 and 7.\n"}, {})
    (root / "_book").mkdir()
    for name in ("index", "a", "old"):
        (root / "_book" / f"{name}.html").write_text("<html><body><main>8 of 9</main></body></html>", "utf-8")
    adopt(root).write()
    (report,) = check.run(Workspace.load(root), ["site"])
    (problem,) = report.problems
    assert (problem.path, problem.severity) == ("_book", "warning") and "nothing was compared" in problem.what


def test_what_many_chapters_have_and_many_lines_is_said_once(tmp_path: Path) -> None:
    text = "---\ntitle: A\n---\n\n# Further\n\nOf {glue:text}`one`, {glue:text}`two` and {glue}`three`.\n"
    root = ordinary_books.write(tmp_path, {f"{name}.md": text for name in "abcde"}, {})
    (report,) = check.run(Workspace.load(root), ["prose"])
    said = [each.what for each in report.problems]
    assert len([each for each in said if each.endswith("of another, and so in 4 more chapters")]) == 1
    assert len([each for each in said if each.endswith("as it stands, and so in 2 more places")]) == 5
    assert len(said) == 6


def test_shortcodes_of_others_stay_in_html_and_embed_says_what_it_takes(tmp_path: Path) -> None:
    text = '# A\n\n<p><img src="{{< own/ref >}}dot.png" alt="x"></p>\n\n{{< embed other.qmd#fig-a >}}\n'
    root = ordinary_books.write(
        tmp_path, {"a.md": text, "b.md": "# B\n"}, {"dot.png": ordinary_books.PICTURE}
    )
    said = {
        each.line: each.what for each in problems(publish.build(Workspace.load(root), "pandoc", ("html",)))
    }
    assert said[5].startswith("`embed` shows stored outputs")
    assert article(root, "a.html").text_content().count("{{<") == 1  # the embed's own, as written


def test_titles_of_parts_have_their_look_and_russian_has_its_words(tmp_path: Path) -> None:
    root = ordinary_books.write(tmp_path, {"a.md": "# Про {#sec-a}\n\nСм. @sec-a.\n"}, {})
    config = root / "_quarto.yml"
    said = config.read_text("utf-8").replace(
        '    - "a.md"\n', "    - part: '**Первая** из `R`'\n      chapters: [a.md]\n"
    )
    config.write_text(f"{said}lang: ru\n", "utf-8")
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    assert not [each for each in problems(result) if each.rule != "accessible"]
    page = (root / "_book" / "a.html").read_text("utf-8")
    assert page.count("<strong>Первая</strong> из <code>R</code>") == 2  # in the list and above the title
    assert "Глава" in article(root, "a.html").text_content()


def test_a_heading_of_html_names_no_page_and_a_footer_may_have_links(tmp_path: Path) -> None:
    root = ordinary_books.write(tmp_path, {"a.md": "# A\n\n<h1>\nOf 3\n</h1>\n", "b.md": "# B\n"}, {})
    config = root / "_quarto.yml"
    footer = "  page-footer: {center: 'Copyright 2024, [A](https://a.example) and [B](https://b.example)'}\n"
    config.write_text(config.read_text("utf-8").replace("  author:", f"{footer}  author:"), "utf-8")
    result = publish.build(Workspace.load(root), "pandoc", ("html",), execute=False)
    assert not problems(result)


def test_links_for_the_pdf_alone_and_pictures_without_an_address_alarm_nobody(tmp_path: Path) -> None:
    text = '# A\n\n::: {.content-visible unless-format="html"}\nSee <https://b.example/5>.\n:::\n\n![]()\n'
    root = ordinary_books.write(tmp_path, {"a.md": text}, {})
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    assert len(result.files) == 2 and not [each for each in problems(result) if "mistake" in each.what]
    assert not [each for each in problems(result) if each.path == "Ordinary.pdf"]


def test_lengths_that_only_a_browser_knows_stop_no_pdf(tmp_path: Path) -> None:
    text = '# A\n\n<img src="dot.png" width="50vw" alt="Dots">\n\n![Dots](dot.png){width=10vw height=2lh}\n'
    root = ordinary_books.write(tmp_path, {"a.md": text}, {"dot.png": ordinary_books.PICTURE})
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    assert [path.name for path in result.files] == ["index.html", "Ordinary.pdf"]
    assert not [each for each in problems(result) if each.rule != "accessible"]


def test_a_reference_that_breaks_over_two_lines_says_its_number_in_one_of_them(tmp_path: Path) -> None:
    many = "".join(f"{'So it is said ' * size} by @eq-a.\n\n" for size in range(1, 9))
    root = ordinary_books.write(tmp_path, {"a.md": f"# A\n\n$$x$$ {{#eq-a}}\n\n![](dot.png)\n\n{many}"}, DOT)
    with (root / "_quarto.yml").open("a", encoding="utf-8") as config:
        config.write("crossref: {eq-prefix: the one of all equations in this book that has the number}\n")
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    assert [each.rule for each in problems(result)] == ["accessible"]  # links of such a PDF have a box a line


def test_styles_that_a_cell_does_not_end_take_nothing_of_the_page(tmp_path: Path) -> None:
    notebooks.write(
        tmp_path / "a.ipynb",
        "#:# A",
        "#:<style>\n@font-face {\n  width: 16%;\n\n  margin: 7px }",
        "#:Last words, 5.",
    )
    adopt(tmp_path).write()
    result = publish.build(Workspace.load(tmp_path), "pandoc", execute=False)
    assert {each.rule for each in problems(result)} <= {"harmful", "author"}
    assert result.site is not None
    page = html.parse(str(result.site / "a.html")).getroot().find(".//article")
    assert "Last words, 5." in page.text_content() and "16%" not in page.text_content()


def test_a_formula_that_runs_off_the_page_is_named_by_its_first_signs_alone(tmp_path: Path) -> None:
    formula = rf"\left[\begin{{matrix}}{' & '.join(map(str, range(100, 300)))}\end{{matrix}}\right]"
    notebooks.write(tmp_path / "a.ipynb", "#:# A", f"#:$$ {formula} $$")
    adopt(tmp_path).write()
    result = publish.build(Workspace.load(tmp_path), "pandoc", execute=False)
    said = [each.what for each in problems(result) if "nobody can see" in each.what]
    assert len(said) == 4 and "more that nobody can see" in said[-1]


def test_long_lines_across_take_no_cells_into_a_table(tmp_path: Path) -> None:
    table = "-------------\n Item   Price\n------ ------\n Tea     3.20\n\n Milk    1.10\n-------------"
    cells = "#:# A", "#:---- \n## Aims\n\nOf 5.", "1", "#:-----\n## Last\n\nOf 7.", f"#:{table}"
    notebooks.write(tmp_path / "a.ipynb", *cells)
    adopt(tmp_path).write()
    result = publish.build(Workspace.load(tmp_path), "pandoc", execute=False)
    assert not [each for each in problems(result) if "a.html" in each.what + each.path]
    assert result.site is not None
    page = html.parse(str(result.site / "a.html")).getroot().find(".//article")
    assert [each.text_content().split()[-1] for each in page.xpath(".//h2")] == ["Aims", "Last"]
    assert len(page.xpath(".//hr")) == 2
    shown = [each.text_content().strip() for each in page.xpath(".//table//td")]
    assert shown == ["Tea", "3.20", "Milk", "1.10"]


def test_code_that_a_cell_does_not_end_takes_nothing_of_the_next(tmp_path: Path) -> None:
    cells = (
        "#:# A",
        "#:As in\n```\nx = f(y)```",
        "#:## Last\n\nOf 7.",
        "1",
        "#:```x``` is said\n\n## Very last",
    )
    notebooks.write(tmp_path / "a.ipynb", *cells)
    adopt(tmp_path).write()
    result = publish.build(Workspace.load(tmp_path), "pandoc", execute=False)
    assert not [each for each in problems(result) if "a.html" in each.what + each.path]
    assert result.site is not None
    page = html.parse(str(result.site / "a.html")).getroot().find(".//article")
    assert [each.text_content().strip() for each in page.xpath(".//pre")] == ["x = f(y)```", "1"]
    assert len(page.xpath(".//h2")) == 2


def test_raw_cells_for_other_formats_are_on_no_page_and_nobody_misses_them(tmp_path: Path) -> None:
    def raw(form: str, text: str) -> dict[str, object]:
        return {"cell_type": "raw", "id": form[5:], "metadata": {"raw_mimetype": form}, "source": [text]}

    rest = raw("text/restructuredtext", ".. note::\n\n   See :ref:`this <place>`, of 7.")
    notebooks.write(tmp_path / "a.ipynb", "#:# A", rest, raw("text/markdown", "Of *9*."), "#:Last words, 5.")
    adopt(tmp_path).write()
    result = publish.build(Workspace.load(tmp_path), "pandoc", execute=False)
    assert {each.rule for each in problems(result)} <= {"raw-cell", "author"}
    assert result.site is not None
    shown = html.parse(str(result.site / "a.html")).getroot().find(".//article").text_content()
    assert "Of 9." in shown and "Last words, 5." in shown and "of 7" not in shown
    again = [
        each for report in check.run(Workspace.load(tmp_path), execute=False) for each in report.problems
    ]
    assert {each.rule for each in again} <= {"raw-cell", "author", "unexecuted"}


def test_emoji_for_which_a_pdf_has_no_sign_are_left_out_and_named_once(tmp_path: Path) -> None:
    head = "# 1️⃣ First 🚀\n\nOf 3️⃣ ✅ things 🎉, `4 🚀`.\n\n## 🧪 2️⃣ Tests\n\n![](dot.png)\n\n"
    table = "| 1️⃣ | ✅ |\n|---|---|\n| 🎉 | 5 |\n\n: A table 🎉 of 2\n"
    root = ordinary_books.write(tmp_path, {"a.md": head + table}, DOT)
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    (said,) = [each for each in problems(result) if each.rule != "accessible" or "font" in each.what]
    assert said.rule == "emoji" and "🚀 🎉 🧪" in said.what
    assert "First 🚀" in article(root, "a.html").text_content()
    pdf = pypdf.PdfReader(next((root / "_book").glob("*.pdf")))
    shown = "".join(page.extract_text() for page in pdf.pages)
    assert "Of 3 ✓ things, 4." in shown and "🚀" not in shown
    assert [each.title for each in pdf.outline if not isinstance(each, list)][-1] == "1 1️⃣ First 🚀"


def test_a_picture_outside_the_project_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "away.png").write_bytes(ordinary_books.PICTURE)
    root = tmp_path / "book"
    root.mkdir()
    chapters = {"a.md": "# A\n\n![Away](../away.png)\n\n![Here](parts/../dot.png)\n"}
    ordinary_books.write(root, chapters, {**DOT, "parts/b.md": "B"})
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    assert [each.rule for each in problems(result)] == ["picture"]


def test_options_without_a_blank_after_their_colon_are_read_as_nbdev_reads_them(tmp_path: Path) -> None:
    cells = "#:# A", "#| export\n#|eval:false\nx = 5", "#| echo:false \nhidden = 6"
    notebooks.write(tmp_path / "a.ipynb", *cells)
    adopt(tmp_path).write()
    result = publish.build(Workspace.load(tmp_path), "pandoc", execute=False)
    assert not [each for each in problems(result) if each.severity == "error"]
    assert result.site is not None
    shown = html.parse(str(result.site / "a.html")).getroot().find(".//article").text_content()
    assert "x = 5" in shown and "hidden" not in shown
