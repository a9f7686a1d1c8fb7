"""Many like warnings of a command are three of them and a count; what is about a number is always said."""

from __future__ import annotations

from tieout.problems import Problem, gathered


def unknown(line: int, path: str = "a.md", **rest: str) -> Problem:
    what = f"no work has the key `key{line}`"
    return Problem(what, "correct the key", path, line, rule="unknown-citation", severity="warning", **rest)


def test_of_many_like_warnings_three_are_named_and_the_others_counted_with_where() -> None:
    many = [unknown(line, id=f"key{line}") for line in range(1, 9)] + [unknown(2, "b.md"), unknown(9, "b.md")]
    *named, last = gathered(many)
    assert named == many[:3]
    assert str(last) == (
        "7 more like these: no work has the key `…`, in a.md:4, 5, 6, 7, 8; b.md:2 and 1 more"
    )
    assert last.severity == "warning"


def test_of_four_like_warnings_all_are_named() -> None:
    four = [unknown(line) for line in range(4)]
    assert gathered(four) == four


def test_warnings_of_another_kind_between_them_keep_their_place() -> None:
    other = Problem("<script> is left out", "", "a.md", 1, severity="warning")
    found = gathered([unknown(1), other, *(unknown(line) for line in range(2, 9))])
    assert found[1] == other
    assert len(found) == 5


def test_pages_and_addresses_are_no_kinds_of_their_own() -> None:
    pages = [
        Problem(f"runs {n} times off", "", "a.pdf", None, None, "pdf", f"page {n}", "warning")
        for n in range(9)
    ]
    webs = [Problem(f"the picture https://a.org/{n} is on the web", "", severity="warning") for n in range(9)]
    assert [str(each) for each in gathered(pages + webs)][3::4] == [
        "6 more like these: runs … times off, in a.pdf: page 3, page 4, page 5, page 6, page 7, page 8",
        "6 more like these: the picture … is on the web",
    ]


def test_errors_and_warnings_about_an_entry_are_never_counted_away() -> None:
    errors = [Problem(f"`{n}` is not 5", "", "a.md", n) for n in range(1, 9)]
    moved = [Problem(f"`{n}` is less", "", "a.md", n, id="x", severity="warning") for n in range(1, 9)]
    assert gathered(errors + moved) == errors + moved
