"""Promises of the bibliography: every work with its file and line, and what is wrong with it said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tieout.data import bibliography
from tieout.data.bibliography import parse, problems
from tieout.problems import InputError, Problem
from tieout.project import Files

GOOD = """\
% A comment about {braces}
@string{jr = {Journal}}

@article{chen2022,
  author = {Chen, S. and others}, title = {{AI} in {Care}}, journal = jr, year = {2022},
  doi = {10.1136/svn-2017-000101}
}

@techreport{frost2024,
  author = {{Frost \\& Sullivan}},
  title = {Forecast}, institution = {F}, year = 2024
}
"""


def test_a_work_has_what_a_citation_shows() -> None:
    chen, frost = parse(GOOD, "works.bib")
    assert (chen.key, chen.kind, chen.line, chen.path) == ("chen2022", "article", 4, "works.bib")
    assert (chen.year, chen.doi, chen.title) == ("2022", "10.1136/svn-2017-000101", "AI in Care")
    assert chen.citation == "Chen et al. (2022)"
    assert (frost.line, frost.names, frost.citation) == (9, ("Frost & Sullivan",), "Frost & Sullivan (2024)")
    assert list(problems([chen, frost])) == []


@pytest.mark.parametrize(
    ("authors", "citation"),
    [
        ("Li, A.", "Li (2024)"),
        ("Li, A. and Wu, B.", "Li and Wu (2024)"),
        ("Li, A. and Wu, B. and Xu, C.", "Li et al. (2024)"),
        ("van der Berg, A.", "van der Berg (2024)"),
    ],
)
def test_authors_are_named_as_texts_name_them(authors: str, citation: str) -> None:
    (work,) = parse(f"@misc{{a, author = {{{authors}}}, year = {{2024}}}}", "w.bib")
    assert work.citation == citation


def test_the_report_s_bibliography_is_in_order(root: Path) -> None:
    works = bibliography.load(Files(root))
    assert [str(problem) for problem in works.problems] == []
    assert {"ivchenko2026", "chen2022", "wang2024"} <= set(works)
    assert sorted(key for key, work in works.items() if work.unlisted) == ["li2023", "wang2024"]
    assert all("title" not in works[key].fields for key in ("li2023", "wang2024")), "nothing is invented"


WRONG = [
    ("@article{a, title = {T}, journal = {J}, year = {2024}}", "missing-field", "no author"),
    ("@article{a, author = {A}, title = { }, journal = {J}, year = {2024}}", "missing-field", "no title"),
    ("@book{a, title = {T}, publisher = {P}, year = {2024}}", "missing-field", "no author or editor"),
    ("@misc{a, year = {2024}}", "missing-field", "no author or title or howpublished or note"),
    ("@artcile{a, author = {A}}", "entry-type", "@artcile"),
    ("@misc{a, title = {T}, doi = {https://doi.org/10.1000/x}}", "doi", "is not one"),
    ("@misc{a, title = {T}, doi = {10.1/x}}", "doi", "is not one"),
    ("@misc{a, title = {T}, year = {in press}}", "year", "is not one"),
    ("@misc{a2023, title = {T}, year = {2024}}", "key-year", "another year"),
]


@pytest.mark.parametrize(("text", "rule", "what"), WRONG)
def test_what_an_entry_lacks_is_said_with_its_line(text: str, rule: str, what: str) -> None:
    (problem,) = problems(parse(f"\n\n{text}\n", "works.bib"))
    assert (problem.path, problem.line, problem.rule) == ("works.bib", 3, rule)
    assert what in problem.what
    assert problem.hint


@pytest.mark.parametrize(
    ("second", "same"),
    [
        ("title = {Other}, doi = {10.1000/X}", "DOI"),
        ("title = {{O}ne, thing}, year = {2024}", "title and year"),
    ],
)
def test_the_same_work_twice_is_said(second: str, same: str) -> None:
    text = f"@misc{{a, title = {{One thing}}, year = {{2024}}, doi = {{10.1000/x}}}}\n@misc{{b, {second}}}\n"
    (problem,) = problems(parse(text, "works.bib"))
    assert (problem.line, problem.id, problem.rule) == (2, "b", "duplicate-work")
    assert same in problem.what


BROKEN = [
    ("@misc{a, title = {T}", 1),
    ("@misc{a, title = {T}}\n@misc{b, title {T}}\n", 2),
]


@pytest.mark.parametrize(("text", "line"), BROKEN)
def test_a_broken_file_is_one_error_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "bibliography.bib").write_text(text, encoding="utf-8")
    problem = refused(tmp_path)
    assert (problem.path, problem.line) == ("bibliography.bib", line)
    assert problem.hint


def test_bytes_that_are_not_utf8_are_named(tmp_path: Path) -> None:
    (tmp_path / "bibliography.bib").write_bytes(b"@misc{a,\n title = {\xe9}}")
    problem = refused(tmp_path)
    assert (problem.path, problem.line, problem.rule) == ("bibliography.bib", 2, "encoding")


@pytest.mark.parametrize("name", ["../works.bib", "/etc/works.bib", "missing.bib"])
def test_a_file_that_is_not_the_project_s_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "_quarto.yml").write_text(
        f"project: {{type: book}}\nbibliography: {name}\n", encoding="utf-8"
    )
    problem = refused(tmp_path)
    assert (problem.path, problem.line) == ("_quarto.yml", 2)


def test_of_one_key_in_two_files_the_last_counts(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("bibliography: [one.bib, two.bib]\n", encoding="utf-8")
    for name in ("one.bib", "two.bib"):
        (tmp_path / name).write_text(f"@misc{{a, title = {{In {name}}}}}", encoding="utf-8")
    works = bibliography.load(Files(tmp_path))
    (problem,) = works.problems
    assert (problem.path, problem.line, problem.id) == ("two.bib", 1, "a")
    assert "one.bib:1" in problem.what and works["a"].title == "In two.bib"


def test_keys_that_differ_in_case_alone_are_two_works() -> None:
    text = "@misc{a, title = {T}}\n\n@misc{A, title = {U}}\n@misc{a, title = {V}}\n"
    assert [(each.key, each.title, each.line) for each in bibliography.parse(text, "b.bib")] == [
        ("a", "T", 1), ("A", "U", 3), ("a", "V", 4)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("author = {A},\n author = {B},\n year = 2020", "a has two fields `author`"),
        (
            "author = {One, T., Two, U.,\n  Three}, year = 2020",
            "“One, T., Two, U., Three” is read as one name",
        ),
        ("author = {A}, year = 2020, journal = nature", "nature stands without quotes"),
    ],
)
def test_what_is_read_over_is_a_flaw_of_its_work(text: str, what: str) -> None:
    (work,) = bibliography.parse(f"\n@misc{{a, title = {{T}},\n {text}}}", "b.bib")
    (problem,) = bibliography.problems([work])
    assert what in problem.what and problem.hint and problem.id == "a" and problem.line in (2, 3, 4)
    assert work.year == "2020"


def refused(project: Path) -> Problem:
    with pytest.raises(InputError) as caught:
        bibliography.load(Files(project))
    (problem,) = caught.value.problems
    return problem


SHARED = r"""
@string{jss = {Journal of Statistical Software}}
@xdata{pub, publisher = {Springer}}
@book{whole, author={Ada, A}, title={Book}, date={2019-03/2020-01}, xdata={pub}}
@article{named, author={Bo, B}, title={Art}, journaltitle=jss, date={2019}}
@article{old, author={Bo, B}, title={Old}, journal={J}, year={1998},
  doi={10.1002/(SICI)1097-0142(19980101)82:1<1::AID-CNCR1>3.0.CO;2-%23}}
@article{bracketed, author={Bo, B}, title={New}, journal={J}, date={2018~},
  doi={10.1016/S0140-6736[18]30994-2}}
@article{waiting, author={Bo, B}, title={In press}, journaltitle={J}, pubstate={inpress}}
@incollection{part, author={Cy, C}, title={Chapter}, crossref={whole}}
@online{page, author={Di, D}, title={Page}, url={https://example.org}, date={2020-02-29}}
@software{soft, author={Ed, E}, title={Soft}, date={2021-05-01}}
@dataset{data, author={Ed, E}, title={Data}, date={2021}}
@thesis{thesis, author={Flo, F}, title={Thesis}, institution={MIT}, date={2021}}
@conference{talk, author={Flo, F}, title={Talk}, eventtitle={Conference}, date={2021/}}
"""


def test_biblatex_is_read_as_people_have_it() -> None:
    works = {work.key: work for work in bibliography.parse(SHARED, "shared.bib")}
    assert [str(problem) for problem in bibliography.problems(works.values())] == []
    assert "pub" not in works, "what only others take from is no work"
    assert works["part"].fields["booktitle"] == "Book" and works["part"].year == "2019"
    assert works["whole"].fields["publisher"] == "Springer" == works["part"].fields["publisher"]
    assert works["named"].fields["journaltitle"] == "Journal of Statistical Software"


def test_a_date_that_is_none_and_a_name_that_nothing_defines_are_named() -> None:
    wrong = bibliography.parse("@article{a, author={A}, title={T}, journal={J}, date={20x9}}\n", "b.bib")
    (problem,) = bibliography.problems(wrong)
    assert "the date of a is not one: 20x9" in problem.what and problem.line == 1
    (named,) = bibliography.parse(
        "\n@article{a, author={A}, title={T}, journal=nature, year=2020}\n", "b.bib"
    )
    (problem,) = bibliography.problems([named])
    assert named.fields["journal"] == "nature" and "nature stands without quotes" in problem.what
    assert problem.line == 2 and "@string{nature" in problem.hint
