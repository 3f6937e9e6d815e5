"""Whole numbers that come in forms and addresses."""

from __future__ import annotations


def whole(written: str, digits: int = 9) -> int:
    """The number that is written in at most so many *digits*; -1 for what is none."""
    good = written.isascii() and written.isdecimal() and len(written) <= digits
    return int(written) if good else -1
