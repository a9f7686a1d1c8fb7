"""Everything that a command reads, loaded once and handed down."""

from tieout.workspace.once import Once
from tieout.workspace.workspace import Workspace

__all__ = ["Once", "Workspace"]
