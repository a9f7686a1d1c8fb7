"""JSON and YAML that are too deep, too long or no text are told from those that are not, with their line."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from tieout.machine.reading import Unreadable, read_json, read_yaml

DEEP = 200
JSON = {
    "arrays": ("[\n" * DEEP + "]" * DEEP, 101, "nested too deeply"),
    "a hundred thousand arrays": ("[\n" * 100_000, 101, "nested too deeply"),
    "objects": ('{"a":\n' * DEEP + "1" + "}" * DEEP, 101, "nested too deeply"),
    "a long number": ('{\n"a": ' + "9" * 5_000 + "}", 2, "a number of 5,000 digits"),
    "a long fraction": ('{\n"a": 0.' + "9" * 5_000 + "}", 2, "digits"),
    "a lone surrogate": ('{\n"a": "x\\ud800y"}', 2, r"U\+D800"),
    "a lone low surrogate": ('{\n"a": ["\\uDFFF"]}', 2, r"U\+DFFF"),
    "a NUL": ('{\n"a\\u0000": 1}', 2, r"U\+0000"),
    "nothing": ("", 1, "not JSON"),
    "half": ('{"a": 1,\n', 2, "not JSON"),
}
YAML = {
    "a bomb": (
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{n}: &{n} [{', '.join([f'*{p}'] * 10)}]\n" for p, n in pairwise("abcdefghi"))
    ),
    "a circle": "a: &a [*a]\n",
    "a circle of keys": "a: &a {b: *a}\n",
    "deep": "[" * 300 + "]" * 300,
    "deeper": "[" * 20_000,
    "deep mappings": "".join(" " * depth + "a:\n" for depth in range(300)),
    "a long number": "a: " + "9" * 5_000,
    "a day that is none": "a: 2024-13-45",
    "a tag that does not fit": "a: !!timestamp x",
    "another": "a: !!int ''",
    "a code tag": "a: !!python/object/apply:os.system [ls]\nb: [",
    "a control character": "a: \x07",
    "an alias of nothing": "a: *b",
}  # fmt: skip


@pytest.mark.parametrize("kind", JSON)
def test_json_that_nothing_can_show_is_told_with_its_line(kind: str) -> None:
    text, line, words = JSON[kind]
    with pytest.raises(Unreadable, match=words) as caught:
        read_json(text)
    assert caught.value.line == line


def test_json_that_is_fine_is_read_as_ever() -> None:
    text = json.dumps({"a": [1, 2.5, None, True, "é\U0001f600"], "b": {"c": [[[[1]]]]}})
    assert read_json(text) == json.loads(text)
    assert read_json('"\\ud83d\\ude00"') == "\U0001f600"
    assert read_json("7") == 7


@pytest.mark.parametrize("kind", [kind for kind in YAML if "circle" not in kind])
def test_yaml_that_is_none_or_stands_for_too_much_is_told(kind: str) -> None:
    with pytest.raises(Unreadable):
        read_yaml(YAML[kind])


@pytest.mark.parametrize("kind", ["a bomb", "a circle", "deep", "deeper", "an alias of nothing"])
def test_the_same_of_its_nodes(kind: str) -> None:
    with pytest.raises(Unreadable):
        read_yaml(YAML[kind], compose=True)


@pytest.mark.parametrize("compose", [False, True])
@pytest.mark.parametrize("sign", [r"\ud800", r"\uDFFF", r"\U0000d800", r"\0", r"\x00", r"\u0000"])
def test_yaml_whose_escapes_spell_what_no_text_holds_is_told_with_its_line(sign: str, compose: bool) -> None:
    for text in (f'b: 1\na: "x {sign}"\n', f'b: 1\n"a{sign}": [x]\n'):
        with pytest.raises(Unreadable, match=r"U\+(D800|DFFF|0000)") as caught:
            read_yaml(text, compose=compose)
        assert caught.value.line == 2
    assert read_yaml(f"a: '{sign}'\n") == {"a": sign}


def test_two_escapes_that_spell_the_halves_of_a_character_are_that_character() -> None:
    text = 'a: "x \\ud83d\\ude00"\nb: ["\\ud83d\\ude00", {c: "\\ud83d\\ude00"}]\n'
    assert read_yaml(text) == {"a": "x \U0001f600", "b": ["\U0001f600", {"c": "\U0001f600"}]}
    (_, node), _ = read_yaml(text, compose=True).value
    assert node.value == "x \U0001f600"
    assert read_yaml("# \\0\n", compose=True) is None


def test_aliases_that_stand_for_little_are_read() -> None:
    assert read_yaml("a: &a [1, 2]\nb: *a\nc: [*a, *a]") == {"a": [1, 2], "b": [1, 2], "c": [[1, 2], [1, 2]]}
