"""What strangers write, made safe to publish: allow-lists of elements, attributes, addresses and styles."""

from tieout.harmless.addresses import follows, is_kept
from tieout.harmless.drawings import Drawing, clean_drawing
from tieout.harmless.pages import Cleaned, clean_page, listed
from tieout.harmless.tones import toned, untoned

__all__ = [
    "Cleaned",
    "Drawing",
    "clean_drawing",
    "clean_page",
    "follows",
    "is_kept",
    "listed",
    "toned",
    "untoned",
]
