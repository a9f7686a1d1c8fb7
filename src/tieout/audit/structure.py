"""Numbers that an engine makes: each is counted anew from a page's elements and compared with what it shows.

A section's number is its place among the headings, a figure's its place among the figures, a
cross-reference's and a table of contents' that of what it leads to. So a changed digit is found here too.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tieout import __version__
from tieout.audit.dom import (
    HEADINGS,
    Element,
    classes,
    is_mark,
    target_of,
    text_of,
    titles_of,
)
from tieout.audit.flow import digits, is_numeric, leftover, numbers_in, plain, single_digits
from tieout.audit.labels import LABEL, NUMBER, shows_title
from tieout.audit.page import Mark, Page
from tieout.audit.pages import Site
from tieout.audit.typeset import UNSHOWN
from tieout.audit.wording import reference_words
from tieout.problems import Problem
from tieout.project import described
from tieout.project.frontmatter import read_front
from tieout.project.given import TODAY
from tieout.project.headers import counts_by_chapter, crossref_of, label_styles, styled
from tieout.project.languages import words, written_date

LINK_TEXT = re.compile(r"\[([^\[\]]{4,})\]\(|>([^<>]{4,})<")
LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
PART = re.compile(r"\([A-Za-z]+\)")
CALLOUTS = {"nte", "tip", "wrn", "imp", "cau"}


@dataclass
class Outcome:
    """How many tokens an engine has made on a page, and what is wrong with them."""

    total: int = 0
    wrong: int = 0
    problems: list[Problem] = field(default_factory=list)


def check_structure(site: Site, page: Page, spoken: Collection[str] = ()) -> Outcome:
    """Compare every number that the engine has made with what it should be.

    Parameters
    ----------
    spoken
        The texts of attributes, as the page's source has them.
    """
    return _Structure(site, page, spoken).outcome()


class _Structure:
    def __init__(self, site: Site, page: Page, spoken: Collection[str]) -> None:
        self.site, self.page, self.spoken = site, page, spoken
        self.result = Outcome()
        chapter = next((each for each in site.project.chapters if each.href == page.href), None)
        self.chapter = chapter
        self.number = chapter.number if chapter else None
        shows = chapter is not None and site.project.numbers_sections("html", chapter)
        self.title_number = (self.number or "") if shows else ""
        # Quarto gives a page that is no chapter its sections as they are written, of the first level too.
        other = not site.engine.knows_all and not site.project.kind.is_book
        self.has_top_sections = other and bool(page.tree.xpath("//main//section/h1"))
        self.header = header = read_front(site.project.files, chapter.path).metadata if chapter else {}
        self.styles = label_styles(crossref_of(site.project, header))
        self.before = self.number if counts_by_chapter(header) else None
        self.sections: list[int] = []
        self.counts: dict[str, int] = {}
        self.notes: dict[str, int] = {}
        self.subs: dict[Element, int] = {}
        self.known = self._known()

    def outcome(self) -> Outcome:
        handlers: dict[str, Callable[[Mark], None]] = {
            "heading": self._heading,
            "caption": self._caption,
            "subcaption": self._subcaption,
            "equation": self._equation,
            "reference": self._reference,
            "note": self._note,
            "code note": self._code_note,
            "citation": self._citation,
            "frame": self._frame,
            "page title": self._frame,
            "metadata": self._frame,
            "math": self._math,
            "sign": self._frame,
        }
        for mark in self.page.marks:
            handler = handlers.get(mark.kind, self._attribute)
            handler(mark)
        self._appendix()
        if "references" in self.page.appendices:
            self._references(self.page.appendices["references"])
        for mark in self.page.overlooked:
            self._wrong(
                mark, f"`{mark.text}` stands where no number is looked for", "take it out of the page"
            )
        return self.result

    def _appendix(self) -> None:
        """Look at the letter of an appendix, where its title begins with it as text."""
        if not (self.site.engine.labels_appendices and self.chapter and self.chapter.kind == "appendix"):
            return
        heading = titles_of(self.page.tree)
        label = self.site.label(self.page.href, "")
        if self.title_number and heading and label and label.number != self.number:
            mark = Mark("heading", heading[-1], text_of(heading[-1]), heading[-1].sourceline or 1)
            self._wrong(mark, f"“{mark.text}” is not the appendix {self.number}")

    def _wrong(self, mark: Mark, what: str, hint: str = "build the site anew") -> None:
        count = numbers_in(mark.text)
        self.result.total += count
        self.result.wrong += max(count, 1)
        self.result.problems.append(Problem(what, hint, self.page.href, mark.line, rule="structure"))

    def _expect(self, mark: Mark, wanted: str, name: str) -> None:
        """Count a mark as right where it shows what it should."""
        shown = NUMBER.findall(mark.text)
        if shown == NUMBER.findall(wanted):
            self.result.total += numbers_in(mark.text)
        else:
            self._wrong(mark, f"`{mark.text}` is not {name} {wanted}")

    # Counted

    def _next(self, kind: str) -> str:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        own = styled(self.counts[kind], self.styles.get(kind, "arabic"))
        named = self.chapter is not None and self.chapter.title is not None
        return f"{self.before}.{own}" if self.before and named else own

    def _heading(self, mark: Mark) -> None:
        heading = next(
            (node for node in (mark.element, *mark.element.iterancestors()) if node.tag in HEADINGS), None
        )
        if heading is None:
            self._frame(mark)
            return
        level = int(heading.tag[1])
        if self.has_top_sections and "title" not in classes(heading):
            level += 1
        if level == 1 or "chapter-title" in classes(heading):
            self._expect(mark, self.title_number, "the number of the chapter,")
            return
        depth = level - 1
        del self.sections[depth:]
        self.sections += [0] * (depth - len(self.sections))
        self.sections[depth - 1] += 1
        wanted = ".".join([*([self.before] if self.before else []), *map(str, self.sections)])
        self._expect(mark, wanted, "the number of the section,")

    def _labelled(self, element: Element) -> str:
        """Return the kind of the nearest label around an element: `fig`, `tbl`."""
        for node in (element, *element.iterancestors()):
            match = LABEL.match(node.get("id") or "")
            if match and (node.tag != "figcaption"):
                return match[1]
        return "fig"

    def _caption(self, mark: Mark) -> None:
        self._expect(mark, self._next(self._labelled(mark.element)), "number")

    def _subcaption(self, mark: Mark) -> None:
        floats = [
            node
            for node in mark.element.iterancestors()
            if LABEL.match(node.get("id") or "") and node.tag != "figcaption"
        ]
        outer = floats[1] if len(floats) > 1 else mark.element.getparent()
        self.subs[outer] = self.subs.get(outer, 0) + 1
        wanted = f"({styled(self.subs[outer], self.styles.get('subref', 'alpha a'))})"
        if wanted != mark.text.strip():
            self._wrong(mark, f"`{mark.text}` is not part {wanted}")

    def _equation(self, mark: Mark) -> None:
        self._expect(mark, self._next("eq"), "equation")

    def _note(self, mark: Mark) -> None:
        target = mark.element.get("href") or ""
        number = self.notes.setdefault(target, len(self.notes) + 1)
        self._expect(mark, str(number), "note")

    def _code_note(self, mark: Mark) -> None:
        """Look for what is said of a line of code, which has the number of its button."""
        cell = mark.element.get("data-target-cell") or ""
        path = "//*[@data-code-cell=$cell and @data-code-annotation=$number]"
        if self.page.tree.xpath(path, cell=cell, number=mark.text):
            self.result.total += numbers_in(mark.text)
        else:
            self._wrong(mark, f"nothing is said of the line of code with the number {mark.text}")

    def _math(self, mark: Mark) -> None:
        """Formulas are compared by their TeX; the digits that readers see must be those of the TeX.

        Lengths, colours, labels and tags of TeX show none of theirs.
        """
        note = mark.element.xpath(".//*[local-name()='annotation']")
        tex, _ = self.site.engine.number_in(plain(note[0].text or "") if note else "")
        shown, written = Counter(single_digits(mark.text)), Counter(single_digits(tex))
        if shown - written or Counter(single_digits(UNSHOWN.sub("", tex))) - shown:
            self._wrong(mark, f"the formula shows `{mark.text}` for `{plain(tex)}`")

    # Leading somewhere

    def _reference(self, mark: Mark) -> None:
        target = target_of(self.page.href, mark.element.get("href"))
        label = self.site.label(*target) if target else None
        if target is None or label is None:
            self._wrong(mark, f"the cross-reference `{mark.text}` leads nowhere", "correct its label")
        elif self.site.engine.names_sections and not self.title_number and shows_title(mark, label):
            self.result.total += numbers_in(mark.text)
        elif label.number:
            own = NUMBER.findall(label.number) + PART.findall(label.number)
            if NUMBER.findall(mark.text) + PART.findall(mark.text) == own:
                self.result.total += numbers_in(mark.text)
            else:
                self._wrong(mark, f"the cross-reference `{mark.text}` leads to number {label.number}")
        elif digits(mark.text) == digits(label.words) or (self.site.engine.names_sections and label.words):
            self.result.total += numbers_in(mark.text)  # Quarto counts sections that show no number, too
        else:
            self._wrong(mark, f"the cross-reference `{mark.text}` leads to “{label.words}”")

    def _frame(self, mark: Mark) -> None:
        if not is_numeric(mark.text):
            return
        link = mark.element if mark.element.tag == "a" else next(mark.element.iterancestors("a"), None)
        target = target_of(self.page.href, link.get("href")) if link is not None else None
        label = self.site.label(*target) if target else None
        if label and digits(mark.text) in (digits(label.number, label.words), digits(label.words)):
            self.result.total += numbers_in(mark.text)
            return
        if label and digits(mark.text) == digits(label.number) and mark.element is not link:
            self.result.total += numbers_in(mark.text)
            return
        if mark.element.tag == "nav" or mark.element.xpath(".//a[@href]"):
            for anchor in mark.element.iter("a"):
                self._frame(Mark("frame", anchor, text_of(anchor), anchor.sourceline or mark.line))
            rest = text_of(mark.element, lambda node: node.tag == "a")
            mark = Mark(mark.kind, mark.element, rest, mark.line)
            if not is_numeric(rest):
                return
        self._explained(mark, self.known)

    def _explained(self, mark: Mark, known: Sequence[str]) -> None:
        rest = leftover(mark.text, known)
        if is_numeric(rest):
            what = f"`{mark.text}` has a number that nothing explains"
            hint = "build the site anew; around the text only the book's own title, date and chapters stand"
            self._wrong(mark, f"{mark.kind}: {what}", hint)
        else:
            self.result.total += numbers_in(mark.text)

    def _attribute(self, mark: Mark) -> None:
        """Texts of attributes may say again what the element, its caption or its picture says."""
        if mark.text in self.spoken:
            self.result.total += numbers_in(mark.text)
            return
        element = mark.element
        name = mark.kind.removeprefix("attribute ")
        own = [text_of(element)]
        own += [node.get("alt") or "" for node in element.iter("img") if node is not element or name != "alt"]
        around = [element, *element.iterdescendants(), *list(element.iterancestors())[:3]]
        for node in around:
            if isinstance(node.tag, str) and (node.tag in ("figcaption", "caption") or node.tag in HEADINGS):
                own += [text_of(node), text_of(node, is_mark)]
        own += [text for node in around if isinstance(node.tag, str) for text in _captions(node)]
        if any(digits(mark.text) == digits(text) for text in own if text):
            self.result.total += numbers_in(mark.text)
            return
        self._explained(mark, [*self.known, *own])

    # Works cited

    def _citation(self, mark: Mark) -> None:
        """Look at where a citation leads; what it says is compared beside its source."""
        keys = mark.element.get("data-cites").split()
        for link in mark.element.iter("a"):
            target = target_of(self.page.href, link.get("href"))
            if target and target[1].startswith("ref-") and target[1].removeprefix("ref-") not in keys:
                self._wrong(mark, f"the citation `{mark.text}` leads to `{target[1]}`")

    def _references(self, element: Element) -> None:
        for entry in element.iter("div"):
            name = entry.get("id") or ""
            if name.startswith("ref-"):
                text = text_of(entry)
                mark = Mark("reference list", entry, text, entry.sourceline or 1)
                key = name.removeprefix("ref-")
                wrong = self.site.works.difference(key, text)
                if wrong is None:
                    said = next(reference_words(entry, self.site.works.fields.get(key, {})), None)
                    wrong = f"the entry of {key} {said}" if said else None
                if wrong:
                    self._wrong(mark, wrong, "correct the bibliography or build the site anew")
                else:
                    self.result.total += numbers_in(text)

    def _known(self) -> list[str]:
        project = self.site.project
        texts = list(_strings(project.configuration.get(project.kind.section, default={})))
        over = project.option("html", "toc-title")
        texts += [str(each) for each in (project.title, project.subtitle, project.description, over) if each]
        own = ("author", "authors", "affiliations", "date", "doi", "description", "keywords", "categories")
        texts += [text for key in own for text in _strings(self.header.get(key))]
        if set(TODAY) & set(texts):  # the day of the build, whichever that was
            texts += [text_of(node) for node in self.page.tree.iter("p") if "date" in classes(node)]
        dates = [date for date in (project.date, *map(str, texts)) if date]
        texts += [form for date in dates for form in date_forms(date, project.lang)]
        label = self.site.label(self.page.href, "")
        if label:
            texts += [label.words, f"{label.number} {label.words}"]
        # The text of the chapter is compared with its source, and so is a formula in its title.
        formal = [node for node in titles_of(self.page.tree) if node.find(".//annotation") is not None]
        texts += map(_with_tex, formal)
        texts += [described.citation(project), described.edition(project)]
        said = words(str(self.header.get("lang") or project.lang)).values()
        texts += [each for each in said if is_numeric(each)]  # 上一页, the page before, has a one in it
        # A footer in Markdown: its links say what they lead to, and stand apart from its words.
        linked = [text for text in texts if "](" in text]
        texts += [LINK.sub(words_of, text) for text in linked for words_of in ("", r"\1")]
        parts = [chapter.part for chapter in project.chapters if chapter.part]
        front = [value for value in (self.chapter.title if self.chapter else None,) if value]
        return [*texts, *parts, *front, *self.site.titles, f"Tieout {__version__}", f"tieout {__version__}"]


def _with_tex(heading: Element) -> str:
    """Return the words of a heading as titles say them: TeX stands in place of the signs of a formula."""
    parts = [heading.text or ""]
    for child in heading:
        if child.tag == "math":
            parts += [each.text or "" for each in child.iter("annotation")]
        elif isinstance(child.tag, str) and not is_mark(child):
            parts.append(_with_tex(child))
        parts.append(child.tail or "")
    return plain("".join(parts))


def _captions(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in ("figcaption", "caption"):
            yield from (text_of(child), text_of(child, is_mark))


def date_forms(date: str, lang: str = "en") -> Iterator[str]:
    """Give the forms in which an engine may write an ISO date, those of a language among them."""
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError:
        return
    yield from (
        date,
        date.replace("-", "/"),
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}",
    )
    yield from (f"{day:%b} {day.day}, {day.year}", f"{day:%B} {day.year}")
    yield written_date(day, lang)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key not in ("chapters", "appendices"):
                yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str) and len(value) > 3:
        yield value
        yield from (words for found in LINK_TEXT.findall(value) for words in found if words)
    elif isinstance(value, datetime.date):
        yield value.isoformat()
