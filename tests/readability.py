"""How a report reads, chapter by chapter: words a sentence, passive voice, phrases said again: `make prose`.

Figures to look at before reading aloud, and no test: a long sentence can be clear and a short one clumsy.
Tables, captions, code and headings are left out. Passives and phrases are counted by rules of thumb for
English; `--near FILE` names every run of nine words that stands in another text, a source's say.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tieout.markdown import visible
from tieout.project import Project
from tieout.prose import Sources

LONG, PHRASE, AGAIN, RUN = 40, 4, 3, 9  # words, words, times, words
WORD = re.compile(r"[^\W_]+(?:[.,'’\-–][^\W_]+)*%?")
END = re.compile(r"(?<=[.!?:])[”\"*)]*\s+(?=[“\"*(]*[A-Z\d$])")
ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)]|:)\s+")
ABBREVIATED = re.compile(r"\b(?:vs|e\.g|i\.e|Mr|Dr|O|No)\.$")
IRREGULAR = (
    "given made built kept held known shown seen said taken written found left paid put set read cut drawn "
    "grown chosen done told sold met led brought bound meant begun won lost spent sent"
)
PASSIVE = re.compile(
    rf"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|not\s+|never\s+|also\s+|only\s+)?"
    rf"(?:\w+ed|{'|'.join(IRREGULAR.split())})\b",
    re.I,
)
NAMED = ("the article",)


@dataclass(frozen=True)
class Chapter:
    """The sentences of one chapter's running text, and how they read."""

    path: str
    sentences: tuple[str, ...]

    @property
    def lengths(self) -> tuple[int, ...]:
        """Words of each sentence; a number or a name in hyphens is one word."""
        return tuple(len(WORD.findall(sentence)) for sentence in self.sentences)

    @property
    def passives(self) -> int:
        """Sentences with a verb in the passive voice."""
        return sum(bool(PASSIVE.search(sentence)) for sentence in self.sentences)

    @property
    def phrases(self) -> list[tuple[str, int]]:
        """Phrases that the chapter says again, most often first; of each only its longest form."""
        counts: Counter[str] = Counter()
        for sentence in self.sentences:
            words = [word.casefold() for word in WORD.findall(sentence)]
            counts.update(
                " ".join(words[at : at + PHRASE])
                for at in range(len(words) - PHRASE + 1)
                if not any(char.isdigit() for word in words[at : at + PHRASE] for char in word)
            )
        return sorted(
            (each for each in counts.items() if each[1] >= AGAIN), key=lambda each: (-each[1], each[0])
        )


def chapters(root: Path) -> Iterator[Chapter]:
    """Give each chapter of the report with what it says in running text."""
    found: dict[str, list[str]] = {}
    for passage in Sources.of(Project.load(root)).passages:
        if passage.kind == "text":
            found.setdefault(passage.path, []).extend(sentences(passage.markdown))
    yield from (Chapter(path, tuple(said)) for path, said in found.items())


def sentences(markdown: str) -> Iterator[str]:
    """Give the sentences of running text, without headings, code, formulas and directives."""
    markdown = re.sub(r"^(```|~~~).*?^\1", "", markdown, flags=re.M | re.S)
    markdown = re.sub(r"^\$\$.*?\$\$.*?$", "", markdown, flags=re.M | re.S)
    blocks: list[list[str]] = [[]]
    for line in markdown.splitlines():
        if not line.strip() or line.lstrip().startswith(("#", ":::", "|")):
            blocks.append([])
        elif ITEM.match(line):
            blocks.append([ITEM.sub("", line)])
        else:
            blocks[-1].append(line)
    for block in blocks:
        text = visible(re.sub(r"\s*\[@[^]]*\]|\{[^{}]*\}", "", " ".join(map(str.strip, block)))).replace(
            "\\", ""
        )
        held = ""
        for part in END.split(text):
            held = f"{held} {part}".strip()
            if not ABBREVIATED.search(held):
                if len(WORD.findall(held)) > 1:
                    yield held
                held = ""
        if len(WORD.findall(held)) > 1:
            yield held


def near(said: Sequence[str], other: str) -> Iterator[str]:
    """Give the runs of words that a chapter has in common with another text."""
    words = [word.casefold() for word in WORD.findall(other)]
    runs = {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    own = [word.casefold() for sentence in said for word in WORD.findall(sentence)]
    for at in range(len(own) - RUN + 1):
        if tuple(own[at : at + RUN]) in runs:
            yield " ".join(own[at : at + RUN])


def main() -> None:
    """Print the figures of every chapter, then its long sentences and repeated phrases."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("root", nargs="?", type=Path, default=Path.cwd(), help="the report's folder")
    parser.add_argument("--near", type=Path, help="a text whose sentences should not be taken over")
    given = parser.parse_args()
    other = given.near.read_text(encoding="utf-8") if given.near else ""
    print(f"{'':34}{'words':>7}{'sentences':>11}{'mean':>7}{'most':>6}{'passive':>9}{'article':>9}")
    every = list(chapters(given.root))
    total = Chapter("all", tuple(sentence for each in every for sentence in each.sentences))
    for chapter in [*every, total]:
        lengths = chapter.lengths or (0,)
        named = sum(sentence.casefold().count(name) for sentence in chapter.sentences for name in NAMED)
        mean, passive = sum(lengths) / len(lengths), 100 * chapter.passives / len(lengths)
        print(
            f"{chapter.path:34}{sum(lengths):7}{len(lengths):11}{mean:7.1f}{max(lengths):6}"
            f"{passive:8.0f}%{named:9}"
        )
    for chapter in every:
        long = [each for each, count in zip(chapter.sentences, chapter.lengths, strict=True) if count > LONG]
        lines = [f"  {len(WORD.findall(each))} words: {each[:110]}…" for each in long]
        lines += [f"  {count} times: {phrase}" for phrase, count in chapter.phrases[:6]]
        lines += [f"  as elsewhere: {run}" for run in near(chapter.sentences, other)]
        if lines:
            print(chapter.path, *lines, sep="\n")


if __name__ == "__main__":
    main()
