"""Emoji as a PDF has them: its fonts have few."""

from __future__ import annotations

import pytest

from tieout.harmless.emoji import left_out, on_paper, rules


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("1️⃣ First and #️⃣", "1 First and #"),
        ("Done 🚀. 🇺🇦 👩‍💻 it", "Done. it"),
        ("✅ of 5, ❌ of 6 ❗", "✓ of 5, ✗ of 6 !"),
        ("☎ ✔️ ⚠️ 🟢 ❤️", "☎ ✔️ ⚠️ 🟢 ❤️"),  # fonts of Typst have these
        ("می‌خواهم क्‍ष", "می‌خواهم क्‍ष"),
    ],
)
def test_a_pdf_has_signs_for_some_emoji_and_none_for_others(text: str, paper: str) -> None:
    assert on_paper(text) == paper


def test_what_is_left_out_is_named_once_and_a_text_without_emoji_has_no_rules() -> None:
    assert left_out("🚀 and 🚀, 1️⃣ ✅ 🎉") == ["🚀", "🎉"]
    assert list(rules("Of 5 # things ⚠️")) == []
    assert len(list(rules("1️⃣ 🚀 ✅"))) == 3
