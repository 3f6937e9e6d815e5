"""Wordings put into the file and taken out of it, as the board does it."""

from __future__ import annotations

from bedside.ingest.wordings import change, read_wordings


def adopt(home, wording):
    """Put a wording in force, in the place of an earlier one of the same statement."""
    change(home, lambda before: (*(each for each in before if each.statement != wording.statement), wording))


def withdraw(home, statement):
    """Take the wording of a statement away; whether there was one."""
    was = any(each.statement == statement for each in read_wordings(home))
    change(home, lambda before: tuple(each for each in before if each.statement != statement))
    return was
