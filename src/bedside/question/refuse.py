"""Refuse: what cannot be read as a question is turned away before anything else looks at it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bedside.errors import InputRefused
from bedside.facts.case import Told

LIMIT = 100_000
"""Characters of the longest question that is read: a long chart, far above any question."""

_WANTED = "Give the question as plain text in UTF-8."
_KEPT_CONTROLS = frozenset("\t\n\r\f\v\x1c\x1d\x1e\x1f\x85")
_HIDING = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def readable(data: bytes | str, limit: int = LIMIT) -> str:
    """The text of *data*, fit to be read: UTF-8, not blank, at most *limit* characters.

    Characters that show nothing and can hide or reorder words (zero-width, direction marks, tags) are taken out, so
    that what is read is what a person sees. Raises InputRefused, never anything else, for any bytes.
    """
    text = _decoded(data, limit)
    if len(text) > limit:
        raise InputRefused(
            f"The question has {len(text)} characters; at most {limit} are read.",
            "Leave out what does not belong to the question, such as other people's records or long attachments.",
        )
    _refuse_binary(text)
    shown = _HIDING.sub("", text)
    if not any(unicodedata.category(character)[0] not in "ZC" for character in shown):
        raise InputRefused("The question is empty.", "Write a question, for example: Is a B12 of 268 pg/mL low?")
    return shown


def readable_turns(told: Sequence[Told], limit: int = LIMIT) -> tuple[Told, ...]:
    """The turns of a thread as they can be read: together no longer than the limit. The first has words, each later one
    words or facts set by hand. Raises InputRefused."""
    if len(told) > 1:
        readable("\n".join(each.text for each in told), limit)
    turns = tuple(
        replace(each, text=readable(each.text, limit)) if each.text.strip() or not each.edits or place == 0 else each
        for place, each in enumerate(told)
    )
    return turns or (Told(readable("", limit)),)


def _decoded(data: bytes | str, limit: int) -> str:
    """The characters of *data*; bytes far over the limit are turned away before they are decoded."""
    if isinstance(data, str):
        return data
    if len(data) > 4 * limit + 4:  # UTF-8 takes at most four bytes a character
        raise InputRefused(
            f"The question has more than {limit} characters, which is the most that is read.",
            "Leave out what does not belong to the question, such as other people's records or long attachments.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused(f"The question is not text: byte {error.start} is not UTF-8.", _WANTED) from error


def _refuse_binary(text: str) -> None:
    """Turn away NUL and other control characters, and halves of surrogate pairs, with the place of the first."""
    for place, character in enumerate(text):
        category = unicodedata.category(character)
        if (category == "Cc" and character not in _KEPT_CONTROLS) or category == "Cs":
            raise InputRefused(
                f"The question is not text: character {place} is the control character U+{ord(character):04X}.", _WANTED
            )
