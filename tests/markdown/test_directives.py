"""What MyST says in directives and roles is what Quarto says; what Quarto cannot say stays as it stands."""

from __future__ import annotations

import pytest

from tieout.markdown.directives import directives
from tieout.markdown.named import Named, Names
from tieout.markdown.roles import with_roles


def written(*lines: str) -> list[str]:
    return [text for _, text in directives(lines)]


def shown(*lines: str) -> list[str]:
    """The lines that hold anything."""
    return [text for text in written(*lines) if text.strip()]


@pytest.mark.parametrize(
    ("lines", "made"),
    [
        (["```{figure} a b.png", "---", "name: my dot", "width: '5%'", 'alt: A "dot"', "---", "Words", "",
          "more", "```"],
         ['![Words more](<a b.png>){#fig-my-dot width="5%" fig-alt="A \\"dot\\""}']),
        (["```{image} a.png", "```"], ["![](a.png)"]),
        ([":::{note}", "x", ":::"], ["::: {.callout-note}", "x", ":::"]),
        (["````{hint} Now", "```python", "x", "```", "````"],
         [":::: {.callout-tip}", "Now", "```python", "x", "```", "::::"]),
        (["::::{warning}", ":::{seealso}", "x", ":::", "::::"],
         [":::: {.callout-warning}", "::: {.callout-note}", "x", ":::", "::::"]),
        (['```{admonition} A "title"', ":class: tip, dropdown", "x", "```"],
         ['::: {.callout-note title="A \\"title\\"" collapse="true"}', "x", ":::"]),
        (["```{math}", ":label: eq:one", "", "x = 1", "```"], ["$$", "x = 1", "$$ {#eq-one}"]),
        (["```{math} a \\\\ b", "```"], ["$$", "\\begin{aligned}", "a \\\\ b", "\\end{aligned}", "$$"]),
        (["```{table} Sizes", ":name: s", "| a |", "|---|", "```"], ["| a |", "|---|", ": Sizes {#tbl-s}"]),
        (["```{code-cell} ipython3", ":tags: [x]", "1", "```"], ["```{python}", "1", "```"]),
        (["```{code-block} r", ":linenos:", "1", "```"], ["```r", "1", "```"]),
        (["```{include} a.md", "```"], ["{{< include a.md >}}"]),
        (["```{bibliography}", ":style: unsrt", "```"], []),
        ([":::{glue:figure} x", ":name: fig:x", "", "Words", ":::", "+++", "{numref}`fig:x`"],
         ["::: {#fig-x}", "`x`", "Words", ":::", "@fig-x"]),
        (["~~~{admonition} The `x` of {math}`y`", ":class: tip", "Words", "~~~"],
         ["::: {.callout-tip}", "## The `x` of $y$", "Words", ":::"]),
        ([":::{iframe} https://a.example", ":width: 100%", "Words of {math}`y`", ":::"],
         ["https://a.example", "Words of $y$"]),
        (["```{prf:Theorem} Of all", ":label: a", "x", "```", "{prf:ref}`a`"],
         ['::: {#thm-a name="Of all"}', "x", ":::", "@thm-a"]),
        (["```{prf:remark}", "x", "```"], ['::: {.callout-note title="Remark" icon="false"}', "x", ":::"]),
        (["```{versionadded} 2.6", "```"],
         ['::: {.callout-note title="New in version 2.6" icon="false"}', ":::"]),
        (["```{code-cell} ipython3", "---", "tags: [hide-input,", "  other]", "mystnb:", "  figure:",
          "    name: gdp", "---", "1", "```"],
         ["```{python}", "#| code-fold: true", "#| label: fig-gdp", "1", "```"]),
        (["```{code-cell}", ":tags: [remove_cell]", "1", "```"],
         ["```{python}", "#| include: false", "1", "```"]),
        (["(a place)=", "", "## Title", "", "{ref}`a place`, {ref}`it <a place>`"],
         ["## Title {#a-place}", "[Title](#a-place), [it](#a-place)"]),
        (["(a)=", "## Title {#own}", "[](#a)"], ["## Title {#own}", "[Title](#own)"]),
        (["(a)=", "## A [link](x.md) {.wide}", "{ref}`a`"],
         ["## A [link](x.md) {#a .wide}", "[A link](#a)"]),
        (["(a)=", "", "```{figure} a.png", "Words", "```", "{ref}`a`, {numref}`Fig. %s <a>`, [it](#a)"],
         ["![Words](a.png){#fig-a}", "@fig-a, [Fig. @fig-a], [it](#fig-a)"]),
        (["(a)=", "![Words](a.png)", "{ref}`it <a>`"], ["![Words](a.png){#fig-a}", "[it](#fig-a)"]),
        (["(a)=", "```{raw} latex", "x", "```", "% for authors", "# Title", "[](#a)"],
         ["# Title {#a}", "[Title](#a)"]),
        (["(a)=", "(b)=", "```{code-cell} r", "1", "```", "{ref}`it <a>` [too](#b)"],
         ["::: {#a}", ":::", "::: {#b}", ":::", "```{r}", "1", "```", "[it](#a) [too](#b)"]),
        (["(a)=", "Words.", "{ref}`them <a>`"], ["[Words]{#a}.", "[them](#a)"]),
        (["$$ x $$ (one)", "$$", "y", "$$ (two)", "{eq}`one`, {eq}`two`"],
         ["$$ x $$ {#eq-one}", "$$", "y", "$$ {#eq-two}", "@eq-one, @eq-two"]),
        (["(a)=", "# Title", "{numref}`a`, {numref}`Part {number}: <a>`"],
         ["# Title {#a}", '[Title](#a){.numref}, [Title](#a){.numref words="Part %s:"}']),
        (["```{figure} a.png", ":name: dot", "```", "{ref}`dot`"], ["![](a.png){#fig-dot}", "@fig-dot"]),
        (["```{exercise} Count", ":label: one", "x", "```", "{ref}`one` and [](#one)"],
         ['::: {#exr-one name="Count"}', "x", ":::", "@exr-one and @exr-one"]),
        (["```{exercise-start}", "```", "x", "```{exercise-end}", "```"],
         ['::: {.callout-note title="Exercise" icon="false"}', "x", ":::"]),
        (["````{solution} one", ":class: dropdown", "```{code-block} r", "1", "```", "````"],
         ['::: {.callout-tip title="Solution" collapse="true"}', "```r", "1", "```", ":::"]),
        (["```{prf:lemma}", ":label: small", "x", "```"], ["::: {#lem-small}", "x", ":::"]),
        (["::::{tab-set}", ":::{tab-item} R", "x", ":::", "::::"],
         ["::: {.panel-tabset}", "## R {.unlisted}", "x", ":::"]),
        (["```{list-table} Sizes", ":header-rows: 1", ":widths: 20 80", ":name: s", "* - a", "  - b", "```"],
         ['::: {#tbl-s .list-table header-rows=1 widths="20,80"}', "Sizes", "* - a", "  - b", ":::"]),
        ([":::{tip icon=false .wide} Time", "x", ":::"], ["::: {.callout-tip}", "Time", "x", ":::"]),
        (["```{epigraph}", "x", "```"], ["> x"]),
        (["```{margin} Aside", "x", "```"], ["::: {.column-margin}", "**Aside**", "x", ":::"]),
        (["```{raw} html", "<b>", "```", "```{raw} latex", "x", "```"], ["```{=html}", "<b>", "```"]),
        (["(a)=", "# Title", "% for authors", "[](#a) {index}`Words <single: Words>`"],
         ["# Title {#a}", "[Title](#a) Words"]),
    ],
)  # fmt: skip
def test_directives_are_what_quarto_has_for_them(lines: list[str], made: list[str]) -> None:
    assert shown(*lines) == made


@pytest.mark.parametrize(
    "lines",
    [
        ["````md", "```{note}", "x", "```", "````"],
        ["```python", "(a)=", "{math}`x`", "```"],
        ["```{python}", "x", "```"],
        ["```{r echo=FALSE}", "x", "```"],
        ["```{=html}", "<b>", "```"],
        ["```{note}", "never ends"],
        ["::: {.callout-note}", "x", ":::"],
        ["% of them", "[](#nothing) {=html}"],
        ["`{cite}` and \\{math}`x` and {other}`x`", "{math}", "``{math}`x` ``"],
        ["plain = (a)", "[x]{.b}`y`"],
    ],
)
def test_all_else_stays(lines: list[str]) -> None:
    assert written(*lines) == lines


def test_what_quarto_has_no_word_for_is_code_and_named() -> None:
    unknown: dict[str, int] = {}
    lines = ["a", "```{csv-table} Of 7", "8, 9", "```", "```{csv-table} x", "```"]
    made = [text for _, text in directives(lines, unknown)]
    assert made[1:6] == ["````", *lines[1:4], "````"]
    assert unknown == {"csv-table": 1}


def test_each_line_knows_where_it_was() -> None:
    lines = ["```{tip}", "a", "```", "", "b {sub}`1`"]
    assert [(at, text) for at, text in directives(lines) if text.strip()] == [
        (0, "::: {.callout-tip}"), (1, "a"), (2, ":::"), (4, "b ~1~")
    ]  # fmt: skip


def test_roles_of_every_kind() -> None:
    line = "{eq}`a` {numref}`x` {numref}`Figure %s <tbl-y>` {doc}`w <p>` {file}`f` {sup}`2` {cite:p}`a,b`"
    line += " {download}`d <e.csv>`"
    web = "[Sea](wiki:Sea_(water)) {cite:t}`https://doi.org/10.1000/x`"
    assert (
        with_roles(web, Names())
        == "[Sea](https://en.wikipedia.org/wiki/Sea_(water)) <https://doi.org/10.1000/x>"
    )
    assert with_roles(line, Names()) == "@eq-a @fig-x [Figure @tbl-y] w `f` ^2^ [@a; @b] [d](e.csv)"


def test_names_of_other_chapters_lead_there() -> None:
    named = {"end": Named("end", "The end", "b c.md"), "boat": Named("fig-boat", "", "b c.md")}
    names = Names(named, {"x/b": Named("", "B", "x/b.md")}, "x/a.md")
    line = "{ref}`end` {ref}`boat` {ref}`it <boat>` [it](#end) {any}`end` {any}`no` [it](end)"
    assert with_roles(line, names) == (
        "[The end](/b%20c.md#end) @fig-boat [it](/b%20c.md#fig-boat) [it](/b%20c.md#end)"
        " [The end](/b%20c.md#end) no [it](/b%20c.md#end)"
    )
    line = "{doc}`b` {doc}`it </x/b>` [](b.md) {any}`b`"
    assert with_roles(line, names) == "[B](/x/b.md) [it](/x/b.md) [B](/x/b.md) [B](/x/b.md)"


def test_deep_nesting_ends() -> None:
    lines = [f"{':' * (60 - n)}{{note}}" for n in range(50)]
    lines += [":" * (11 + n) for n in range(50)]
    assert len(written(*lines)) >= len(lines)
