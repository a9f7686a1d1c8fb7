"""Markdown is read as pandoc reads it: the same ties, the same waivers, the same numbers in prose."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import depth
from tests.support.growth import keeps_step
from tieout.machine.pandoc import executable
from tieout.markdown import scan, shown

HERE = Path(__file__).parent
SEED = 2024
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
QUOTES = dict.fromkeys(map(ord, "'\"‘’“”"))
TEXTS = [text.strip("\n") for text in (HERE / "texts.md").read_text().split("\n%%\n")]
PARTS = (HERE / "parts.txt").read_text().splitlines()
STARTS = [
    "",
    "",
    "",
    "",
    "- ",
    "* ",
    "- - ",
    "1. ",
    "1.  ",
    "> ",
    "> - ",
    "# ",
    "[^n]: ",
    "Term\n: ",
    "Term\n:   ",
]
STARTS += [
    "Term\n:   ",
    "  ",
    "    ",
    "        ",
    "\t",
    "   - ",
    "    - ",
    "* * *\n\n",
    "```\ncode 7\n```\n",
    "::: x\n",
]
STARTS += ["```\ncode 7\n```\n", '::: {.n title="t 5"}\n']
MARKS = ["[", "*", "`", "$a ", "{#a.b.c", "<a ", "![[(", "](tie:a", "_a", "[a](b", "@a [1", "^[a", "> ", "- "]


@pytest.fixture(scope="module")
def pandoc() -> Any:
    """A function that says what pandoc finds in texts; one process reads them all."""

    def read(texts: Iterable[str]) -> list[dict[str, Any]]:
        command = [executable(), "lua", str(HERE / "oracle.lua")]
        given = json.dumps(list(texts)).encode()
        return json.loads(subprocess.run(command, input=given, capture_output=True, check=True).stdout)

    return read


def differences(texts: list[str], pandoc: Any) -> list[str]:
    found = []
    for text, want in zip(texts, pandoc(texts), strict=True):
        got = scan(text)
        pairs = [
            (sorted(_ties(want["ties"])), sorted(_ties((tie.key, tie.shown) for tie in got.ties))),
            (sorted(want["waived"]), sorted(each.text for each in got.waivers)),
            (sorted(want["digits"]), sorted(re.findall("[0-9]+", got.prose.translate(RAISED)))),
        ]
        found += [f"{text}\npandoc: {theirs}\nhere: {ours}" for theirs, ours in pairs if theirs != ours]
    return found


def _ties(ties: Iterable[Any]) -> list[tuple[str, str]]:
    return [(key, " ".join(shown.translate(QUOTES).split())) for key, shown in ties]


def test_tricky_texts_are_read_as_pandoc_reads_them(pandoc: Any) -> None:
    assert len(TEXTS) > 100
    assert not differences(TEXTS, pandoc)


@pytest.mark.deep
def test_generated_blocks_are_read_as_pandoc_reads_them(pandoc: Any) -> None:
    choose = depth.chance(SEED)
    texts = []
    for _ in range(400 * depth.FACTOR):
        blocks = [
            choose.choice(STARTS) + " ".join(choose.choices(PARTS, k=choose.randint(1, 4)))
            for _ in range(choose.randint(1, 5))
        ]
        text = "\n\n".join(blocks)
        notes = "".join(f"[^n{number}] " for number in range(text.count("[^n]:")))
        for number in range(text.count("[^n]:")):
            text = text.replace("[^n]:", f"[^n{number}]:", 1)
        texts.append(f"Notes {notes}.\n\n{text}\n")
    wrong = differences(texts, pandoc)
    assert not wrong, "\n\n".join(wrong)


def test_a_forgotten_backslash_is_named_where_dollars_make_maths_of_a_tie(pandoc: Any) -> None:
    text = "cost $5 and [6](tie:a.b)$ there, [7](tie:c.d)"
    assert [tie["ties"] for tie in pandoc([text])] == [[["c.d", "7"]]]
    assert [(tie.key, tie.maths) for tie in scan(text).ties] == [("a.b", True), ("c.d", False)]


def test_in_the_value_of_an_attribute_dollars_and_at_signs_are_text() -> None:
    text = "From $5 to 6$ by @k7 -- [$8](tie:a.b)"
    assert re.findall(r"\d", scan(text, literal=True).prose) == ["5", "6", "7"]
    assert "--" in scan(text, literal=True).prose
    assert [(tie.shown, tie.attribute) for tie in scan(text, literal=True).ties] == [("$8", True)]


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        (r"\$2.5 *billion*", "$2.5 billion"),
        ("[2.5](http://x.org) `code` 10^9^", "2.5 code 10⁹"),
        ("30--40&nbsp;% ...", "30–40\u00a0% …"),
        ("~10% and 5* and a_b_c", "~10% and 5* and a_b_c"),
    ],
)
def test_what_a_reader_sees_has_no_markup(markdown: str, plain: str) -> None:
    assert shown(markdown) == plain


@given(st.text("[](){}<>!`$*_~^\\|#:-.@&;\"' \n\taé5tie:%", max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    found = scan(text)
    assert len(found.prose) == len(found.at)
    assert all(0 <= at < len(text) for at in found.at)
    for tie in found.ties:
        assert 0 <= tie.start < tie.text_start <= tie.text_end < tie.end <= len(text)


@pytest.mark.parametrize(
    "part",
    ["[", "*", "`", "$a ", "{#a.b.c", "<a ", "![[(", "](tie:a", "_a", "[a](b", "@a [1", "^[a", "> ", "- "],
)
def test_reading_a_long_line_of_marks_takes_time_in_step_with_it(part: str) -> None:
    fresh = itertools.count()  # what was read is kept: no text comes twice

    def read(times: int) -> None:
        scan(f"{next(fresh)} {part * times}")
        scan(f"{next(fresh)} {part * (times // 8)}{']' * (times // 8)}")

    assert keeps_step(read, 400)
