"""The project as an object: `_quarto.yml`, chapters, headers; and how a new one starts."""

from tieout.project import described
from tieout.project.chapters import Chapter
from tieout.project.configuration import CONFIG, lines_of, parse_yaml
from tieout.project.files import Files, decoded, read_text
from tieout.project.frontmatter import FENCE, read_front, split
from tieout.project.made import MARK, mark, refuse_foreign
from tieout.project.misread import misread
from tieout.project.project import OURS, Author, Project
from tieout.project.require import ALL, NONE, Require
from tieout.project.resources import Resources, resources
from tieout.project.shipped import EXTENSION, assets, extension, page_template, vega
from tieout.project.yamlstrings import YamlString, strings

__all__ = [
    "ALL", "CONFIG", "EXTENSION", "FENCE", "MARK", "NONE", "OURS", "Author", "Chapter", "Files", "Project",
    "Require", "Resources", "YamlString", "assets", "decoded", "described", "extension", "lines_of", "mark",
    "misread", "page_template", "parse_yaml", "read_front", "read_text", "refuse_foreign", "resources",
    "split", "strings", "vega",
]  # fmt: skip
