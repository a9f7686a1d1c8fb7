"""Ties whose digits are right and whose words may not be: warnings, for a person to look at."""

from __future__ import annotations

from collections.abc import Iterator

from tieout.ledger import Entry, Ledger
from tieout.numerals import Context, primary
from tieout.problems import Problem
from tieout.prose import Passage, surroundings
from tieout.wording import ahead
from tieout.wording.between import misreferred, misspaced
from tieout.wording.cited import miscited
from tieout.wording.columns import Columns
from tieout.wording.compared import miscompared
from tieout.wording.correlated import misrelated
from tieout.wording.counted import Counted
from tieout.wording.crossed import crossed
from tieout.wording.dated import Dates
from tieout.wording.divided import misdivided
from tieout.wording.done import Doings
from tieout.wording.durations import misheld
from tieout.wording.effects import misjudged
from tieout.wording.exchanged import Namesakes
from tieout.wording.extremes import Extremes
from tieout.wording.groups import Siblings
from tieout.wording.headed import misheaded
from tieout.wording.lengths import mislasting
from tieout.wording.longer import mislengthened
from tieout.wording.meant import miscalled, misnamed
from tieout.wording.months import misdayed, mismonthed
from tieout.wording.most import overstated
from tieout.wording.moved import mismoved
from tieout.wording.multiples import misbounded
from tieout.wording.multiplied import misratioed
from tieout.wording.opposed import opposed
from tieout.wording.paced import mispaced
from tieout.wording.paired import mispaired
from tieout.wording.parted import misparted
from tieout.wording.parts import exceeding
from tieout.wording.peaks import mispeaked
from tieout.wording.peers import Peers
from tieout.wording.percentiles import mispercented
from tieout.wording.placed import outplaced
from tieout.wording.points import mispointed
from tieout.wording.portions import misportioned
from tieout.wording.quarters import misquartered
from tieout.wording.ranked import Rankings
from tieout.wording.rowed import misrowed
from tieout.wording.significance import insignificant
from tieout.wording.spanned import misset, misspanned
from tieout.wording.stepped import misled, misstepped
from tieout.wording.subjects import missubjected
from tieout.wording.superlatives import upended
from tieout.wording.symbols import missymbolled
from tieout.wording.taken import named, statistic
from tieout.wording.tested import mistested
from tieout.wording.timed import mistimed
from tieout.wording.traced import words
from tieout.wording.turned import misturned
from tieout.wording.twins import Twins
from tieout.wording.wholes import Wholes
from tieout.wording.yesno import unheld


class Suspicions:
    """What the words around ties are weighed against, made once for all of them."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.namesakes, self.ranks, self.dates = Namesakes.of(ledger), Rankings.of(ledger), Dates.of(ledger)
        twins = Twins.of(ledger)
        self.columns, self.wholes = Columns(ledger), Wholes.of(ledger)
        self.counted = Counted.of(ledger, self.columns)
        self.siblings = Siblings.of(ledger, twins, Peers.of(ledger))
        self.extremes = Extremes.of(ledger, twins)
        self.doings = Doings.of(ledger, self.siblings)

    def passage(self, passage: Passage) -> Iterator[Problem]:
        """Warn of what is suspicious in a passage of the sources."""
        if passage.output is not None:
            return
        for tie in passage.scan.ties:
            entry = self.ledger.entries.get(tie.id)
            if entry is None or entry.quantity is None or tie.column or not tie.shown:
                continue
            for what, hint, rule in self._tie(
                entry, tie.shown, surroundings(passage.scan, tie), passage.lang
            ):
                yield _warning(passage, tie.start, what, hint, rule, tie.id)
        for tie, entry, other in crossed(passage, self.ledger, self.siblings):
            what = (
                f"“{tie.shown}” of {entry.id} stands beside the name of {other.id}, and the other way round"
            )
            hint = "exchange the names, or the ties with their numbers"
            yield _warning(passage, tie.start, what, hint, "meant", tie.id)
        for offset, said, counted, id in self.counted.miscounted(passage):
            what = f"“{said}” is said, and {counted}"
            yield _warning(passage, offset, what, "correct the count", "counted", id)
        for found in miscited(passage, self.ledger):
            said = f"“{found.tie.shown}”, and {found.tie.id} is from {found.source}"
            what = f"{found.cited} is cited beside {said}"
            hint = f"cite {found.source}, or say in the sentence what {found.cited} is cited for"
            yield _warning(passage, found.offset, what, hint, "cited", found.tie.id)

    def _tie(self, entry: Entry, shown: str, context: Context, lang: str) -> Iterator[tuple[str, str, str]]:
        """Give what is suspicious about one tie: what, what to do, and the rule."""
        other = self.namesakes.suspicion(entry, context)
        if other:
            what = f"“{shown}” is tied to {entry.id}, and the clause names {other}, of the same value"
            yield what, f"tie it to {other}, or name {entry.id}", "exchanged"
        cell = self.columns.of(entry)
        rank = self.ranks.misranked(entry, context, cell) or outplaced(entry, context, cell)
        if rank:
            yield f"“{shown}”: {entry.id}: {rank}", "correct the rank, or say among what it is", "rank"
        called = self.ranks.miscalled(entry, context) or (
            ""
            if rank
            else self.extremes.contrary(entry, context)
            or misrelated(entry, context, self.extremes)
            or upended(entry, context, cell)
            or overstated(entry, context, cell)
            or mispaced(entry, context, cell)
            or misrowed(entry, context, cell)
        )
        if called:
            yield f"“{shown}”: {entry.id} {called}", "correct the word, or the tie", "rank"
        date = self.dates.misdated(entry, context) or misquartered(entry, context)
        date = date or mispeaked(entry, context, self.columns)
        if primary(lang) == "en":
            date = date or mistimed(entry, context) or mismonthed(entry, context)
            date = date or misdayed(entry, context)
            date = date or mislasting(entry, context) or misspaced(entry, context)
            date = date or misreferred(entry, context)
        if date:
            yield f"“{shown}”: {entry.id} {date}", "correct the date, or the tie", "dated"
        tested = insignificant(shown, context)
        if tested:
            yield f"“{shown}”: {tested}", "correct the word, or name the level", "significance"
        spanned = misspanned(shown, context)
        if spanned:
            yield f"“{shown}”: {spanned}", "correct the word, or the tie", "significance"
        limits = misset(entry, shown, context)
        if limits:
            yield f"“{shown}”: {entry.id} {limits}", "correct the limits, or the ties", "meant"
        turned = misturned(entry, shown, context, self.siblings)
        turned = turned or misratioed(entry, shown, context, self.siblings)
        if turned:
            yield f"“{shown}”: {entry.id} {turned}", "correct the word, or the tie", "turned"
        moved = "" if turned else mismoved(entry, shown, context) or mispaired(entry, context)
        moved = moved or mispointed(entry, shown, context)
        moved = moved or misstepped(entry, context, self.ledger, self.columns)
        moved = moved or misled(shown, context)
        if moved:
            yield f"“{shown}”: {entry.id} {moved}", "correct the word, or the tie", "turned"
        compared = miscompared(entry, shown, context, self.ledger, lang)
        placed = "" if turned or moved else ahead.misplaced(entry, context, self.ledger, self.siblings)
        if placed:
            yield f"“{shown}”: {entry.id} {placed}", "correct the word, or the ties", "turned"
        if compared:
            yield f"“{shown}”: {compared}", "say it the other way round, or correct the ties", "turned"
        effect = misjudged(entry, context)
        if effect:
            yield f"“{shown}”: {effect}", "correct the word, or the tie", "portion"
        portion = misportioned(entry, shown, context) or misbounded(entry, shown, context)
        portion = portion or self.wholes.misshared(entry, shown, context)
        portion = portion or self.wholes.misparted(entry, shown, context)
        portion = portion or misdivided(entry, shown, context)
        portion = portion or misparted(entry, context, cell, self.ledger)
        portion = portion or exceeding(entry, context, self.ledger)
        if portion:
            yield f"“{shown}”: {entry.id}: {portion}", "correct the word, or the tie", "portion"
        test = mistested(entry, context)
        symbol = misnamed(entry, shown, context) or ("" if test else missymbolled(entry, context))
        other = (
            ""
            if called or date
            else self.siblings.misplaced(entry, context, cell or self.columns.peak(entry))
        )
        other = other or ("" if called else missubjected(entry, context, self.siblings))
        other = other or mislengthened(entry, context, self.siblings, cell)
        tabled = self.siblings.mistabled(entry, context)
        for found in (
            miscalled(entry.label, context, statistic(entry), words(entry))
            or miscalled(entry.label, context, "" if statistic(entry) else named(entry))
            or mispercented(entry, context)
            or opposed(entry, shown, context)
            or self.doings.misdone(entry, shown, context, cell)
            or misheld(entry, context)
            or unheld(entry, shown, context)
            or test,
            symbol,
            other or tabled or ("" if called else misheaded(entry, context, cell)),
        ):
            if found:
                yield f"“{shown}”: {entry.id} {found}", "correct the words, or the tie", "meant"


def _warning(passage: Passage, offset: int, what: str, hint: str, rule: str, id: str | None) -> Problem:
    line = passage.line(offset)
    return Problem(what, hint, passage.path, line, id, rule, passage.where, severity="warning")
