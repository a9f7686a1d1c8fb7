"""What notebooks call: record, assume, relate, table, figure, tree; and what cells then show."""

from tieout.authoring.display import shown
from tieout.authoring.ending import register
from tieout.authoring.recording import bundle, number, read

__all__ = ["bundle", "number", "read", "shown"]

register()
