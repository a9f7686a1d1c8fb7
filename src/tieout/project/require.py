"""What `tieout: require:` asks for: a tie for all numbers, for those that say results, or for none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast, get_args

from tieout.problems import InputError
from tieout.project.configuration import Configuration

Require = Literal["all", "results", "none"]
ALL: Require = "all"
NONE: Require = "none"
HINT = "write `require: all`, `results` or `none` under `tieout:`"


def project_require(config: Configuration) -> Require | None:
    """Return what a project asks for, None where it does not say.

    Raises
    ------
    InputError
        It says something else.
    """
    given = _given(config.values)
    if given is None or given in get_args(Require):
        return cast(Require | None, given)
    raise config.error(f"`tieout.require` cannot be `{given}`", HINT, "tieout", "require")


def chapter_require(header: Mapping[str, Any], name: str) -> Require | None:
    """Return what a chapter's header asks for, None where it does not say.

    Raises
    ------
    InputError
        It says something else.
    """
    given = _given(header)
    if given is None or given in get_args(Require):
        return cast(Require | None, given)
    raise InputError(f"`tieout.require` cannot be `{given}`", HINT, path=name, line=1, rule="config")


def _given(values: Mapping[str, Any]) -> Any:
    own = values.get("tieout")
    return own.get("require") if isinstance(own, Mapping) else None
