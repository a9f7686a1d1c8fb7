"""`make prose` counts what readers read: sentences without ties, code, headings and formulas."""

from __future__ import annotations

from tests.readability import Chapter, near, sentences

TEXT = """# A heading of no account

The market reached [\\$2.5 billion](tie:market.2024) in [2024](tie:market.2024:year) [@frost2024]. It was
measured by O. Frost, and nobody asked (@sec-how).

- One item stands alone

```python
print("not prose")
```

$$ v = s $$ {#eq-v}
"""


def test_sentences_are_what_readers_see() -> None:
    said = list(sentences(TEXT))
    assert said == [
        "The market reached $2.5 billion in 2024.",
        "It was measured by O. Frost, and nobody asked (@sec-how).",
        "One item stands alone",
    ]
    chapter = Chapter("a.md", tuple(said))
    assert chapter.lengths[0] == 7
    assert chapter.passives == 1


def test_phrases_said_again_and_runs_of_another_text_are_named() -> None:
    said = ("the end of the road is near.", "the end of the road came.", "at the end of the road we stop.")
    assert ("the end of the", 3) in Chapter("a.md", said).phrases
    other = "So in short: one two three four five six seven eight nine ten."
    assert list(near(("One two three four five six seven eight nine.",), other)) == [
        "one two three four five six seven eight nine"
    ]
    assert not list(near(("One two three four.",), other))
