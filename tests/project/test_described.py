"""What machines are told of a report: citations, metadata, sitemap, feed."""

from __future__ import annotations

import json
from pathlib import Path

import lxml.etree
import pytest

from tests.support import small_report
from tieout.project import Project, described


@pytest.fixture
def project(tmp_path: Path) -> Project:
    small_report.create(tmp_path)
    config = tmp_path / "_quarto.yml"
    more = "book:\n  site-url: https://example.org/report\n  license: CC-BY-4.0\n"
    config.write_text(config.read_text().replace("book:\n", more, 1))
    (tmp_path / "data" / "datapackage.json").write_text('{"name": "sizes", "version": "1.2.0"}')
    return Project.load(tmp_path)


def test_a_report_is_cited_in_a_line_in_bibtex_and_in_csl_json(project: Project) -> None:
    line = "Ada Author (2026). A Small Report: With one of everything. https://doi.org/10.1234/small"
    assert described.citation(project) == line
    made = described.files(project)
    assert "@misc{author2026," in made["cite.bib"] and "{{A Small Report: With one" in made["cite.bib"]
    (item,) = json.loads(made["cite.json"])
    assert item["author"] == [{"family": "Author", "given": "Ada"}]
    assert item["issued"] == {"date-parts": [[2026, 2, 3]]}
    assert item["DOI"] == "10.1234/small"


def test_the_site_has_a_map_and_a_feed_of_the_versions_of_its_data(project: Project) -> None:
    made = described.files(project)
    places = lxml.etree.fromstring(made["sitemap.xml"].encode()).xpath("//*[local-name()='loc']/text()")
    assert places[0] == "https://example.org/report/index.html"
    assert len(places) == len(project.chapters)
    feed = lxml.etree.fromstring(made["feed.xml"].encode())
    assert feed.xpath("//*[local-name()='entry']/*[local-name()='title']/text()") == ["sizes, version 1.2.0"]
    assert described.edition(project) == "Data sizes, version 1.2.0"
    assert "https://example.org/report/ledger.json" in made["llms.txt"]


def test_the_report_is_described_in_the_words_of_schema_org(project: Project) -> None:
    said = json.loads(described.schema_org(project))
    assert said["@type"] == "Report"
    assert said["license"] == "CC-BY-4.0"
    assert said["author"][0]["affiliation"] == [{"@type": "Organization", "name": "Example University"}]


def test_a_report_that_says_nothing_of_itself_is_described_too(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("project: {type: book}\nbook: {title: One, chapters: [index.md]}\n")
    (tmp_path / "index.md").write_text("# One\n")
    project = Project.load(tmp_path)
    assert described.edition(project) == ""
    assert "sitemap.xml" not in described.files(project)
    assert described.citation(project).startswith("One.")


def test_the_pages_beside_the_chapters_are_known_by_name(project: Project) -> None:
    made = described.files(project)
    assert described.pages(project) == {name for name in made if name.endswith(".html")}
