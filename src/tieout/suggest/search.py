"""Finds numbers without a tie and proposes entries that agree with them, or outputs that explain them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tieout.ledger import YEAR, Entry, Ledger, Required
from tieout.prose import BASE, STOPS, Passage, Untied, untied, without_short
from tieout.suggest.again import is_told_again, told_again
from tieout.suggest.agreeing import Agreeing, Match
from tieout.suggest.computed import Computed
from tieout.suggest.entries import is_better, is_of_named_row, is_other_entry, is_rival
from tieout.suggest.holding import Held
from tieout.suggest.meanings import is_day, is_of_scale, is_other_end
from tieout.suggest.naming import counted_times, in_table, is_freedom
from tieout.suggest.nearmiss import near_miss, readable
from tieout.suggest.proposal import NEEDED, Proposal, digits_of
from tieout.suggest.rarity import Words
from tieout.suggest.repeated import with_repeats
from tieout.suggest.settled import settled
from tieout.suggest.suggestion import FAR, NAMED, Candidate, Suggestion
from tieout.suggest.triples import with_ends
from tieout.suggest.ways import LEAST, certain, is_range, is_way, with_ways

ENOUGH = 4.0
PARAGRAPH = "\n\n"
_TO = " to "


def suggest(ledger: Ledger, held: Mapping[str, Mapping[int, Held]] = {}) -> list[Suggestion]:
    """Return every number that is neither tied nor waived nor structural, with entries that agree with it.

    Parameters
    ----------
    held
        What variables of notebooks hold, where that is known; see `tieout.suggest.holding`.
    """
    computed = Computed(ledger.sources.notebooks, frozenset(ledger), held)
    search = _Search(ledger, Agreeing(ledger), Words.of(ledger), computed, Required.of(ledger))
    found = []
    for _, passages in ledger.sources.chapters:
        used = {tie.id for passage in passages for tie in passage.scan.ties}
        for passage in passages:
            found += search.passage(passage, used)
    return settled(with_repeats(found), ledger)


@dataclass(frozen=True)
class _Search:
    """What is looked through for every number."""

    ledger: Ledger
    agreeing: Agreeing
    words: Words
    computed: Computed
    required: Required

    def passage(self, passage: Passage, used: Collection[str]) -> list[Suggestion]:
        """Return the suggestions for a passage: those that are sure help with the numbers beside them."""
        found = untied(passage.markdown, passage.lang, passage.literal)
        numbers = self.agreeing.joined(passage, found, self.computed.explains)
        numbers = [each for one in numbers for each in self._ends(passage, one)]
        numbers = [counted_times(each) for each in numbers if not self._is_plain_year(passage, each)]
        ties = [(tie.start, tie.end, tie.id) for tie in passage.scan.ties]
        first = [self._number(passage, number, ties, used) for number in numbers]
        sure = [
            (each.number.start, each.number.end, each.keys[0].partition(":")[0])
            for each in first
            if each.unambiguous
        ]
        families = [(each.number.sentence, each.records.id) for each in first if each.records]
        if sure or families:
            first = [self._number(passage, number, ties + sure, used, families) for number in numbers]
        first = self._ranged(passage, first)
        tied = list(self._tied_ends(passage, numbers))
        first = with_ways([*first, *tied], self.computed.others_in_line)[: len(first)]
        ended = [self._other_end(each, [*first, *tied]) for each in first]
        by_end = {each.number.sentence for each, other in zip(ended, first, strict=True) if each is not other}
        compared = with_ends([self._compared(each, ended, ties) for each in ended])
        return [
            self._nearly(_unsure(each) if each is not other and each.number.sentence in by_end else each)
            for each, other in zip(compared, ended, strict=True)
        ]

    def _ends(self, passage: Passage, number: Untied) -> list[Untied]:
        """Return a number, or the two of *by €4.20 to €167.93* where each is explained and no range."""
        first, to, last = number.text.partition(_TO)
        if number.kind != "range" or not to or self._is_explained(passage, number):
            return [number]
        at = len(first) + len(to)
        begin = replace(number, text=first, end=number.start + len(first), kind="number")
        end = replace(number, text=last, start=number.start + at, at=number.at + at, kind="number")
        return [begin, end] if all(self._is_explained(passage, each) for each in (begin, end)) else [number]

    def _is_explained(self, passage: Passage, number: Untied) -> bool:
        outputs = self.computed.proposals(passage, number)
        return bool(self.agreeing.matches(number.text, passage.lang)) or any(
            not each.doubtful for each in outputs
        )

    def _nearly(self, found: Suggestion) -> Suggestion:
        """Return a suggestion, where nothing explains its number with what that nearly says."""
        if found.candidates or found.outputs or found.is_name or found.code:
            return found
        passage, number = found.passage, found.number
        return replace(found, nearly=self.computed.nearly(passage, number) or self._near_entry(found))

    def _near_entry(self, found: Suggestion) -> str:
        """Return in words which entry, that its sentence names, a number nearly says; empty for none."""
        lang, number = found.passage.lang, found.number
        shown = readable(number, lang)
        for id, entry in self.ledger.items() if shown else ():
            if entry.quantity is None or self.words.shared(number.sentence, id) < NAMED:
                continue
            near = near_miss(shown, number.text, entry.quantity, lang, True) if shown else None
            if near is not None and not is_other_entry(entry, number, lang):
                return f"{near.written} is {id}; {near.why}"
        return ""

    def _ranged(self, passage: Passage, found: Sequence[Suggestion]) -> list[Suggestion]:
        """Return suggestions, the ends of a range certain that are the least and the largest of a column."""
        made = list(found)
        for place, (each, other) in enumerate(pairwise(found)):
            if each.candidates or other.candidates or (each.records and other.records):
                continue
            if not is_range(passage.markdown, each.number, other.number):
                continue
            ends = self.computed.range_of(passage, each.number, other.number)
            if ends is not None:
                made[place : place + 2] = replace(each, outputs=ends[:1]), replace(other, outputs=ends[1:])
        return made

    def _tied_ends(self, passage: Passage, numbers: Sequence[Untied]) -> Iterator[Suggestion]:
        """Give what ties show that are the other ends of ways, as if they were certain suggestions."""
        for tie in passage.scan.ties:
            for number in numbers:
                other = replace(number, text=tie.shown, start=tie.start, end=tie.end)
                if is_other_end(passage.markdown, number, other):
                    known = self.computed.again(passage, other, tie.id)
                    outputs = (replace(known, support=max(known.support, NEEDED[1])),) if known else ()
                    yield Suggestion(passage, other, passage.line(tie.start), (), outputs)

    def _other_end(self, found: Suggestion, others: Sequence[Suggestion]) -> Suggestion:
        """Return a suggestion, of *from 28 to 23* with the cell beside that of the end which is known."""
        if found.likely or found.candidates:
            return found
        passage, number = found.passage, found.number
        for each in others:
            if each.likely and is_way(passage.markdown, number, each.number):
                outputs = self.computed.beside(passage, number, each.likely)
                ended = replace(found, outputs=outputs) if outputs else found
                return certain(ended) if outputs and each.records and digits_of(number) >= LEAST else ended
        return found

    def _compared(
        self, found: Suggestion, others: Sequence[Suggestion], ties: Sequence[tuple[int, int, str]]
    ) -> Suggestion:
        """Return a suggestion, where nothing agrees with two outputs of its sentence that it compares."""
        passage, number = found.passage, found.number
        told = told_again(number, others, passage.lang) or self._tied_again(passage, number)
        if told is not None and not found.candidates:
            return replace(found, outputs=(told,))
        if found.candidates and not found.candidates[0].same:
            code = self.computed.in_code(passage, number)  # a limit is no entry that only rounds to it
            return replace(found, candidates=(), code=code) if code else found
        if found.candidates or found.records or found.is_name:
            return found
        own = [each.likely for each in others if each.number.sentence == number.sentence]
        near = _near(passage.markdown, number, ties)
        if found.outputs:
            if found.likely and found.likely.shared:
                return found
            pairs = self._pairs(found, others, near) or self.computed.of_columns(passage, number)
            return replace(found, outputs=pairs) if pairs and pairs[0].fits else found
        tied = [self.computed.shown_by(passage, id) for id, weight in near.items() if weight >= FAR]
        beside = [each.evidence for each in own if each] + [each for each in tied if each]
        outputs = self.computed.combined(passage, number, beside)
        if not outputs or not outputs[0].fits:
            outputs = self._pairs(found, others, near) or outputs
            outputs = outputs or self.computed.of_columns(passage, number)
        if not outputs:
            said = [self.computed.shown_by(passage, id) for id in near]
            outputs = self.computed.across(passage, number, [each for each in said if each])
        return replace(
            found, outputs=outputs, code=None if outputs else self.computed.in_code(passage, number)
        )

    def _pairs(
        self, found: Suggestion, others: Sequence[Suggestion], near: Mapping[str, float]
    ) -> tuple[Proposal, ...]:
        """Return the one pair that a number compares, of what its sentence surely states or words name."""
        passage, number = found.passage, found.number
        sure = [each.records for each in others if each.number.sentence == number.sentence]
        tied = [self.computed.shown_by(passage, id) for id, weight in near.items() if weight >= FAR]
        stated = [each.evidence for each in sure if each and not each.code] + [each for each in tied if each]
        pairs = self.computed.combined(passage, number, stated)
        return pairs if pairs and pairs[0].fits else self.computed.lined(passage, number, stated)

    def _tied_again(self, passage: Passage, number: Untied) -> Proposal | None:
        """Return what the tie in brackets behind words for it shows: *nearly a quarter did ([23.5%](…))*."""
        for tie in passage.scan.ties if not any(map(str.isdigit, number.text)) else ():
            if tie.start > number.end and is_told_again(number, tie.shown, passage.lang):
                return self.computed.again(passage, number, tie.id)
        return None

    def _is_plain_year(self, passage: Passage, number: Untied) -> bool:
        """Whether a number is a year, or of how many a rate is, that needs no tie and that no entry says."""
        return (
            number.kind in ("year", BASE)
            and not self.required.is_strict(passage.page)
            and not self.agreeing.matches(number.text, passage.lang)
        )

    def _number(
        self,
        passage: Passage,
        number: Untied,
        ties: Sequence[tuple[int, int, str]],
        used: Collection[str],
        families: Sequence[tuple[str, str]] = (),
    ) -> Suggestion:
        line = passage.line(number.start)
        if self.computed.is_name(passage, number) or is_of_scale(number) or is_day(number):
            return Suggestion(passage, number, line, (), is_name=True)
        near = _near(passage.markdown, number, ties)
        headed = in_table(passage, number)
        texts = dict.fromkeys((headed.text, number.text))
        matches = dict.fromkeys(each for text in texts for each in self.agreeing.matches(text, passage.lang))
        candidates = [
            _candidate(self.ledger[match.id], match, number, self.words, near, match.id in used)
            for match in matches
            if not is_other_entry(self.ledger[match.id], headed, passage.lang)
        ]
        if is_freedom(headed):  # of the test that stands beside it, and of no other
            kin = {id.rpartition(".")[0] for id in near} | near.keys()
            candidates = [each for each in candidates if each.key.rpartition(".")[0] in kin]
        candidates.sort(key=lambda each: -each.score)
        beside = {id for sentence, id in families if sentence == number.sentence}
        outputs: tuple[Proposal, ...] = ()
        rival = False
        unsaid = bool(candidates) and not candidates[0].support
        is_whole = self.computed.is_whole(passage)
        if unsaid or is_whole or not any(each.same for each in candidates):
            outputs = self.computed.proposals(passage, number, beside)
            better = (
                candidates
                and outputs
                and (unsaid or is_better(self.ledger, outputs[0], candidates[0], number, passage.lang))
                and (outputs[0].support > 0 or not unsaid)
            )
            if candidates and not better:
                known = [each for each in outputs if not (is_whole and (each.doubtful or not each.shared))]
                own = self.computed.shown_by(passage, candidates[0].key.partition(":")[0])
                rival = any(is_rival(self.ledger, each, candidates[0]) for each in known) or (
                    is_whole and any(is_of_named_row(each, own) for each in known)
                )
                outputs = ()
        return Suggestion(
            passage, number, line, () if outputs else tuple(candidates), outputs, has_rival=rival
        )


def _candidate(
    entry: Entry, match: Match, number: Untied, words: Words, near: Mapping[str, float], used: bool
) -> Candidate:
    said = min(words.shared(number.sentence, entry.id), ENOUGH)
    support = said + near.get(entry.id, 0.0)
    same = number.text == entry.display or number.text in entry.stated or number.text == entry.text
    fits = (match.column == YEAR) == (number.kind == "year")
    return Candidate(match.key, support + 0.5 * used + 0.5 * same + 1.0 * fits, support, same, said)


def _unsure(found: Suggestion) -> Suggestion:
    """Return a suggestion that follows from another one which is not sure: it is no more so."""
    own = (replace(each, fits=False, doubtful=each.doubtful and not each.fits) for each in found.outputs)
    return replace(found, outputs=tuple(own))


def _near(markdown: str, number: Untied, ties: Sequence[tuple[int, int, str]]) -> Mapping[str, float]:
    """Return how near the ties beside a number are: in its paragraph, in its sentence, nearest of all."""
    found: dict[str, float] = {}
    inside: list[tuple[int, str]] = []
    for start, end, id in ties:
        first, last = sorted(((start, end), (number.start, number.end)))
        between = markdown[first[1] : last[0]]
        if PARAGRAPH in between or start == number.start:
            continue
        found[id] = max(found.get(id, 0.0), 1.0)
        if not any(stop in without_short(between) for stop in STOPS):
            inside.append((len(between), id))
    found |= dict.fromkeys((id for _, id in inside), 2.0)
    return found | ({min(inside)[1]: 3.0} if inside else {})
