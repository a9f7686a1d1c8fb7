"""Compares the ledger and the findings, as their pages show them, with what `ledger.json` says.

Every stretch of an entry with a number in it must say what one field of the entry says, digit by digit;
which words stand around the digits is the theme's business.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Any

from tieout.audit.dom import Element, is_mark, said_by, target_of, text_of
from tieout.audit.flow import digits, is_numeric, numbers_in, plain
from tieout.audit.page import Page
from tieout.audit.pages import Site
from tieout.audit.wording import (
    CONCERNED,
    EXPONENT,
    FOUND,
    english,
    entry_words,
    finding_words,
    links_under,
    told_of,
)
from tieout.markdown import scan
from tieout.problems import Problem

PICTURES = ("img", "svg", "object", "embed", "video", "canvas")
HEADING = ""
NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?")
SAYING = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol")  # what holds a finding's own words
PARTS = frozenset(
    ("h1", "h2", "h3", "h4", "h5", "h6", "dd", "p", "li", "td", "th", "summary", "figcaption", "pre")
)


@dataclass
class Appendix:
    """How the entries of one generated page compare with the ledger."""

    entries: int = 0
    right: int = 0
    numbers: int = 0
    wrong: int = 0
    problems: list[Problem] = field(default_factory=list)


def check_ledger(site: Site, page: Page, ledger: Mapping[str, Any]) -> Appendix:
    """Compare the ledger page with the ledger."""
    comparison = _Comparison(site, page, page.appendices["ledger"])
    entries = {entry["id"]: entry for entry in ledger.get("entries", [])}
    comparison.compare(
        "data-entry", entries, lambda entry: _entry_fields(entry, site, ledger), "ledger entry"
    )
    comparison.formulas(entries)
    comparison.around("data-entry", {name.split(".")[0] for name in entries} | set(_groups(ledger)))
    comparison.uses(entries)
    comparison.found(entries, {finding["id"]: finding for finding in ledger.get("findings", [])})
    return comparison.result


def check_findings(site: Site, page: Page, ledger: Mapping[str, Any]) -> Appendix:
    """Compare the findings page with the ledger."""
    comparison = _Comparison(site, page, page.appendices["findings"])
    findings = {finding["id"]: finding for finding in ledger.get("findings", [])}
    entries = {entry["id"]: entry for entry in ledger.get("entries", [])}
    comparison.compare("data-finding", findings, _finding_fields, "finding")
    comparison.ties(findings)
    comparison.traceable(findings, entries)
    comparison.concerned(findings, entries)
    comparison.around("data-finding", _groups(ledger))
    if not findings:
        comparison.result.entries = comparison.result.right = 1
    return comparison.result


def _groups(ledger: Mapping[str, Any]) -> list[str]:
    counts = [str(len(ledger.get(key, []))) for key in ("entries", "findings")]
    return [str(ledger.get("title", "")), *counts]


class _Comparison:
    def __init__(self, site: Site, page: Page, element: Element) -> None:
        self.site, self.page, self.element = site, page, element
        self.result = Appendix()
        self.lang = site.project.lang

    def _say(self, what: str, element: Element, name: str = "", hint: str = "build the site anew") -> None:
        line = element.sourceline or 1
        self.result.problems.append(Problem(what, hint, self.page.href, line, name or None, "appendix"))

    def compare(self, attribute: str, wanted: Mapping[str, Any], fields: Any, kind: str) -> None:
        """Compare each entry's element with the fields of the entry."""
        found: dict[str, Element] = {}
        for element in self.element.xpath(f".//*[@{attribute}]"):
            name = element.get(attribute)
            if name in found:
                self._say(f"the {kind} {name} stands there twice", element, name)
            elif name not in wanted:
                self._say(f"`{name}` is no {kind}", element, name)
            found.setdefault(name, element)
        self.result.entries += len(wanted)
        for name, entry in wanted.items():
            element = found.get(name)
            if element is None:
                self._say(f"the {kind} {name} is missing", self.element, name)
                continue
            problems = len(self.result.problems)
            if not element.xpath("descendant-or-self::*[@id=$name]", name=name) and not self.page.by_id(name):
                self._say(f"the {kind} {name} has no anchor of its name", element, name)
            self._entry(element, name, [(term, tuple(form)) for term, form in fields(entry)])
            words = entry_words if attribute == "data-entry" else finding_words
            for what in words(element, entry, self.page.href, self.lang):
                self._say(f"{name}: {what}", element, name)
            self.result.right += len(self.result.problems) == problems

    def _entry(self, element: Element, name: str, left: list[tuple[str, tuple[Any, ...]]]) -> None:
        """Compare each part of an entry with the fields of its term, or with all where its term has none."""
        terms = {term for term, _ in left}
        for part in _parts(element):
            text, own = _own_text(part), english(_term(part), self.lang)
            if not is_numeric(text) or own in (*CONCERNED, *FOUND):
                continue
            count = numbers_in(text)
            self.result.numbers += count
            shown: tuple[tuple[Any, ...], ...] = (tuple(digits(text)), tuple(_numbers(text)))
            fits = [each for each in left if each[1] in shown and (own not in terms or each[0] == own)]
            if fits:
                left.remove(fits[0])
            else:
                self.result.wrong += count
                self._say(f"`{_short(text)}` is not what the ledger says of {name}", part, name)

    def formulas(self, entries: Mapping[str, Any]) -> None:
        """Compare each formula sign by sign: it is evaluated as the ledger has it, units included."""
        for element in self.element.xpath(".//*[@data-entry]"):
            name = element.get("data-entry")
            said = plain(EXPONENT.sub(r"^\1\2^", str(entries.get(name, {}).get("formula") or "")))
            shown = [
                plain(_raised(part))
                for part in element.iter("dd")
                if english(_term(part), self.lang) == "Formula"
            ]
            if shown != ([said] if said else []):
                self._say(f"the formula of {name} is not what the ledger says", element, name)

    def ties(self, findings: Mapping[str, Any]) -> None:
        """Compare the ties of each finding with those of its words, in order: what they show, and of what."""
        for element in self.element.xpath(".//*[@data-finding]"):
            name = element.get("data-finding")
            finding = findings.get(name, {})
            said = "\n\n".join(str(finding.get(key) or "") for key in ("heading", "text"))
            wanted = [(tie.key, plain(tie.shown)) for tie in scan(said).ties]
            shown = [(node.get("data-tie"), said_by(node)) for node in element.xpath(".//*[@data-tie]")]
            if shown != wanted:
                apart = next((one for one, other in zip_longest(wanted, shown) if one != other), None)
                lost = f"lacks the tie of `{apart[1]}` to {apart[0]}" if apart else "has a tie too many"
                self._say(f"{name} {lost}", element, name)

    def traceable(self, findings: Mapping[str, Any], entries: Mapping[str, Any]) -> None:
        """Ask of each number in the words of a finding that it is tied, or stands so in what these quote."""
        for element in self.element.xpath(".//*[@data-finding]"):
            finding = findings.get(element.get("data-finding"), {})
            left = " ".join(text_of(node, _is_bound) for node in element if node.tag in SAYING)
            for quoted in sorted(_quoted(finding, entries), key=len, reverse=True):
                left = left.replace(plain(quoted), " ") if is_numeric(quoted) else left
            known = _known(finding, entries, self.site)
            for number in NUMBER.findall(left):
                if number not in known:
                    self.result.wrong += 1
                    what = f"`{number}` of {finding.get('id')} is not tied"
                    self._say(what, element, finding.get("id", ""), "tie it to what it is: `[…](tie:ID)`")

    def concerned(self, findings: Mapping[str, Any], entries: Mapping[str, Any]) -> None:
        """Compare the numbers that each finding lists, in order: what is said of each, and where it leads."""
        for element in self.element.xpath(".//*[@data-finding]"):
            name = element.get("data-finding")
            wanted = findings.get(name, {}).get("entries") or []
            told = {id: list(told_of(entries.get(id, {"id": id}))) for id in wanted}
            self._listed(element, name, told, CONCERNED)

    def found(self, entries: Mapping[str, Any], findings: Mapping[str, Any]) -> None:
        """Compare the findings that each entry lists: what each is called, and where it leads."""
        for element in self.element.xpath(".//*[@data-entry]"):
            name = element.get("data-entry")
            ids = entries.get(name, {}).get("findings") or []
            known = [findings.get(id) or {"id": id} for id in ids]
            known.sort(key=lambda finding: finding.get("kind") == "reference")
            told = {finding["id"]: [str(finding.get("title") or finding["id"])] for finding in known}
            self._listed(element, name, told, FOUND)

    def _listed(self, element: Element, name: str, told: Mapping[str, Sequence[str]], terms: Any) -> None:
        """Compare the links under terms with what may be said of each thing that belongs there, in order."""
        for id, link in zip_longest(told, links_under(element, terms, self.lang)):
            text = text_of(link) if link is not None else ""
            self.result.numbers += numbers_in(text)
            target = target_of(self.page.href, link.get("href")) if link is not None else None
            if link is None or not target or target[1] != id or link.get("title") not in (None, id):
                what = f"lists `{text or 'nothing'}` where `{id or 'nothing'}` belongs"
            elif plain(text) not in map(plain, told[id]):
                what = f"says `{text}` of {id}, and the ledger otherwise"
            else:
                continue
            self.result.wrong += numbers_in(text)
            self._say(f"{name} {what}", element if link is None else link, name)

    def around(self, attribute: str, known: Sequence[str] | set[str]) -> None:
        """Look at what stands between the entries: headings of groups, and no picture."""
        for picture in self.element.iter(*PICTURES):
            self._say("a picture stands here, and the ledger has none", picture)
        inside = {node for entry in self.element.xpath(f".//*[@{attribute}]") for node in entry.iter()}
        forms = [tuple(digits(text)) for text in known]
        for node in self.element.iter():
            if node in inside or not isinstance(node.tag, str):
                continue
            own = plain(" ".join([node.text or "", *(child.tail or "" for child in node)]))
            if is_numeric(own):
                self.result.numbers += numbers_in(own)
                if tuple(digits(own)) not in forms and not self._leads(node, own):
                    self.result.wrong += numbers_in(own)
                    self._say(f"`{_short(own)}` belongs to no entry", node)

    def _leads(self, node: Element, text: str) -> bool:
        """Whether a text stands in a link whose target says the same."""
        link = node if node.tag == "a" else next(node.iterancestors("a"), None)
        target = target_of(self.page.href, link.get("href")) if link is not None else None
        label = self.site.label(*target) if target else None
        return bool(label and digits(text) in (digits(label.words), digits(label.number, label.words)))

    def uses(self, entries: Mapping[str, Any]) -> None:
        """Follow each link from an entry to a place that shows it: the tie there must be the entry's."""
        for element in self.element.xpath(".//*[@data-entry]"):
            name = element.get("data-entry")
            for link in element.iter("a"):
                target = target_of(self.page.href, link.get("href"))
                if not target or not target[1].startswith("use-") or target[0] not in self.site.faces:
                    continue
                tied = self.site.faces[target[0]].uses.get(target[1], "").split(":")[0]
                if tied != name and name in entries:
                    self._say(f"the use `{text_of(link)}` leads to no tie of {name}", link, name)


def _parts(element: Element) -> Iterator[Element]:
    """Give the elements of an entry that hold text of their own."""
    parts = [node for node in element.iter() if node.tag in PARTS]
    yield from parts
    inside = {node for part in parts for node in part.iter()}
    for node in element.iter():
        if (
            node not in inside
            and isinstance(node.tag, str)
            and node.tag != "dt"
            and is_numeric(node.text or "")
        ):
            yield node


def _term(part: Element) -> str:
    """Return the term that a part defines, empty for what is no definition."""
    around = (node for node in (part, *part.iterancestors()) if node.tag == "dd")
    description = next(around, None)
    while description is not None and description.tag != "dt":
        description = description.getprevious()
    return text_of(description) if description is not None else ""


def _own_text(part: Element) -> str:
    """Return the text of a part without the parts in it."""
    return text_of(part, lambda node: node is not part and node.tag in PARTS)


def _numbers(text: str) -> list[Decimal]:
    """Return the numbers of a text as values, whatever their grouping."""
    found = []
    for number in NUMBER.findall(text):
        try:
            found.append(Decimal(number.replace(",", "").replace("−", "-")).normalize())
        except InvalidOperation:
            continue
    return found


def _entry_fields(
    entry: Mapping[str, Any], site: Site, ledger: Mapping[str, Any]
) -> Iterator[tuple[str, Sequence[Any]]]:
    """Give, by the terms of an entry, the digits or the values that a page may show there."""
    name, label = str(entry["id"]), str(entry.get("label") or "")
    unit = str(entry.get("unit_name") or "")
    yield HEADING, digits(label, name) if label else digits(name)
    for value in {str(entry.get("display") or ""), str(entry.get("value") or "")}:
        yield "Value", digits(value)
        yield "Value", digits(value, unit)
    if entry.get("code"):
        yield HEADING, digits(str(entry["code"]))
    yield "From", digits(str(entry.get("origin") or ""))
    for key in ("precision", "kind", "formula", "note", "quotation"):
        yield key.capitalize(), digits(str(entry.get(key) or ""))
    operands = entry.get("operands") or [{"id": id} for id in entry.get("inputs") or []]
    yield (
        "Computed from",
        digits(*(str(each.get(key) or "") for each in operands for key in ("amount", "label", "id"))),
    )
    source = entry.get("source") or {}
    key = str(source.get("key") or "")
    year = site.works.year(key) if key else ""
    places = [text for pair in _pairs(entry) for text in pair]
    document = str((ledger.get("document") or {}).get("key") or "")
    if document == key:
        yield "Source", digits(*places)
    elif document:
        yield "Source", digits(*places, year)
    else:
        yield "Source", digits(year, *places)
        yield "Source", digits(str(source.get("citation") or ""), *places)
    defined = entry.get("defined") or {}
    path, cell, line = (str(defined.get(key) or "") for key in ("path", "cell", "line"))
    yield "Defined in", digits(path, cell or line)
    for form in _used(entry, site):
        yield "Used in", form


def _raised(part: Element) -> str:
    """Return a formula as a page shows it, its exponents between `^`."""
    part = copy.deepcopy(part)
    for raised in part.iter("sup"):
        raised.text = f"^{raised.text or ''}^"
    return text_of(part)


def _pairs(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    stated = entry.get("stated") or []
    for index, locator in enumerate(entry.get("locators") or []):
        yield str(locator), str(stated[index]) if index < len(stated) else ""


def _used(entry: Mapping[str, Any], site: Site) -> Iterator[Sequence[Any]]:
    """Give the forms of the list of uses: page by page, the page's name or title before what it shows."""
    pages: dict[str, list[str]] = {}
    for use in entry.get("used") or []:
        if use.get("anchor"):
            pages.setdefault(str(use["page"]), []).append(str(use.get("shown") or entry["id"]))
    stems = {page: re.sub(r"^\d+-", "", PurePosixPath(page).stem) for page in pages}
    titles = {page: (label.words if (label := site.label(page, "")) else "") for page in pages}
    numbers = {page: (label.number if (label := site.label(page, "")) else "") for page in pages}
    yield digits(*(text for page, shown in pages.items() for text in (stems[page], *shown)))
    yield digits(*(text for page, shown in pages.items() for text in (titles[page], *shown)))
    yield digits(*(text for page, shown in pages.items() for text in (numbers[page], titles[page], *shown)))
    for page, shown in pages.items():
        for name in ("", stems[page], titles[page], f"{numbers[page]} {titles[page]}"):
            yield digits(name, *shown)
    for shown in pages.values():
        for text in shown:
            yield digits(text)


def _finding_fields(finding: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[Any]]]:
    """Give what a finding's page may show, in the order of its parts; its text is told by paragraphs."""
    yield HEADING, digits(str(finding.get("title") or finding.get("statement") or finding["id"]))
    said = str(finding.get("text") or finding.get("explanation") or "")
    for paragraph in re.split(r"\n\s*\n|\n(?=[-*] )", said):
        yield HEADING, digits(_unmarked(paragraph))
    for term, key in (("Status", "status"), ("Reason", "reason")):
        yield term, digits(str(finding.get(key) or ""))


def _is_bound(node: Element) -> bool:
    """Whether part of a finding is a tie, code, or a sign beside a number."""
    return node.get("data-tie") is not None or node.tag == "code" or is_mark(node)


def _quoted(finding: Mapping[str, Any], entries: Mapping[str, Any]) -> Iterator[str]:
    """Give what a finding may say as others wrote it: remarks, and what the numbers concerned are called."""
    yield from (text for text in finding.get("quoted") or [] if not NUMBER.fullmatch(text))
    for id in finding.get("entries") or []:
        yield from (str(entries.get(id, {}).get(key) or "") for key in ("label", "note"))


def _known(finding: Mapping[str, Any], entries: Mapping[str, Any], site: Site) -> set[str]:
    """Return the numbers of a finding that are no entries: of formulas, of works, of places."""
    known = {text for text in finding.get("quoted") or [] if NUMBER.fullmatch(text)}
    if finding.get("kind") == "reference":
        fields = [site.works.fields.get(key, {}) for key in finding.get("works") or []]
        texts = [str(work.get(name) or "") for work in fields for name in ("year", "date", "doi", "title")]
        for entry in (entries.get(id, {}) for id in finding.get("entries") or []):
            texts += [str(entry.get("period") or ""), *(entry.get("locators") or [])]
        known |= {number for text in texts for number in (*re.findall(r"\d+", text), *NUMBER.findall(text))}
    return known


def _unmarked(text: str) -> str:
    """Return Markdown without the addresses of its links."""
    return re.sub(r"\]\([^)\s]*\)", "]", text)


def _short(text: str) -> str:
    return text if len(text) < 90 else text[:89] + "…"
