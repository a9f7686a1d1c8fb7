"""The quarto engine, as far as it shows without Quarto: versions, and what is said where it is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tieout.problems import InputError
from tieout.render import quarto
from tieout.render.build import choose


@pytest.fixture
def no_quarto(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("QUARTO_PATH", raising=False)


@pytest.mark.parametrize(
    ("said", "version"),
    [("1.9.38\n", (1, 9, 38)), ("1.10.0", (1, 10, 0)), ("v2.0", (2, 0)), ("quarto", ()), ("", ())],
)
def test_versions_are_read(said: str, version: tuple[int, ...]) -> None:
    assert quarto.parse_version(said) == version


@pytest.mark.parametrize(
    ("version", "good"), [((1, 8, 27), False), ((1, 9, 0), True), ((1, 10, 2), True), ((2, 0), True)]
)
def test_nine_is_older_than_ten(version: tuple[int, ...], good: bool) -> None:
    assert quarto.Quarto("quarto", version).is_new_enough is good


@pytest.mark.usefixtures("no_quarto")
def test_asked_for_and_absent_says_how_to_get_it() -> None:
    with pytest.raises(InputError) as error:
        choose("quarto")
    assert 'pip install "tieout[quarto]"' in str(error.value)


@pytest.mark.usefixtures("no_quarto")
def test_auto_takes_pandoc_where_there_is_no_quarto_and_says_so() -> None:
    assert choose("auto").version_text == "pandoc"


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(InputError, match="latex"):
        choose("latex")


@pytest.mark.usefixtures("no_quarto")
def test_something_that_only_has_the_name_is_not_quarto(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QUARTO_PATH", str(tmp_path / "nowhere" / "quarto"))
    assert quarto.find() is None
