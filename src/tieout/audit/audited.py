"""The audit of one page: each number is tied, computed, structural, code, waived, or needs no tie.

A page is compared with its source item by item, so that a number is agreed at its very position: a tie that
was changed, moved, hidden or bound to another entry of the same value is found, and so is any other digit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from tieout import numerals
from tieout.audit.against import REBUILD, Audit
from tieout.audit.allowed import foreign
from tieout.audit.assembled import Source
from tieout.audit.dom import said_by, target_of, text_of
from tieout.audit.expected import Expected
from tieout.audit.flow import GAP, Item, match, numbers_in, plain, simple, straight
from tieout.audit.page import Page, Tie
from tieout.audit.repeated import said_again
from tieout.audit.structure import check_structure
from tieout.ledger import Cell, differs
from tieout.notebooks import tied_instead
from tieout.problems import InputError, Problem
from tieout.prose import ties

CLASSES = ("tied", "computed", "structural", "code", "waived", "untied")
CITING = Item("cited", "", "")  # among the items of an alternative text: it shows citations as well
FEW = 3  # numbers that are named of an output


@dataclass
class PageAudit:
    """What the audit of one page found: tokens by class as (right, all), and problems."""

    counts: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0] for name in CLASSES})
    ties: int = 0
    waived: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def count(self, name: str, right: int, total: int) -> None:
        """Add tokens to a class."""
        self.counts[name][0] += right
        self.counts[name][1] += total


def audit_page(audit: Audit, page: Page) -> PageAudit:
    """Account for every numeric token of one page."""
    return _PageAudit(audit, page).result()


class _PageAudit:
    def __init__(self, audit: Audit, page: Page) -> None:
        self.audit, self.page = audit, page
        self.found = PageAudit()
        self.found.counts["unexplained"] = [0, 0]
        self.bad: set[int] = set()
        self.shown: dict[str, list[str]] = {}
        self.waived: dict[tuple[str, str], tuple[str, list[str]]] = {}

    def result(self) -> PageAudit:
        expected = self.audit.expected.get(self.page.href)
        if expected is None:
            self._say("the page belongs to no chapter", None)
            return self.found
        self._ties()
        self._flow(expected)
        self._outputs()
        self.found.waived = [
            f"{place}: {', '.join(texts)} ({reason})" for (_, reason), (place, texts) in self.waived.items()
        ]
        if self.audit.site.engine.knows_all:
            self._foreign(expected)
        self.found.problems += said_again(self.audit.site, self.page)
        structure = check_structure(self.audit.site, self.page, expected.spoken)
        self.found.problems += structure.problems
        self.found.count(
            "structural", structure.total - min(structure.wrong, structure.total), structure.total
        )
        return self.found

    def _foreign(self, expected: Expected) -> None:
        """Name what neither Tieout nor the author put on the page."""
        known = f"{expected.markdown}\n{self.audit.around}"
        for each in foreign(self.page, known, self.audit.site.project):
            what = f"has {each.what}, which neither its source nor Tieout has"
            self._say(what, each.line, f"{REBUILD}, or take it out", rule="foreign")

    def _say(self, what: str, line: int | None, hint: str = REBUILD, **more: Any) -> None:
        self.found.problems.append(Problem(what, hint, path=self.page.href, line=line, **more))

    # Ties, each alone

    def _ties(self) -> None:
        ties = (*self.page.ties, *self.page.told)
        uses = Counter(tie.target for tie in ties)
        anchors: set[str] = set()
        for index, (tie, reason) in enumerate(zip(ties, self._reasons(ties), strict=True)):
            problems = [*self._entry(tie, reason), *self._place(tie, uses[tie.target], anchors)]
            for what, hint, rule in problems:
                self._say(what, tie.line, hint, id=tie.target or None, rule=rule, where=f"“{tie.shown}”")
            if problems:
                self.bad.add(index)
            else:
                self.found.ties += 1

    def _reasons(self, ties: Sequence[Tie]) -> list[str | None]:
        """Return for each tie in what it disagrees with its entry; the same texts are compared once."""
        around = [item.around for item in self.page.items if item.kind == "tie"]
        known = around if len(around) == len(self.page.ties) else []
        stands = [*known, *[numerals.NOTHING] * (len(ties) - len(known))]
        shown = [[tie.target, tie.shown, repr(each)] for tie, each in zip(ties, stands, strict=True)]
        project, ledger = self.audit.site.project, self.audit.ledger

        def compared() -> list[str | None]:
            return [self._disagreement(tie, each) for tie, each in zip(ties, stands, strict=True)]

        key, parts = (
            [ledger.fingerprint, project.lang, shown],
            {"the ledger": ledger.fingerprint, "its ties": shown},
        )
        found: list[str | None] = project.steps.take("agree", key, compared, self.page.href, parts)
        return found

    def _entry(self, tie: Tie, reason: str | None) -> list[tuple[str, str, str]]:
        """Compare a tie with its entry: known, same value for machines, agreeing text for readers."""
        name, _, column = tie.target.partition(":")
        if name not in self.audit.ledger or name not in self.audit.names:
            where = "data and outputs" if name not in self.audit.ledger else "ledger.json"
            return [(f"`{name}` is no entry of {where}", REBUILD, "unknown")]
        try:
            cell = self.audit.ledger.resolve(name, column or None)
        except InputError as error:
            return [(error.problems[0].what, error.problems[0].hint, "unknown")]
        found = []
        data = list(tie.element.iter("data"))
        values = [node.get("value") for node in data]
        if len(data) != 1:
            found.append((f"the tie has {len(data)} elements `data`, not one", REBUILD, "value"))
        elif not _same_value(values[0] or "", cell, column):
            wanted = cell.quantity.value if cell.quantity is not None else cell.text
            found.append((f"`data value` is {values[0]}, the ledger has {wanted}", REBUILD, "value"))
        if len(data) == 1 and said_by(data[0]) != tie.shown:
            found.append(("the tie shows more than its `data`", REBUILD, "value"))
        if reason:
            found.append((reason, "run `tieout update`, then build", "disagrees"))
        return found

    def _disagreement(self, tie: Tie, around: numerals.Context) -> str | None:
        name, _, column = tie.target.partition(":")
        shown, ledger = tie.shown, self.audit.ledger
        try:
            cell = ledger.resolve(name, column or None)
        except InputError:
            return None  # which is said where the entry is asked for
        if cell.quantity is None:
            other = differs(shown, cell.text, self.audit.site.project.lang)
            return f"`{shown}` is not `{cell.text}`" if other else None
        shown, around = numerals.points_in_full(shown, around, cell.text)
        wrong = numerals.agrees(shown, cell.quantity, self.audit.site.project.lang, around, cell.family)
        return wrong or numerals.reversed_by(cell.quantity, around, ledger.number) or None

    def _place(self, tie: Tie, count: int, anchors: set[str]) -> list[tuple[str, str, str]]:
        """Look at where a tie stands: seen by readers, led to its entry, under its own anchor."""
        found = []
        if tie.hidden:
            found.append((f"the tie is hidden by {tie.hidden}", "let readers see it", "hidden"))
        name = tie.target.partition(":")[0]
        page = str(self.audit.published.get("ledger_page") or "")
        link = tie.element.get("href")
        if page and target_of(self.page.href, link) != (page, name):
            found.append((f"the tie leads to `{link}`, not to its entry", REBUILD, "link"))
        anchor = tie.element.get("id") or ""
        # Those that stand elsewhere, as on paper, count too.
        used = self.audit.ledger[name].used if name in self.audit.ledger else ()
        count += sum(use.page == self.page.href and not use.anchor for use in used)
        allowed = {f"use-{tie.target}-{number}" for number in range(1, count + 1)}
        if anchor in anchors or anchor not in allowed:
            found.append((f"the anchor `{anchor}` is not of this use of {tie.target}", REBUILD, "anchor"))
        anchors.add(anchor)
        return found

    # All in order

    def _flow(self, expected: Expected) -> None:
        items = [
            replace(item, key=self.audit.site.name_of(item.key)) if item.key.startswith("page:") else item
            for item in self.page.items
        ]
        gaps = {each.key for each in expected.items if each.kind == "reference" and not self._leads(each.key)}
        wanted_items = [each for each in expected.items if each.kind != "reference" or each.key not in gaps]
        items = [each for item in items for each in _without_gaps(item, gaps)]
        wanted_items = [self._with_cited(each, items) for each in wanted_items]
        result = match(wanted_items, _with_tex(wanted_items, items))
        ties = iter(range(len(self.page.ties)))
        order = {id(item): next(ties) for item in items if item.kind == "tie"}
        for wanted, item in result.pairs:
            self._account(expected, wanted, item, order.get(id(item)) in self.bad)
        for item, instead in result.surplus:
            self._surplus(expected, item, instead)
        for item, _ in result.missing:
            if item.kind == "alt" and self._is_captioned(item.text):
                continue
            if item.kind == "math" and self._is_code(item.text):
                continue
            what = f"the page {self.page.href} lacks {_name(item)}"
            self.found.problems.append(
                Problem(
                    what, REBUILD, expected.path, item.line, id=_id(item), rule="missing", where=item.where
                )
            )

    def _with_cited(self, wanted: Item, items: Sequence[Item]) -> Item:
        """Return an alternative text as the page has it, whose citations are those of a caption there."""
        if wanted.kind != "alt" or GAP not in wanted.text:
            return wanted
        form = re.compile(".+?".join(map(re.escape, wanted.text.split(GAP))))
        captions = [straight(text_of(each)) for each in self.page.tree.iter("figcaption", "caption")]
        for item in items:
            is_same = item.kind == "alt" and form.fullmatch(item.text)
            if is_same and any(each.endswith(item.text) for each in captions):
                said = (each for each in wanted.inner if each.kind not in ("citation", "reference"))
                return replace(wanted, text=item.text, inner=(CITING, *said))
        return wanted

    def _is_captioned(self, alt: str) -> bool:
        """Whether Quarto has made an alternative text the caption, and of that alone."""
        captions = () if self.audit.site.engine.knows_all else self.page.tree.iter("figcaption")
        return any(straight(text_of(each)).endswith(alt) for each in captions)

    def _is_code(self, formula: str) -> bool:
        """Whether a formula without numbers, which no converter knows, stands on the page as code."""
        return any(simple(text_of(each)) == formula for each in self.page.tree.iter("code"))

    def _leads(self, key: str) -> bool:
        """Whether a cross-reference leads anywhere; one that does not is shown as a gap."""
        return key in self.audit.site.anchors

    def _account(self, expected: Expected, wanted: Item, item: Item, bad: bool) -> None:
        """Put an item that agrees with the source into its class."""
        count = numbers_in(item.text)
        if item.kind == "tie":
            self.found.count("tied", 0 if bad else count, count)
        elif item.kind == "alt":
            parts = [each for each in wanted.inner or item.inner if each is not CITING]
            for inner in parts:
                self._account(expected, inner, inner, False)
            if CITING in wanted.inner:
                rest = count - sum(numbers_in(each.text) for each in parts)
                self.found.count("structural", rest, rest)
        elif item.kind == "number":
            self._number(wanted, item, count)
        elif item.kind == "citation":
            self._citation(wanted, item)
        elif item.kind in ("code", "math"):
            self.found.count("code", count, count)
        elif item.kind in ("picture", "drawing"):
            count = expected.pictures.get(wanted.key, 0)
            self.found.count("computed", count, count)

    def _number(self, wanted: Item, item: Item, count: int) -> None:
        if wanted.waived:
            self.found.count("waived", count, count)
            place = f"{self.page.href}:{item.line}"
            # Those of one output that are waived alike are said once.
            key = wanted.source or f"{place} {len(self.waived)}", wanted.waived
            self.waived.setdefault(key, (place, []))[1].append(f"`{item.text}`")
        elif wanted.token in ties.STRUCTURAL:
            self.found.count("structural", count, count)
        elif not self.audit.required.asks(
            self.page.href,
            item.text,
            self.audit.site.project.lang,
            output=wanted.nature == "output",
            base=wanted.token == ties.BASE,
        ):
            self.found.count("computed" if wanted.nature == "output" else "untied", count, count)
        else:
            self.found.count("unexplained", 0, count)
            if wanted.nature == "output" and wanted.source:
                self.shown.setdefault(wanted.source, []).append(item.text)
                return
            where = wanted.where if wanted.where == "alternative text" else ""
            self._untied(item, where)

    def _citation(self, wanted: Item, item: Item) -> None:
        """Compare what a citation shows with the bibliography."""
        count = numbers_in(item.context)
        wrong = self.audit.site.works.disagreement(item.key.split(), item.context, wanted.context)
        self.found.count("structural", 0 if wrong else count, count)
        if wrong:
            self._say(wrong, item.line, f"correct the bibliography, or {REBUILD}", rule="citation")

    def _untied(self, item: Item, where: str = "") -> None:
        hint = f"tie it, as [{item.text}](tie:ID)"
        near = self._nearest(item)
        what = f"`{item.text}` is not tied, in “{item.context}”"
        self._say(what, item.line, f"{hint}; {near}" if near else hint, rule="untied", where=where)

    def _outputs(self) -> None:
        """Name each output whose numbers should be tied, once: nothing can be written there by hand."""
        for source, shown in self.shown.items():
            at = Source.read(source)
            notebook = self.audit.site.project.files.notebook(at.path)
            cell, few = notebook.cells[at.cell], ", ".join(f"`{text}`" for text in shown[:FEW])
            line, where = notebook.line(at.cell), cell.name
            if at.output is not None:
                line = notebook.output_line(at.cell, (at.output,))
                where = f"{where}, output {at.output + 1}"
            rest = f"{few}, …" if len(shown) > FEW else few
            count = f"{len(shown)} numbers that it shows are" if shown[1:] else "a number that it shows is"
            what = f"{count} not tied: {rest}"
            hint = tied_instead(notebook, cell)
            self.found.problems.append(Problem(what, hint, at.path, line, rule="untied", where=where))

    def _surplus(self, expected: Expected, item: Item, instead: Item | None) -> None:
        count = numbers_in(item.text)
        if item.kind in ("number", "alt", "tie", "code", "math"):
            self.found.count("unexplained", 0, max(count, 1))
        place = f"{expected.path}:{instead.line}" if instead and instead.line else expected.path
        if instead:
            what = f"{_name(item)} stands where {place} has {_name(instead)}"
        else:
            what = f"{_name(item)} is not in {place}"
        context = f", in “{item.context}”" if item.context and item.context != item.text else ""
        near = self._nearest(item) if item.kind == "number" else ""
        hint = f"{REBUILD}; {near}" if near else REBUILD
        name = _id(item) or (_id(instead) if instead else None)
        rule = "tie" if "tie" in (item.kind, instead.kind if instead else "") else "untied"
        self._say(what + context, item.line, hint, id=name, rule=rule, where=item.where)

    def _nearest(self, item: Item) -> str:
        """Name entries that the number would agree with, else the tie that stands before it."""
        names: list[str] = []
        for name, entry in self.audit.ledger.items():
            if entry.quantity is not None and len(names) < 3:
                if numerals.parse(item.text, self.audit.site.project.lang) is None:
                    break
                if numerals.says(item.text, entry.quantity, self.audit.site.project.lang):
                    names.append(name)
        if names:
            return f"it would agree with {', '.join(names)}"
        before = [tie.target for tie in self.page.ties if tie.line <= (item.line or 0)]
        return f"the nearest tie is to {before[-1]}" if before else ""


def _without_gaps(item: Item, gaps: Collection[str]) -> Iterator[Item]:
    """Give an item without what it says of keys that lead nowhere, or nothing where that is all it says."""
    if item.kind not in ("reference", "citation") or not gaps:
        yield item
        return
    keys = [key for key in item.key.split() if key[:1].lower() + key[1:] not in gaps]
    if keys or not item.key:
        yield replace(item, key=" ".join(keys))


def _with_tex(wanted: Sequence[Item], items: Sequence[Item]) -> list[Item]:
    """Return the items of a page, TeX that no converter knows as the formula whose place it takes."""
    shown = {item.text for item in wanted if item.kind == "math"}
    shown -= {simple(item.text) for item in wanted if item.kind == "code"}
    return [
        replace(item, kind="math", text=simple(item.text))
        if item.kind == "code" and simple(item.text) in shown
        else item
        for item in items
    ]


def _id(item: Item) -> str | None:
    return item.key or None if item.kind == "tie" else None


def _name(item: Item) -> str:
    if item.kind == "tie":
        return f"the tie `{item.text}` to {item.key}"
    if item.kind == "picture":
        return f"the picture {item.key}" + (f" of {item.where}" if item.where else "")
    if item.kind == "alt":
        return f"the alternative text “{item.text}”"
    if item.kind in ("reference", "citation"):
        return f"the {item.kind} of {item.key}"
    names = {"code": "the code", "math": "the formula", "drawing": "the drawing", "word": "the word"}
    return f"{names.get(item.kind, 'the number')} `{item.text}`"


def _same_value(shown: str, cell: Cell, column: str) -> bool:
    if column or cell.quantity is None:
        return plain(shown) == plain(cell.text)
    try:
        return Decimal(shown) == cell.quantity.value
    except InvalidOperation:
        return False
