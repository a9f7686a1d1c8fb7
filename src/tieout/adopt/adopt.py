"""Makes a report of notebooks or of a Quarto book: adds what is missing and touches nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from tieout.adopt import yamlkeys
from tieout.adopt.adoption import Addition, Adoption
from tieout.adopt.folder import copies, documents, nothing, prose
from tieout.adopt.homepage import WRITTEN, existing_home, home_page
from tieout.adopt.jupyterbook import JupyterBook, Listed
from tieout.adopt.letters import language_of
from tieout.adopt.newbook import RULE, SCRIPT, book_of, numbers_itself, scalar, title_of
from tieout.notebooks import Notebook
from tieout.problems import InputError, Problem
from tieout.project import CONFIG, EXTENSION, Project, extension, outdated, parse_yaml
from tieout.suggest.cells import alias_of, import_for, is_python, with_cell
from tieout.update.rewrites import Hunk, Rewrite, moved

FILTER, LEDGER = "tieout", "ledger.qmd"
LEDGER_DIV = ".tieout-ledger"
CELL = "#| include: false\n{}"
PAGE = f"---\ntitle: Ledger\n---\n\n::: {{{LEDGER_DIV}}}\n:::\n"
IGNORE = ".gitignore"
IGNORED = ("/.tieout/", "/.quarto/", "**/*.quarto_ipynb", ".ipynb_checkpoints/")


def adopt(target: Path, for_quarto: bool = False) -> Adoption:
    """Return what a folder, or a notebook in its folder, lacks to be a report.

    One notebook alone is the home page of its book; for several one is written that leads to them.

    Parameters
    ----------
    target
        The folder, or the notebook.
    for_quarto
        Whether Quarto is to make the book too, which asks for a home page of the name `index` in any case.

    Raises
    ------
    InputError
        There is no such thing, it holds no notebook, or its `_quarto.yml` is not that of a project.
    """
    target = target.absolute()
    if not target.exists():
        raise InputError("does not exist", "name a folder with notebooks, or a notebook", path=str(target))
    if target.is_file() and target.suffix != ".ipynb":
        raise InputError("is no notebook", "name a folder with notebooks, or a notebook", path=str(target))
    root = target if target.is_dir() else target.parent
    only = None if target.is_dir() else target.name
    plan = _Plan(root, for_quarto)
    if (root / CONFIG).is_file():
        names = plan.known_book(only)
    else:
        known = None if only else JupyterBook.read(root)
        there = (name for name in documents(root) if name != LEDGER or not _is_ledger(root / name))
        found = [only] if only else list(there)
        if not only and not (known and known.files):
            found = list(plan.readable(plan.without_copies(found)))
        names = plan.new_book(found, known)
    plan.extension()
    plan.imports(names)
    plan.ignored()
    return Adoption(root, tuple(plan.additions), tuple(plan.rewrites), tuple(plan.problems))


@dataclass
class _Plan:
    """The plan while it is made."""

    root: Path
    for_quarto: bool = False
    additions: list[Addition] = field(default_factory=list)
    rewrites: list[Rewrite] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    output: str = "_site"
    has_home: bool = True

    def new_book(self, names: list[str], known: JupyterBook | None = None) -> list[str]:
        """Plan a book of chapters in this order, or as a Jupyter Book lists them; return its notebooks."""
        listed = [Listed(name) for name in names]
        if known is not None and known.files:
            listed, names = known.files, [each.file for each in known.files]
            self.problems += known.problems
        if not (any(name.endswith(".ipynb") for name in names) or (known and known.files)):
            raise InputError(*nothing(self.root), path=str(self.root), rule="adopt")
        home = existing_home(self.root)
        own = [each for each in listed if each.file != home]
        self.has_home = bool(home) or len(own) > 1 or self.for_quarto
        chapters = [Listed(home or WRITTEN), *own] if self.has_home else own
        works = (known.bibliography if known else ()) or sorted(path.name for path in self.root.glob("*.bib"))
        title, author = (known.title, known.author) if known else (None, None)
        ledger = self._ledger()
        words = prose(self.root, names)
        lang, numbered = language_of(words), not numbers_itself(words)
        called = title or title_of(self.root, names)
        text = book_of(
            chapters,
            called,
            author or "Your name",
            lang=lang,
            ledger=ledger,
            works=works,
            numbered=numbered,
        )
        count = f"{len(chapters)} chapters" if self.has_home else "one chapter, its home page"
        whose = f", as {known.source} lists them" if known and known.files else ""
        rest = "" if title and author else "; put its title and author in"
        tongue = f", by its letters in the language `{lang}`" if lang else ""
        plain = "" if numbered else ", without numbers of sections, since its headings have their own"
        self._add(CONFIG, text, f"new: a book of {count}{whose}{tongue}{plain}{rest}")
        if home is None and self.has_home:
            self._add(WRITTEN, home_page(self.root, own, ledger), "new: the home page that a book needs")
        if not (self.root / ledger).exists():
            self._add(ledger, PAGE, "new: the page that numbers lead to")
        return [each.file for each in chapters if each.file.endswith(".ipynb")]

    def without_copies(self, names: Sequence[str]) -> list[str]:
        """Return names without those of copies of others, and say which these are."""
        left = copies(names)
        self.additions += [
            Addition(name, f"left out: by its name a copy of {of}") for name, of in left.items()
        ]
        return [name for name in names if name not in left]

    def readable(self, names: Iterable[str]) -> Iterator[str]:
        """Give the names of notebooks and documents that can be read, and say which are left out."""
        for name in names:
            try:
                if name.endswith(".ipynb"):
                    Notebook.load(self.root / name, self.root)
            except InputError as error:
                told = str(error.problems[0]).removeprefix(f"{name}:")
                self.additions.append(Addition(name, f"left out, since it cannot be read: {told}"))
            else:
                yield name

    def known_book(self, only: str | None) -> list[str]:
        """Plan what a Quarto project lacks; return its notebooks."""
        project = Project.load(self.root)
        self.output = project.output_dir
        text = before = (self.root / CONFIG).read_bytes().decode("utf-8")
        values, _ = parse_yaml(text, CONFIG)
        wanted: list[tuple[tuple[str, ...], str]] = []
        names = [str(chapter.path) for chapter in project.chapters]
        notebooks = [name for name in names if name.endswith(".ipynb")]
        is_book = project.configuration.get("project", "type") == "book"
        if only and only not in names and is_book:
            wanted.append((("book", "chapters"), scalar(only)))
            notebooks.append(only)
        ledger = next((name for name in names if LEDGER_DIV in _text(project, name)), None)
        if is_book and ledger is None:
            ledger = self._ledger()
            if not (self.root / ledger).exists():
                self._add(ledger, PAGE, "new: the page that numbers lead to")
            wanted.append((("book", "appendices"), ledger))
        if is_book and (home := self._home(project, notebooks, ledger or LEDGER)):
            wanted.append((("book", "chapters"), home))
        if FILTER not in map(str, yamlkeys.held(values, ("filters",))):
            wanted.append((("filters",), FILTER))
            if "tieout" not in values:
                text = f"{text.rstrip()}\n\n{RULE}\n"
                self.additions.append(Addition(CONFIG, "`require: none` under `tieout`"))
        for key in ("pre-render", "post-render"):
            if not any("ledger.py" in str(each) for each in yamlkeys.held(values, ("project", key))):
                wanted.append((("project", key), SCRIPT))
        for keys, value in wanted:
            named = ": ".join(keys)
            longer = yamlkeys.with_value(text, keys, value)
            if longer is None:
                what = f"`{value}` belongs under `{named}`, and cannot be added in a line"
                line = project.line_of(*keys)
                self.problems.append(Problem(what, "write it there", path=CONFIG, line=line, rule="adopt"))
                continue
            text = longer
            self.additions.append(Addition(CONFIG, f"`{value}` under `{named}`"))
        if text != before:
            self._rewrite(CONFIG, before, text)
        return notebooks

    def _home(self, project: Project, notebooks: Sequence[str], ledger: str) -> str | None:
        """Return the home page that a known book lacks, planned where none lies there; None for nothing."""
        own = dict.fromkeys(str(each.path) for each in project.chapters if each.kind in ("chapter", "part"))
        own |= dict.fromkeys(notebooks)
        self.has_home = any(each.kind == "index" for each in project.chapters)
        if self.has_home or not (len(own) > 1 or self.for_quarto):
            return None
        self.has_home = True
        home = existing_home(self.root)
        if home is None:
            text = home_page(self.root, map(Listed, own), ledger)
            self._add(WRITTEN, text, "new: the home page that a book needs")
        return home or WRITTEN

    def extension(self) -> None:
        """Plan the extension's files, those that are missing or of another version."""
        missing = [
            path
            for path in sorted(extension().iterdir())
            if path.is_file() and not (self.root / EXTENSION / path.name).exists()
        ]
        if missing:
            what = "new: the extension, so that plain `quarto render` works too"
            if not self.has_home:
                what = (
                    "new: the extension for Quarto, which asks for a home page too; where it is, adopt again"
                )
            self.additions.append(Addition(f"{EXTENSION.as_posix()}/", what))
        old = outdated(self.root)
        if old:
            what = f"renewed: {', '.join(path.name for path in old)}, as this version has them"
            self.additions.append(Addition(f"{EXTENSION.as_posix()}/", what))
        for path in old:
            file = self.root / EXTENSION / path.name
            name = (EXTENSION / path.name).as_posix()
            self.rewrites.append(Rewrite(name, file, file.read_bytes(), path.read_bytes(), ()))
        for path in missing:
            name = (EXTENSION / path.name).as_posix()
            self.rewrites.append(Rewrite(name, self.root / name, None, path.read_bytes(), ()))

    def imports(self, names: Iterable[str]) -> None:
        """Plan the cell that imports Tieout, in the notebooks that have code and no such line."""
        for name in names:
            try:
                notebook = Notebook.load(self.root / name, self.root)
            except InputError as error:  # what the build says too, and leaves out
                self.problems += [replace(each, severity="warning") for each in error.problems]
                continue
            if not notebook.code or not is_python(notebook) or alias_of(notebook) is not None:
                continue
            if notebook.is_older:
                continue
            line, _ = import_for(notebook)
            first = notebook.code[0]
            after = with_cell(notebook, first.index, CELL.format(line), "tieout")
            self.additions.append(Addition(name, f"a cell before {first.name}: `{line}`"))
            hunk = Hunk(notebook.line(first.index), "a new cell", (), tuple(CELL.format(line).split("\n")))
            self.rewrites.append(
                Rewrite(name, self.root / name, (self.root / name).read_bytes(), after.encode(), (hunk,))
            )

    def ignored(self) -> None:
        """Plan a `.gitignore` for what builds leave, where there is none; one that is there stays."""
        path = self.root / IGNORE
        if not self.rewrites:
            return
        if not path.exists():
            text = "\n".join((f"/{self.output}/", f"/{self.output}.*/", *IGNORED, ""))
            self._add(IGNORE, text, "new: what builds leave is not committed")
            return
        lines = {line.strip().strip("/") for line in path.read_text("utf-8", "replace").splitlines()}
        if missing := [f"/{name}/" for name in (self.output, ".tieout") if name not in lines]:
            what = f"stays as it is; add {' and '.join(missing)} to it, which builds leave"
            self.additions.append(Addition(IGNORE, what))

    def _add(self, name: str, text: str, what: str) -> None:
        self.additions.append(Addition(name, what))
        hunk = Hunk(1, "", (), tuple(text.rstrip("\n").split("\n")))
        self.rewrites.append(Rewrite(name, self.root / name, None, text.encode(), (hunk,)))

    def _rewrite(self, name: str, before: str, after: str) -> None:
        hunks = tuple(Hunk(line, "", old, new) for line, old, new in moved(before, after))
        self.rewrites.append(Rewrite(name, self.root / name, before.encode(), after.encode(), hunks))

    def _ledger(self) -> str:
        """Return the name of the page of the ledger: of that which is there, else a free one."""
        return LEDGER if _is_ledger(self.root / LEDGER) else self._free(LEDGER)

    def _free(self, name: str) -> str:
        """Return a name that no file has yet; one that makes a page of a notebook's name is taken too."""
        stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
        taken = {path.stem.casefold() for path in self.root.iterdir()}
        return name if stem not in taken else f"tieout-{stem}{suffix}"


def _text(project: Project, name: str) -> str:
    return project.files.bytes(name).decode("utf-8", errors="replace")


def _is_ledger(path: Path) -> bool:
    return path.is_file() and LEDGER_DIV in path.read_text(encoding="utf-8", errors="replace")
