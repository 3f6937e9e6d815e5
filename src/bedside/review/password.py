"""The password policy: long enough, and not one that everybody tries first. Nothing else (after NIST SP 800-63B).

No kinds of characters are demanded and no password grows old: both make people choose worse ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from bedside.errors import ReviewRefused

SHORTEST = 12
"""Characters, after normalisation."""
LONGEST = 1_000
"""Characters as typed, and bytes in UTF-8 after normalisation."""

_REMEDY = "Four or five words that do not belong together are easy to keep in mind."
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)
_LOOKS_LIKE = str.maketrans("0134578@$!|", "oieastbasii")
_SHORTEST_OWN = 3
_SHORTEST_RUN = 3
_WORDS = """
    access account admin administrator andrew angel apple april august autumn baby banana baseball basketball batman
    bedside blue board bonjour buster butterfly changeme charlie cheese chelsea chocolate clinic company computer
    cookie december default diamond doctor donald dragon editor family february flower football forever freedom friday
    friend george ginger guest hallo hammer hannah harley health heaven hello hockey hospital hunter iloveyou internet
    january jennifer jessica jesus jordan july june killer letmein liverpool login love lovely maggie manager march
    master matrix maverick medical medicine merlin michael mickey monday money monkey mother mustang november nurse
    office orange pass passphrase password patient pepper phoenix please pokemon princess private purple qazwsx
    rainbow ranger reviewer root samsung saturday secret secure security september shadow silver soccer spring star
    starwars steelers summer sunday sunshine superman sweet system taylor temp temporary test thankyou thomas thunder
    thursday tigger trustno tuesday user wednesday welcome whatever william winter wizard yankees yellow you
"""
_COMMON = frozenset(_WORDS.split())
"""Words that passwords which everybody tries are made of."""


def checked_password(password: str, *, handle: str = "", name: str = "") -> str:
    """The password as it is hashed (NFKC). Raises ReviewRefused, with the reason, for one that is too easily guessed.

    *handle* and *name* are those of its owner.
    """
    normal = normalised(password) if len(password) <= LONGEST else ""
    if len(password) > LONGEST or len(normal.encode("utf-8", "surrogatepass")) > LONGEST:
        raise ReviewRefused(f"The password has more than {LONGEST:,} bytes.", "Choose a shorter one.")
    if len(normal) < SHORTEST:
        raise ReviewRefused(f"The password has fewer than {SHORTEST} characters.", _REMEDY)
    if any(unicodedata.category(each) == "Cs" for each in normal):
        raise ReviewRefused("The password has a character that is none.", "Type it again.")
    low = normal.casefold()
    if _repeats(low) or _is_run(low):
        raise ReviewRefused("The password is a few characters again and again, or a row of them.", _REMEDY)
    own = {part for text in (handle, name) for part in _letters(text.casefold()) if len(part) >= _SHORTEST_OWN}
    if _only_known(low, own | {"".join(_letters(handle.casefold())), "".join(_letters(name.casefold()))}):
        raise ReviewRefused("The password is made of your name, or of words that everybody tries first.", _REMEDY)
    return normal


def normalised(password: str) -> str:
    """The password in the one form in which it is hashed, however a keyboard composes its letters (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def _repeats(low: str) -> bool:
    """Whether it is one short piece again and again, or hardly has different characters."""
    if len(set(low)) <= len("abc"):
        return True
    return any(low == (low[:size] * len(low))[: len(low)] for size in range(1, len(low) // 2 + 1))


def _is_run(low: str) -> bool:
    """Whether it is made of pieces of rows of the alphabet, the digits or a keyboard, forwards or backwards, and
    nothing else."""
    rows = [row for each in _RUNS for row in (each * 2, each[::-1] * 2)]
    at = 0
    while at < len(low):
        longest = 0
        for row in rows:
            size = longest
            while at + size < len(low) and low[at : at + size + 1] in row:
                size += 1
            longest = max(longest, size)
        if longest < min(_SHORTEST_RUN, len(low) - at):
            return False
        at += longest
    return True


def _only_known(low: str, own: Iterable[str]) -> bool:
    """Whether its letters are nothing but known words, however figures and signs stand around or for them."""
    words = _COMMON | {word for word in own if len(word) >= _SHORTEST_OWN}
    return any(
        _is_made_of("".join(_letters(written)), words) for written in (low, low.translate(_LOOKS_LIKE), _inside(low))
    )


def _inside(low: str) -> str:
    """What figures and signs stand for within words; those at either end are left out first."""
    return low.strip("0123456789!@$|?.,;:*#&%+-_=()/ ").translate(_LOOKS_LIKE)


def _is_made_of(letters: str, words: Iterable[str]) -> bool:
    """Whether the letters are one or more of the words, one after another. No letters at all are made of nothing
    known, only then of figures and signs."""
    ends = {0}
    for at in range(len(letters)):
        if at in ends:
            ends |= {at + len(word) for word in words if letters.startswith(word, at)}
    return bool(letters) and len(letters) in ends


def _letters(text: str) -> list[str]:
    """The pieces of a text that are letters."""
    return "".join(each if each.isalpha() else " " for each in text).split()
