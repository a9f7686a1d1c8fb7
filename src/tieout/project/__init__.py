"""The project as an object: `_quarto.yml`, chapters, headers; and how a new one starts."""

from tieout.project.chapters import Chapter
from tieout.project.configuration import CONFIG, lines_of, parse_yaml, read_text
from tieout.project.frontmatter import FENCE, Places, load_notebook, read_front, source_of, split
from tieout.project.made import MARK, mark, refuse_foreign
from tieout.project.project import Author, Project
from tieout.project.resources import Resources, resources
from tieout.project.shipped import EXTENSION, extension
from tieout.project.yamlstrings import YamlString, strings

__all__ = [
    "CONFIG", "EXTENSION", "FENCE", "MARK", "Author", "Chapter", "Places", "Project", "Resources",
    "YamlString", "extension", "lines_of", "load_notebook", "mark", "parse_yaml", "read_front", "read_text",
    "refuse_foreign", "resources", "source_of", "split", "strings",
]  # fmt: skip
