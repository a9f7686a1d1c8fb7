"""The data package: facts with their sources, the bibliography, and the text of the source."""

from tieout.data.bibliography import Bibliography, Work
from tieout.data.datapackage import Document, Field, Package, Resource, Row
from tieout.data.fact import TEXT, Fact
from tieout.data.facts import Facts

__all__ = ["TEXT", "Bibliography", "Document", "Fact", "Facts", "Field", "Package", "Resource", "Row", "Work"]
