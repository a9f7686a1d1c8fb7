"""Words and links of the generated pages: references, ledger and findings say what they come from.

Digits are compared elsewhere; here spaces, punctuation and the case of letters make no difference.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tieout.audit.dom import Element, is_mark, target_of, text_of
from tieout.audit.flow import is_numeric
from tieout.project import interface, say

EXPONENT = re.compile(r"\^(?:\(([^()^]+)\)|(\d+))")  # pages raise it
SIGNS = re.compile(r"[^\w×÷+−=<>±√]+")
PARTICLES = re.compile(r"^(?:[^\W\d_A-Z][\w'’]* )+(?=\w)")
TERMS = ("precision", "kind", "note")
STATED = ("status", "reason")
CONCERNED = ("What it concerns",)  # the term of a finding that lists them
FOUND = ("Findings", "About its reference")  # the terms of an entry that list the findings that concern it
STATUS = {"expected": "known, and looked into", "new": "new, and not looked into yet"}  # as readers are told


def entry_words(element: Element, entry: Mapping[str, Any], href: str, lang: str) -> Iterator[str]:
    """Give in words what an entry of the ledger's page says or leads to, and the ledger has otherwise."""
    name = str(entry["id"])
    yield from _heading(element, f"{entry.get('label') or ''} {name}", name)
    for term, description in _terms(element, lang):
        wanted = str(entry.get(term) or "")
        wanted = say(lang, wanted) if term == "kind" else wanted
        if term in TERMS and _plain(text_of(description)) != _plain(wanted):
            yield f"its {term} is “{entry.get(term) or ''}”, not “{text_of(description)}”"
        if term == "source":
            key = str((entry.get("source") or {}).get("key") or "")
            for cited in description.iter("span"):
                if cited.get("data-cites") and cited.get("data-cites") != key:
                    yield f"its source is {key}, not {cited.get('data-cites')}"
            for link in description.iter("a"):
                target = target_of(href, link.get("href"))
                if target and target[1].startswith("ref-") and target[1] != f"ref-{key}":
                    yield f"its source leads to `{target[1]}`"
    yield from _named_links(element, href)


def finding_words(element: Element, finding: Mapping[str, Any], href: str, lang: str) -> Iterator[str]:
    """Give in words what a finding's part of its page says or leads to, and the ledger has otherwise."""
    yield from _heading(element, str(finding.get("title") or ""), str(finding["id"]))
    said = re.sub(r"\]\([^)\s]*\)", "]", str(finding.get("text") or ""))
    shown = " ".join(text_of(node) for node in element if node.tag in ("p", "ul", "ol"))
    if said and _plain(shown) != _plain(said):
        yield "its text is another one"
    for term, description in _terms(element, lang):
        wanted = str(finding.get(term) or "")
        wanted = say(lang, STATUS.get(wanted, wanted)) if term == "status" else wanted
        if term in STATED and _plain(text_of(description)) != _plain(wanted):
            yield f"its {term} is “{wanted}”, not “{text_of(description)}”"
    yield from _named_links(element, href)


def links_under(element: Element, terms: Sequence[str], lang: str) -> Iterator[Element]:
    """Give the links under terms of a finding or an entry, in order."""
    wanted = [term.casefold() for term in terms]
    for term, description in _terms(element, lang):
        if term in wanted:
            yield from description.iter("a")


def told_of(entry: Mapping[str, Any]) -> Iterator[str]:
    """Give what a finding may say of a number that it concerns: its label, else its id, and its value.

    A unit follows where the value does not say it; words that the label has said stand there once.
    """
    label = str(entry.get("label") or entry["id"])
    value = str(entry.get("display") or entry.get("value") or "")
    yield f"{label}: {value}"
    if entry.get("unit_name"):
        yield f"{label}: {value} {entry['unit_name']}"
    if value.casefold() in label.casefold() and not is_numeric(value):
        yield label


def reference_words(element: Element, work: Mapping[str, str]) -> Iterator[str]:
    """Give in words what an entry of the references shows or leads to otherwise than the bibliography."""
    shown = _plain(text_of(element))
    title = work.get("title") or work.get("note", "")
    if title and "\\" not in title and "$" not in title and _plain(title) not in shown:
        yield f"lacks the title “{title.replace('{', '').replace('}', '')}”"
    people = work.get("author") or work.get("editor") or ""
    first = people.replace("{", "").replace("}", "").split(",")[0]
    parts = PARTICLES.sub("", first), first  # *van de Schoot* may stand as *Schoot, R. van de*
    if "," in people and "\\" not in first and not any(_plain(each) in shown for each in parts):
        yield f"lacks the name {first}"
    doi = (work.get("doi") or "").removeprefix("https://doi.org/")
    known = {_address(value) for value in (f"https://doi.org/{doi}", *work.values())}
    for link in element.iter("a"):
        address = urllib.parse.unquote(link.get("href") or "")
        of_archive = bool(work.get("eprint")) and address.endswith(work["eprint"])
        if target_of("", address) is None and _address(address) not in known and not of_archive:
            yield f"leads to {address}"


def _address(text: str) -> str:
    """Return an address as it is compared: a bibliography may have it encoded, and a sign escaped."""
    return urllib.parse.unquote(text).replace("\\", "").replace("/?", "?").casefold()


def _heading(element: Element, wanted: str, name: str) -> Iterator[str]:
    found = next((node for node in element.iter("h1", "h2", "h3", "h4", "h5", "h6")), None)
    shown = text_of(found, is_mark) if found is not None else ""
    if wanted.strip() and shown and _plain(shown) not in (_plain(wanted), _plain(name)):
        yield f"its heading is “{wanted}”, not “{shown}”"


def _terms(element: Element, lang: str) -> Iterator[tuple[str, Element]]:
    for term in element.iter("dt"):
        description = term.getnext()
        if description is not None and description.tag == "dd":
            yield english(text_of(term), lang).casefold(), description


def english(term: str, lang: str) -> str:
    """Return the English name of a term of the generated pages."""
    return next((name for name, said in interface(lang).items() if said == term), term)


def _named_links(element: Element, href: str) -> Iterator[str]:
    """Give the links whose text is an id, and that lead to another."""
    for link in element.iter("a"):
        target = target_of(href, link.get("href"))
        code = [node for node in link if node.tag == "code"]
        if target and len(code) == 1 and text_of(code[0]) != target[1]:
            yield f"the link `{text_of(code[0])}` leads to `{target[1]}`"


def _plain(text: str) -> str:
    return SIGNS.sub("", text.replace("_", "")).casefold()
