"""The text of a PubMed element: inline markup flattened, white space and Unicode made regular.

Plain joining would print 10<sup>6</sup> as 106. Digits that markup keeps apart are never run together: after a digit, a
raised number is written 10⁶ or 10^6.5, a lowered one 10_2. Elsewhere the words stay as one searches for them: B12, CO2,
kg/m2, Ca2+, 99mTc.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from lxml import etree

_RAISED = frozenset("+-\N{MINUS SIGN}0123456789n")
_TO_RAISED = str.maketrans("+-\N{MINUS SIGN}0123456789n", "⁺⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ")
_LONG = 200  # from here on, looking for odd white space costs less than splitting the text
_ASCII_SPACES = ("\n", "\t", "\r", "  ")
_SPACES = (*_ASCII_SPACES, *"\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000", *map(chr, range(0x2000, 0x200B)))


def flat(element: etree._Element) -> str:
    """The words of an element in reading order; "" when it has none."""
    text = _words(element, "") if len(element) else element.text
    if not text:
        return ""
    if text.isalnum() and text.isascii():  # one word, as most are
        return text
    return tidy(text)


def tidy(text: str) -> str:
    """Composed Unicode (NFC), with single spaces and none at the ends."""
    ascii_only = text.isascii()
    if len(text) < _LONG or _any_in(_ASCII_SPACES if ascii_only else _SPACES, text):
        text = " ".join(text.split())
    else:
        text = text.strip()
    return text if ascii_only else unicodedata.normalize("NFC", text)


def _any_in(marks: Sequence[str], text: str) -> bool:
    """Whether one of the marks stands in the text."""
    for mark in marks:  # noqa: SIM110 - any() takes three times as long
        if mark in text:
            return True
    return False


def _words(element: etree._Element, last: str) -> str:
    """The words of an element with children; *last* is the last character of what stands before it."""
    parts = [element.text or ""]
    last = parts[0][-1:] or last
    for child in element:
        tag = child.tag
        piece = (child.text or "") if tag in _PLAIN and not len(child) else _piece(child, _local(tag), last)
        tail = child.tail or ""
        if tail[:1].isdigit() and piece[-1:].isdigit() and tag in _SET_APART:
            piece += " "
        parts += (piece, tail)
        last = tail[-1:] or piece[-1:] or last
    return "".join(parts)


def _local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def _piece(element: etree._Element, name: str, last: str) -> str:
    """The words of one inline element."""
    if name in _SET_APART:
        return _set_apart(_words(element, "").strip(), last, raised=name == "sup")
    return _maths(element, name, last) if name in _MATHS else _words(element, last)


def _set_apart(words: str, last: str, *, raised: bool) -> str:
    """Raised or lowered words, marked only where they would make another number of the digit before them."""
    if not last.isdigit() or not any(mark.isdigit() for mark in words) or words[:1].isalpha():
        return words
    if not raised:
        return f"_{words}"
    return words.translate(_TO_RAISED) if _RAISED.issuperset(words) else f"^{words}"


def _maths(element: etree._Element, name: str, last: str) -> str:
    """MathML as one would type it: a/b, x^2, x_i, √(x). Layout and notes for machines are left out."""
    if name.startswith("annotation"):
        return ""
    if not len(element):
        return (element.text or "").strip()
    parts: list[str] = []
    for child in element:
        parts.append(_piece(child, _local(child.tag), last if name in _ROWS else ""))
        last = parts[-1][-1:] or last
    return _laid_out(name, parts)


def _laid_out(name: str, parts: Sequence[str]) -> str:
    """The parts of one MathML element in a line."""
    match name, parts:
        case "mfrac", [over, under]:
            return f"{_grouped(over)}/{_grouped(under)}"
        case (("msup" | "mover"), [base, raised]):
            return base + (
                _set_apart(raised, base[-1:], raised=True) if base[-1:].isdigit() else f"^{_grouped(raised)}"
            )
        case (("msub" | "munder"), [base, lowered]):
            return f"{base}_{_grouped(lowered)}"
        case (("msubsup" | "munderover"), [base, lowered, raised]):
            return f"{base}_{_grouped(lowered)}^{_grouped(raised)}"
        case "mroot", [base, index]:
            return f"root {index} of {_grouped(base)}"
        case "msqrt", _:
            return f"√({''.join(parts)})"
        case "mtr" | "mtable", _:
            return " ".join(parts)
    return "".join(parts)


def _grouped(words: str) -> str:
    return words if len(words) <= 1 or words.isalnum() else f"({words})"


_PLAIN = frozenset({"i", "b", "u"})
_SET_APART = frozenset({"sup", "sub"})
_ROWS = frozenset({"math", "mrow", "mstyle", "semantics", "mpadded", "mphantom", "menclose", "merror", "mtd"})
_MATHS = _ROWS | {
    *("mi", "mn", "mo", "mtext", "mspace", "ms", "mfrac", "msup", "msub", "msubsup", "mover", "munder", "munderover"),
    *("msqrt", "mroot", "mfenced", "mtable", "mtr", "annotation", "annotation-xml"),
}
