"""Charts speak the language of the book; English ones are what they were."""

from __future__ import annotations

import re
from pathlib import Path

import altair
import pytest

import tieout as t
from tieout.authoring import chart
from tieout.authoring.locale import language, locale_of

ROWS = [{"day": "2024-05-01", "size": 1500.5}, {"day": "2024-12-01", "size": -12345}]


def drawn(folder: Path, lang: str, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, object], list[str]]:
    """Return a chart's specification in a book of a language, and the texts of its picture."""
    folder.mkdir()
    (folder / "_quarto.yml").write_text(f"lang: {lang}\n" if lang else "project: {}\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    plot = altair.Chart(altair.Data(values=ROWS)).mark_bar()
    month = altair.X("day:T", axis=altair.Axis(format="%B"))
    spec = chart.specification(
        "fig-a", plot.encode(x=month, y=altair.Y("size:Q", axis=altair.Axis(format=",.1f")))
    )
    return spec, re.findall(r">([^<>]+)</text>", chart.draw("fig-a", spec))


@pytest.mark.parametrize(
    ("lang", "number", "month"),
    [
        ("de", "−5.000,0", "Juni"),
        ("fr-FR", "−5\u202f000,0", "juin"),
        ("uk", "−5\u00a0000,0", "червня"),
        ("fa", "\u200e−۵٬۰۰۰٫۰", "ژوئن"),
        ("en-GB", "−5,000.0", "June"),
        ("", "−5,000.0", "June"),
        ("tlh", "−5,000.0", "June"),
    ],
)
def test_an_axis_is_written_in_the_language_of_the_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, number: str, month: str
) -> None:
    _, texts = drawn(tmp_path / "book", lang, monkeypatch)
    assert number in texts
    assert month in texts or any(month in each for each in texts)


def test_english_charts_are_the_same_bytes_and_others_carry_their_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chart on the page reads the same specification as the picture."""
    english, texts = drawn(tmp_path / "en", "en", monkeypatch)
    none, same = drawn(tmp_path / "none", "", monkeypatch)
    assert (english, texts) == (none, same)
    assert "locale" not in english["config"]  # type: ignore[operator]
    german, _ = drawn(tmp_path / "de", "de", monkeypatch)
    assert german["config"].pop("locale") == locale_of("de")  # type: ignore[attr-defined]
    assert german["config"].pop("timeFormat") == "%-d. %b %Y"  # type: ignore[attr-defined]
    assert german["config"].pop("axisTemporal")["format"]["date"] == "%-d. %b"  # type: ignore[attr-defined]
    assert german == english


DAYS = [{"day": f"2024-05-{day:02}T{hour:02}:00", "size": day} for day in (1, 9) for hour in (1, 20)]


def dated(folder: Path, lang: str, monkeypatch: pytest.MonkeyPatch, x: altair.X, rows: list[object]) -> str:
    """Return the texts of a chart with dates below it."""
    folder.mkdir()
    (folder / "_quarto.yml").write_text(f"lang: {lang}\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    plot = altair.Chart(altair.Data(values=rows)).mark_line().encode(x=x, y="size:Q").properties(width=600)
    spec = chart.specification("fig-a", altair.layer(plot))
    return " | ".join(re.findall(r">([^<>]+)</text>", chart.draw("fig-a", spec)))


@pytest.mark.parametrize(
    ("lang", "x", "said", "unsaid"),
    [
        ("de", altair.X("day:T"), "7. Mai", "Mai 07"),
        ("de", altair.X("day:T", timeUnit="yearmonthdate"), "9. Mai 2024", "Mai 09"),
        ("de", altair.X("day:T", timeUnit="monthdate"), "9. Mai", "Mai 09"),
        ("fr", altair.X("day:T"), "7 mai", "mai 07"),
        ("uk", altair.X("day:T"), "7 трав.", "трав. 07"),
        ("ja", altair.X("day:T"), "5月7日", "5月 07"),
        ("en", altair.X("day:T"), "Tue 07", "7 May"),
        ("de", altair.X("day:T", axis=altair.Axis(format="%d/%m")), "07/05", "7. Mai"),
    ],
)
def test_days_below_an_axis_are_in_the_order_of_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, x: altair.X, said: str, unsaid: str
) -> None:
    texts = dated(tmp_path / "book", lang, monkeypatch, x, [*DAYS])
    assert said in texts and unsaid not in texts


def test_hours_are_those_of_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"day": f"2024-05-01T{hour:02}:00", "size": hour} for hour in (1, 20)]
    texts = dated(tmp_path / "book", "de", monkeypatch, altair.X("day:T"), [*rows])
    assert "15:00" in texts and "PM" not in texts


def test_an_author_who_says_the_locale_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_quarto.yml").write_text("lang: de\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    own = {"number": {"decimal": ".", "thousands": "'", "grouping": [3], "currency": ["CHF ", ""]}}
    plot = altair.Chart(altair.Data(values=ROWS)).mark_bar().encode(y="size:Q").configure(locale=own)
    assert chart.specification("fig-a", plot)["config"]["locale"] == own


def test_outside_of_a_project_it_is_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert language() == "en"


@pytest.mark.parametrize(
    "lang", ["ar", "bn", "de", "de-CH", "es", "fa", "fr", "he", "hi", "ja", "pt-BR", "uk", "ur", "zh"]
)
def test_each_language_gives_all_that_vega_asks_for(lang: str) -> None:
    found = locale_of(lang)
    assert found is not None
    assert {"decimal", "thousands", "grouping", "currency"} <= found["number"].keys()
    assert [len(found["time"][key]) for key in ("days", "shortDays", "months", "shortMonths", "periods")] == [
        7, 7, 12, 12, 2,
    ]  # fmt: skip
    for key in ("dateTime", "date", "time"):
        assert not re.search(r"(?<!%-)(?<!%)[A-Za-z]{2,}", found["time"][key]), found["time"][key]
        assert "%" in found["time"][key]


def test_numbers_that_code_puts_into_a_label_are_written_as_the_language_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "_quarto.yml").write_text("lang: uk\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for value in ("0.5", "20"):
        assumed = t.assume("a.share", value, "percent", label=f"Частка, сценарій {value} %", why="наш вибір")
        assert assumed.label == f"Частка, сценарій {value.replace('.', ',')} %"
    assert t.record("a.twice", 2 * assumed, label="Подвоєна, розділ 3.1").label == "Подвоєна, розділ 3.1"
