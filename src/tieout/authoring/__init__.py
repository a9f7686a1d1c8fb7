"""What notebooks call: record, assume, relate, table, figure, tree; and what cells then show."""

from tieout.authoring.display import shown
from tieout.authoring.ending import register
from tieout.authoring.kinship import contradiction, improbable
from tieout.authoring.recording import READS, bundle, number, read, text_bundle

__all__ = ["READS", "bundle", "contradiction", "improbable", "number", "read", "shown", "text_bundle"]

register()
