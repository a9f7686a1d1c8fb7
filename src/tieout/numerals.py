"""Displayed numbers, in all their forms: find them in text, read them, compare them with quantities, write them."""

from __future__ import annotations

from tieout.agreement import agrees, contradiction, qualifier
from tieout.numberfind import Token, find
from tieout.numberformat import format
from tieout.numberparse import Figure, Shown, parse, readings

__all__ = [
    "Figure",
    "Shown",
    "Token",
    "agrees",
    "contradiction",
    "find",
    "format",
    "parse",
    "qualifier",
    "readings",
]
