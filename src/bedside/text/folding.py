"""Folding: one spelling for what readers see as one character, with every offset kept."""

from __future__ import annotations

import re
import unicodedata

_DASHES = "\u2010\u2011\u2012\u2013\u2212\ufe63"
_QUOTES = "\u2018\u2019\u02bc\u00b4\uff40`"
_SPACES = "\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


def _plain(character: str) -> str | None:
    """The unaccented single letter of *character*, or None when there is none."""
    base = unicodedata.normalize("NFKD", character)[0]
    return base if base.isascii() and base.isalpha() else None


def _table() -> dict[int, str]:
    # Latin letters with accents, then the full-width forms that phones and East Asian keyboards produce.
    table = {code: plain for code in range(0xC0, 0x180) if (plain := _plain(chr(code)))}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys(map(ord, _DASHES), "-")
    table |= dict.fromkeys(map(ord, _QUOTES), "'")
    table |= dict.fromkeys(map(ord, _SPACES), " ")
    # U+00B5 and U+03BC are the same prefix in a unit; "ug" is the spelling keyboards without either produce.
    table |= {0xB5: "u", 0x3BC: "u", 0x39C: "u", 0x201C: '"', 0x201D: '"', 0xD7: "x", 0x2022: "*"}
    table |= {0x2080 + digit: str(digit) for digit in range(10)}  # subscripts: CHA₂DS₂-VASc, B₁₂
    return table


_TABLE = {chr(code): plain for code, plain in _table().items()}
_MIDDLE_DOT = re.compile(r"(?<=\d)\u00b7(?=\d)")  # the decimal point of some British journals
_FOLDED = re.compile(f"[{re.escape(''.join(_TABLE))}]")


def fold(text: str) -> str:
    """Return *text* in lower case with accents, dashes, quotes, spaces and micro signs in one form.

    The result has exactly as many characters as *text*, so offsets into one are offsets into the other.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    for character in set(_FOLDED.findall(text)):  # few kinds in a text: replacing each is faster than str.translate
        text = text.replace(character, _TABLE[character])
    if "\u00b7" in text:
        text = _MIDDLE_DOT.sub(".", text)
    # U+0130 is the only character whose lower case is longer than itself; the table has replaced it by "I".
    return text.lower()
