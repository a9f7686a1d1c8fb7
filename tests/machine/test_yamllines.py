"""Lines of YAML that are read without ruamel say what ruamel says of them, in the same places."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tieout.machine.yamllines import entries
from tieout.notebooks import notebook
from tieout.problems import InputError
from tieout.project import configuration, yamlstrings

KEYS = st.sampled_from(["label", "fig-cap", "fig-alt", "title", "true", "y", "on"])
TEXTS = st.text("ab T.,-[]{}!&*|>%@`'’“é~=0", max_size=8)
VALUES = st.one_of(
    st.sampled_from(["true", "No", "null", "fig-a", "nan", "e1", "", "'a'", "a b ", "|", "[a]", "1.5"]),
    TEXTS.map("T{}".format),
    TEXTS,
    TEXTS.map('"{}"'.format),
    st.text("ab:#", max_size=3).map('"{}"'.format),
)
LINES = st.tuples(KEYS, st.sampled_from([": ", ":  ", ":"]), VALUES).map("".join)


def read(text: str) -> tuple[object, ...]:
    configuration._as_values.cache_clear()
    yamlstrings._strings.cache_clear()
    cell = "".join(f"#| {line}\n" for line in text.splitlines())
    return (
        said(lambda: configuration.parse_yaml(text, "a.md")),
        said(lambda: notebook.read_options(f"{cell}chart")),
        [*yamlstrings.strings(text)],
    )


def said(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except InputError as error:
        return error.problems


@given(st.lists(LINES, min_size=1, max_size=4).map("\n".join), st.sampled_from(["", "\n"]))
@example("label: fig-a\nfig-cap: The cities\nfig-alt: Three bars of one height.", "")
@example('title: "So: it is # no remark"', "\n")
@example("label: a\nlabel: b", "")
def test_such_lines_say_what_ruamel_says(lines: str, end: str) -> None:
    known = read(lines + end)
    with pytest.MonkeyPatch.context() as patch:
        for module in (configuration, notebook, yamlstrings):
            patch.setattr(module, "entries", lambda _text: None)
        assert read(lines + end) == known


@pytest.mark.parametrize(
    "text",
    ["", "a: true", "a: Null", "a: 1", "a: b: c", "a: b # c", "a:\n  b: c", "a: 'b'", 'a: "\\u0041"',
     "a: b\n\n", "- a", "a: b\na: c", "a: b\n c", "a: b ", "---\na: b", "a: \u2028", "A: b", "a: [b]",
     "no: b"],
)  # fmt: skip
def test_all_else_is_for_ruamel(text: str) -> None:
    assert entries(text) is None
