"""The machine: which paths belong to a project, files written in one step, temporary folders, processes."""

from tieout.machine.limits import Limits
from tieout.machine.paths import inside, stays
from tieout.machine.processes import Ran, TooMuch, interruptible, kept, run
from tieout.machine.scratch import held, is_abandoned, scratch
from tieout.machine.standing import Standing
from tieout.machine.writing import write

__all__ = [
    "Limits", "Ran", "Standing", "TooMuch", "held", "inside", "interruptible", "is_abandoned", "kept", "run",
    "scratch", "stays", "write",
]  # fmt: skip
