"""Numbers that an engine makes are counted anew: parts of figures by their letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.registry import GROWTH, HERE
from tieout.audit.pages import Site
from tieout.audit.reading import read_page
from tieout.audit.structure import check_structure
from tieout.audit.works import Works
from tieout.project import Project

PAGE = """<html><body><main><article><h1><span class="header-section-number">1</span> Growth</h1>
<figure id="fig-both"><div>
<figure id="fig-one"><figcaption><span class="caption-number">({})</span> One</figcaption></figure>
<figure id="fig-two"><figcaption><span class="caption-number">({})</span> Two</figcaption></figure>
</div><figcaption><span class="caption-number">Figure 1.1</span> Both</figcaption></figure>
</article></main></body></html>"""


@pytest.mark.parametrize(
    ("letters", "wrong"), [("ab", []), ("aa", ["(a)"]), ("ba", ["(b)", "(a)"]), ("bb", ["(b)"])]
)
def test_the_parts_of_a_figure_have_their_letters_in_order(letters: str, wrong: list[str]) -> None:
    project = Project.load(HERE / "registry")
    page = read_page(PAGE.format(*letters).encode(), GROWTH, Path("/nowhere"))
    found = check_structure(Site.read(project, {GROWTH: page}, Works()), page).problems
    assert [each.what.split("`")[1] for each in found] == wrong
