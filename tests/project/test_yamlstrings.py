"""Strings of YAML are found as YAML decodes them, and their characters are replaced where they stand."""

from __future__ import annotations

import pytest

from tieout.machine.reading import read_yaml
from tieout.project.yamlstrings import YamlString, strings

CAPTIONS = {
    "plain": "a: In 2024, it's 7 of 9\n",
    "plain, folded": "a: In 2024,\n  it is 7\n\n  of 9\nb: 1\n",
    "plain, at the end": "a: In 2024 it is 7",
    "plain, a remark after it": "a: In 2024 it is 7  # not 8\nb: c\n",
    "single": "a: 'It''s 7 of 9'\n",
    "single, folded": "a: 'It''s 7\n  of 9'\n",
    "double": 'a: "It is \\"7\\" of \\u0039, \\x41\\/\\t7"\n',
    "double, folded": 'a: "It is 7\n  of 9 \\\n  and 8"\n',
    "literal": "a: |\n  It is 7\n  of 9\nb: c\n",
    "literal, deeper": "a: |-\n  It is 7\n    of 9\n\n  and 8\n",
    "folded": "a: >\n  It is 7\n  of 9\n\n  and 8\nb: c\n",
    "folded, deeper": "a: >-\n  It is 7\n    of 9\n  and 8\n\n    and 7\n\n  and 6\n",
    "folded, far apart": "a: >\n\n  It is 7\n\n\n  of 9\n\n",
}


def first(text: str) -> YamlString:
    return next(iter(strings(text)))


@pytest.mark.parametrize("text", CAPTIONS.values(), ids=CAPTIONS.keys())
def test_every_digit_is_replaced_where_it_stands(text: str) -> None:
    found = first(text)
    assert found.keys == ("a",)
    assert found.text == read_yaml(text)["a"].replace("\x07", "").rstrip("\n")
    digits = [place for place, character in enumerate(found.text) if character.isdigit()]
    assert digits and found.editable
    for place in digits:
        start, end = found.at[place], found.at[place + 1]
        assert found.lines_before(place) == text.count("\n", 0, start)
        changed = text[:start] + found.encoded("3") + text[end:]
        assert first(changed).text == found.text[:place] + "3" + found.text[place + 1 :]


@pytest.mark.parametrize("text", ["a: It is so", "a: It is so # yes\n", "a: 'It is so'\n", 'a: "It is so"\n'])
def test_what_is_put_in_at_the_end_stands_at_the_end(text: str) -> None:
    found = first(text)
    end = found.at[len(found.text)]
    assert first(text[:end] + " 3" + text[end:]).text == "It is so 3"


@pytest.mark.parametrize(
    ("given", "start", "breaks"),
    [
        ("so", 0, False),
        ("[2.5](tie:a)", 3, False),
        ("[2.5](tie:a)", 0, True),
        ("- so", 0, True),
        ("&so", 0, True),
        ("a: b", 3, True),
        ("a:", 3, True),
        ("a #b", 3, True),
        ("a\nb", 3, True),
        ("a:b#c", 3, False),
        ("", 0, False),
    ],
)
def test_what_would_end_a_string_without_quotes_is_known(given: str, start: int, breaks: bool) -> None:
    assert first("a: It is so\n").breaks(start, given) is breaks
    for text in ("a: 'It is so'\n", 'a: "It is so"\n'):
        found = first(text)
        assert found.breaks(start, given) is False
        if "\n" not in given:  # within quotes it is as it was meant
            at = found.at[start]
            assert first(text[:at] + found.encoded(given) + text[at:]).text == (
                found.text[:start] + given + found.text[start:]
            )


def test_strings_are_found_in_order_with_the_way_to_them() -> None:
    text = "fig-subcap:\n  - One\n  - 'Two'\nfig-cap: {a: Three, b: [4.5, 2024-01-01]}\nno: true\n"
    assert [(found.keys, found.text) for found in strings(text)] == [
        (("fig-subcap", 0), "One"),
        (("fig-subcap", 1), "Two"),
        (("fig-cap", "a"), "Three"),
        (("fig-cap", "b", 0), "4.5"),
        (("fig-cap", "b", 1), "2024-01-01"),
    ]
    assert not list(strings("a: [not YAML"))


def test_places_are_looked_up_in_the_text_around_it() -> None:
    assert first("a: so").through(range(100, 200)).at == (103, 104, 105)
