"""Notebooks as files, what must be true of their outputs, and how they are run."""

from tieout.notebooks.canonical import joined
from tieout.notebooks.gate import RUN_AGAIN, gate, label_of, pretty, records, stored_pictures, unchecked
from tieout.notebooks.heads import Head
from tieout.notebooks.kernel import SESSION
from tieout.notebooks.magics import without_magics
from tieout.notebooks.notebook import (
    ENTRY,
    MARKDOWN,
    NARROW,
    PLAIN,
    RELATION,
    SPOKEN,
    SVG,
    VEGALITE,
    Cell,
    Notebook,
    charts_of,
)
from tieout.notebooks.older import RENEWED
from tieout.notebooks.rawcells import raw_form, raw_type
from tieout.notebooks.showing import tied_instead
from tieout.notebooks.tags import tagged

__all__ = [
    "ENTRY", "MARKDOWN", "NARROW", "PLAIN", "RELATION", "RENEWED", "RUN_AGAIN", "SESSION", "SPOKEN", "SVG",
    "VEGALITE", "Cell", "Head", "Notebook", "charts_of", "gate", "joined", "label_of", "pretty",
    "raw_form", "raw_type", "records", "stored_pictures", "tagged", "tied_instead", "unchecked",
    "without_magics",
]  # fmt: skip
