"""How a book cites: which works all its chapters know, in which order, and where the list of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tieout.project import Chapter
from tieout.render import bibliography
from tieout.render.bibliography import is_list_of_works
from tieout.render.draft import Draft, Setting
from tieout.render.tree import Node, nodes, retarget


@dataclass(frozen=True)
class Citing:
    """The plan of citations for a book.

    Parameters
    ----------
    works
        Everything that can be cited.
    order
        What is cited or named by `nocite`, in the book's order.
    in_order
        Whether the style counts works as they are cited.
    page
        The page with `::: {#refs}`, if there is one.
    last
        The book's last page.
    """

    works: bibliography.Works
    order: tuple[str, ...]
    in_order: bool
    page: str | None
    last: str

    @classmethod
    def of(
        cls, setting: Setting, works: bibliography.Works, drafts: Sequence[Draft], in_order: bool
    ) -> Citing:
        """Gather the plan from the first pass, and from the ledger, whose page cites its sources."""
        first = [key for draft in drafts for key in draft.cited]
        headers = [draft.source.metadata.get("nocite") for draft in drafts]
        given = " ".join(
            str(item) for item in [setting.project.configuration.get("nocite"), *headers] if item
        )
        rest = bibliography.ledger_keys(setting.ledger) | {word.strip("@,;[]") for word in given.split()}
        if "@*" in given:
            rest |= works.keys
        order = [key for key in dict.fromkeys([*first, *sorted(rest)]) if key in works.keys]
        page = next((draft.chapter.href for draft in drafts if draft.lists_works), None)
        return cls(works, tuple(order), in_order, page, drafts[-1].chapter.href)

    def concerns(self, one: Draft, words: Mapping[str, str]) -> bool:
        """Whether a chapter cites or lists works; citeproc takes its time though it finds nothing."""
        references = {key for key in one.cited if f"{key.partition('-')[0].lower()}-prefix" in words}
        cites = not set(one.cited) <= references - self.works.keys
        at_end = one.form == "typst" and not self.page and one.chapter.href == self.last
        return cites or one.lists_works or one.is_filled or at_end

    def prepare(self, meta: dict[str, Node]) -> list[Node]:
        """Make the whole book's works known to one chapter, so that all chapters disambiguate alike.

        They go into its metadata, or into what is returned to stand before its blocks.
        """
        if self.in_order:
            return [bibliography.hidden(self.order)]
        meta["nocite"] = bibliography.nocite(self.order)
        return []

    def options(self, setting: Setting, csl_json: Path, style: Path) -> list[str]:
        """Return pandoc's options that cite."""
        if not setting.project.bibliography:
            return []
        return ["--citeproc", "--bibliography", str(csl_json), "--csl", str(style)]

    def finish(
        self, ast: Node, chapter: Chapter, form: str, own: Iterable[str], suppressed: bool = False
    ) -> None:
        """Leave the list of works where it belongs, in place.

        It stands on its page; without one each page of the site has its own works, the PDF all at its end.
        Where it is suppressed, what leads to a work is text.
        """
        if suppressed:
            ast["blocks"] = [block for block in ast["blocks"] if not is_list_of_works(block)]
            retarget(ast["blocks"], lambda url, _: None if url.startswith("#ref-") else url)
            return
        if self.page == chapter.href:
            return
        if self.page:
            keys: Iterable[str] = ()
        elif form == "html":
            keys = [*own, *_linked(ast["blocks"])]  # the ledger's own citations are links by now
        else:
            keys = self.order if chapter.href == self.last else ()
        keep = {f"ref-{key}" for key in keys}
        for node in nodes(ast["blocks"], "Div"):
            if is_list_of_works(node):
                node["c"][1] = [block for block in node["c"][1] if block["c"][0][0] in keep]
        ast["blocks"] = [
            block for block in ast["blocks"] if not (is_list_of_works(block) and not block["c"][1])
        ]


def _linked(blocks: list[Node]) -> Iterator[str]:
    """Give the keys of works that links lead to."""
    for node in nodes(blocks, "Link"):
        if node["c"][2][0].startswith("#ref-"):
            yield node["c"][2][0].removeprefix("#ref-")
