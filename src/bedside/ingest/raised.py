"""Raised and lowered figures and reference marks, settled into a line of text without making a false figure.

A reader of XML or HTML wraps what it meets in the marks below; :func:`settled` decides each from what stands before it:
``10<sup>9</sup>`` becomes "10^9" and never "109"; a reference mark after a figure or word, "1.5 [12]" and not "1.512".
"""

from __future__ import annotations

import re

# Characters that XML cannot hold, and that readers of other formats take out first.
SUP, SUP_END, MARK, MARK_END, SUB, SUB_END = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06"

_ANY_MARK = "\x01-\x06"
_NUMBERS = re.compile(r"\d{1,4}(?:\s?[,;\-\u2010-\u2015\u2212]\s?\d{1,4})*[,;]?")
_POWER = re.compile(r"[+\-\u2010-\u2015\u2212]?\d")
_MARKED_SUP = re.compile(f"{MARK}{SUP}([^{_ANY_MARK}]*){SUP_END}{MARK_END}")
_BETWEEN_SUPS = re.compile(f"{SUP_END}(\\s*){SUP}")
_BETWEEN_MARKS = re.compile(f"{MARK_END}(\\s*[,;\\-\\u2010-\\u2015\\u2212]?\\s*){MARK}")
_RAISED = re.compile(f"{SUP}([^{SUP}{SUP_END}]*){SUP_END}")
_LOWERED = re.compile(f"{SUB}([^{SUB}{SUB_END}]*){SUB_END}")
_CITED = re.compile(f"{MARK}([^{MARK}{MARK_END}]*){MARK_END}")
_REMAINS = re.compile(f"[{_ANY_MARK}]")
_IN_BRACKETS = re.compile(rf"[\[(][\d\s,;\-\u2010-\u2015\u2212{_ANY_MARK}]*$")
_STOPS = ".,;:"
_LOOK_BACK = 80


def settled(text: str) -> str:
    """Decide each mark from what stands before it."""
    text = _MARKED_SUP.sub(f"{SUP}{MARK}\\1{MARK_END}{SUP_END}", text)
    text = _BETWEEN_SUPS.sub(r"\1", text)
    text = _LOWERED.sub(_lowered, text)
    text = _RAISED.sub(_raised, text)
    text = _BETWEEN_MARKS.sub(r"\1", text)
    text = _CITED.sub(_cited, text)
    return _REMAINS.sub("", text)


def _before(match: re.Match[str]) -> str:
    """The character that stands before *match*, not counting marks."""
    return _REMAINS.sub("", match.string[max(0, match.start() - _LOOK_BACK) : match.start()])[-1:]


def _raised(match: re.Match[str]) -> str:
    content = _REMAINS.sub("", match[1]).strip()
    before = _before(match)
    cites = MARK in match[1] or (before in _STOPS and before != "")
    if cites and _NUMBERS.fullmatch(content):
        return _bracketed(content, match)
    if _POWER.match(content) and before.isdigit():
        after = " " if match[1][-1:].isspace() else ""
        return f"^{content}{after}"
    return match[1]


def _lowered(match: re.Match[str]) -> str:
    return f"_{match[1]}" if match[1][:1].isdigit() and _before(match).isdigit() else match[1]


def _cited(match: re.Match[str]) -> str:
    """A mark on the line: as it is, but never glued to the word or figure before it."""
    content = _REMAINS.sub("", match[1]).strip()
    before = _before(match)
    if _NUMBERS.fullmatch(content) and (before.isalnum() or before in (*_STOPS, ")", "%")):
        return _bracketed(content, match)
    return match[1]


def _bracketed(content: str, match: re.Match[str]) -> str:
    """``[12]`` after a space; bare where brackets of the text are open already ("[1, 2]", "(12)")."""
    line = match.string[max(0, match.start() - _LOOK_BACK) : match.start()]
    if _IN_BRACKETS.search(line) and not _before(match).isdigit():
        return content
    following = match.string[match.end() : match.end() + 1]
    return f" [{content.rstrip(',;')}]" + (" " if following.isalnum() else "")
