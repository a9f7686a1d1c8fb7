"""The project as an object: `_quarto.yml`, chapters, headers; and how a new one starts."""

from tieout.project import described, readable, taken
from tieout.project.chapters import Chapter
from tieout.project.configuration import CONFIG, lines_of, parse_yaml
from tieout.project.document import is_document
from tieout.project.files import Files, decoded, read_text
from tieout.project.frontmatter import FENCE, folder_metadata, for_pages, merged, read_front, split
from tieout.project.given import NOBODY, OURS, Author
from tieout.project.kinds import BOOK, DEFAULT, DOCUMENT, WEBSITE, Kind
from tieout.project.leading import leading
from tieout.project.made import MARK, mark, refuse_foreign
from tieout.project.misread import misread
from tieout.project.pages import HOME, Item
from tieout.project.project import Project
from tieout.project.require import ALL, NONE, Require
from tieout.project.resources import Resources, resources
from tieout.project.shipped import (
    EXTENSION,
    assets,
    extension,
    interface,
    outdated,
    page_template,
    say,
    vega,
)
from tieout.project.usual import usual_of_cells
from tieout.project.yamlstrings import YamlString, strings

__all__ = [
    "ALL", "BOOK", "CONFIG", "DEFAULT", "DOCUMENT", "EXTENSION", "FENCE", "HOME", "MARK", "NOBODY", "NONE",
    "OURS",
    "WEBSITE", "Author", "Chapter", "Files", "Item", "Kind", "Project", "Require", "Resources",
    "YamlString", "assets", "decoded", "described", "extension", "folder_metadata",
    "for_pages", "interface", "is_document", "leading", "lines_of", "mark", "merged", "misread", "outdated",
    "page_template",
    "parse_yaml", "read_front", "read_text", "readable", "refuse_foreign", "resources", "say", "split",
    "strings", "taken", "usual_of_cells", "vega",
]  # fmt: skip
