"""Print-outs and tables laid out like a sentence: marks that only line things up are evened out.

The result has exactly as many characters as the text, so offsets into one are offsets into the other. Every row and
column stays where it is; what changes is which mark stands between two cells:

- dotted leaders ("B12 ......... 119"), underscores and long dashes become spaces;
- the semicolons, commas and tabs of a table row become bars;
- flags between a number and its unit ("150 L ng/L", "150* ng/L") become spaces;
- a value on the line below its name is joined to it.
"""

from __future__ import annotations

import re

_LEADERS = ("..", "__", "--", "==", " .", "\u2026", "\u00b7")
# Only what leads to a number: "no numbness.... Tingling" stays two sentences.
_LEADER = re.compile(
    r"(?:(?<!\.)(?:\.{4,}+|(?<=[\w) ])\.{2,3}+)|(?<!_)_{3,}+|(?<!-)-{4,}+|(?<!=)={4,}+|(?<! \.)(?: \.){3,}+"
    r"|(?<!\u2026)\u2026{2,}+|(?<!\u00b7)\u00b7{2,}+)(?=[ \t]{0,20}:?[ \t]{0,20}(?:[HL*] )?[<>\u2264\u2265]?=? ?\d)"
)
_NUMBER = r"[<>\u2264\u2265]?=?\s?\d[\d.]{0,9}\s?(?:[*\u2191\u2193]|[HL]\b){0,2}"
_NUMBER_CELL = re.compile(rf"\s*{_NUMBER}\s*")
_UNIT = r"(?:x ?)?(?:10[\^*]?\d{1,2}|[^\W\d]{1,6}|%)(?:/[\w.^]{1,12}){0,3}"
_FLAG = re.compile(
    r"(?<=\d)[ \t|]{0,20}(?P<flag>\*{1,3}|[\[(](?:HH?|LL?|\*|high|low)[\])]|\u2191{1,2}|\u2193{1,2}"
    r"|(?<=[ \t|])(?:HH?|LL?|!{1,2})(?=[ \t|]))"
    r"(?=[ \t|]{0,20}[^\W\d_])"
)
_FLAG_CELL = re.compile(
    r"(?<=\|)\s*(?:HH?|LL?|\*{1,2}|high|low|abnormal|\u2191|\u2193|-|)\s*(?=\|\s*[^\W\d_])", re.IGNORECASE
)
_RANGE = r"\(?\[?(?:ref\w*\.?:?\s?|range:?\s?)?[<>]?\s?\d[\d.]{0,9}(?:\s?(?:-|\u2013|to)\s?\d[\d.]{0,9})?[\])]?"
_VALUE_LINE = re.compile(
    rf"[ \t]*{_NUMBER}[ \t]*(?:(?=\S*[/%]|fl\b){_UNIT})?"
    rf"(?:[ \t]+{_RANGE})?[ \t]*(?:[HL*]{{1,2}})?[ \t]*",
    re.IGNORECASE,
)
_UNIT_LINE = re.compile(rf"[ \t]*(?=\S*/|fl\b|%){_UNIT}[ \t]*", re.IGNORECASE)
_NAME_LINE = re.compile(r"[ \t]*[^\W\d][\w .()/+-]{1,38}[\w)]:?[ \t]*")
_MOST_NAME_WORDS = 6
_LEAST_SEPARATORS = 2


def laid_out(text: str) -> str:
    """*text* with leaders, separators of table rows, and flags evened out; of the same length."""
    text = _one_break(text)
    if "result" in text.lower():
        text = _BLOCK.sub(_unlabelled, text)
    evened = _LEADER.sub(_blank, text) if any(mark in text for mark in _LEADERS) else text
    lines = [_row(line) for line in _by_commas(evened.split("\n"))]
    return _joined(lines)


_LABEL = r"(?:result|value|units?|ref(?:erence)?(?: (?:interval|range|limits?))?|range|flag)"
_BLOCK = re.compile(
    r"^[ \t]*(?:(?:test|analyte|investigation|name|assay|test name)[ \t]*:)?[^\n:]{1,60}"
    rf"(?:\n[ \t]*{_LABEL}[ \t]*:[^\n]{{0,60}}){{1,5}}",
    re.IGNORECASE | re.MULTILINE,
)
_NAME_LABEL = re.compile(r"^[ \t]*(?:test|analyte|investigation|name|assay|test name)[ \t]*:", re.IGNORECASE)
_VALUE_LABEL = re.compile(r"\n[ \t]*(?:result|value|units?|flag)[ \t]*:", re.IGNORECASE)


def _unlabelled(match: re.Match[str]) -> str:
    """A block of "TEST: ...", "RESULT: ...", "UNITS: ..." lines as one line; the word for the range stays."""
    named = _NAME_LABEL.sub(_blank, match.group())
    return _VALUE_LABEL.sub(_blank, named).replace("\n", " ")


_NUMERAL = r"[<>\u2264\u2265]?=?[ ]?\d[\d.,]{0,9}"
_MEASURE = r"(?:[pn\u00b5\u03bcum]?g|[pn\u00b5\u03bcum]?mol|mcg|micrograms?|milligrams?|fl|iu|meq)\b"
_LED = r"(?:\b(?:is|was|of|at|to|just|only|about|around|approximately|level|result|reading|b12)|[=:~(])"
# "B12 is / 150 ng/L", "cyanocobalamin / 1000 mcg", "1000 / mcg daily": the line was broken, the sentence was not.
_BROKEN = re.compile(
    rf"(?<=[\w=:~(])[ \t]{{0,3}}\n(?=[ \t]{{0,3}}{_MEASURE})(?<=\d[ \t]\n|.\d\n)"
    rf"|{_LED}[ \t]{{0,3}}(?P<led>\n)(?=[ \t]{{0,3}}{_NUMERAL}\s?(?:{_MEASURE}|$|[.,;)]))"
    rf"|^[^\d|\t\n]{{0,80}}\b(?:b12|[^\W\d]{{3,30}})[ \t]{{0,3}}(?P<named>\n)(?=[ \t]{{0,3}}{_NUMERAL}\s?{_MEASURE})",
    re.IGNORECASE | re.MULTILINE,
)


def _one_break(text: str) -> str:
    """*text* with one kind of line break, and none inside a name and its number or a number and its unit."""
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return _BROKEN.sub(_mended, text) if "\n" in text else text


def _mended(match: re.Match[str]) -> str:
    return match.group().replace("\n", " ")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


_DATED = re.compile(
    r",[ \"]?(?:\d{1,2}[ -])?(?:[a-z]{3,9}[ -])?(?:19|20)\d{2}(?:-\d{2}){0,2}\"?(?=,|\s*$)", re.IGNORECASE
)


def _by_commas(lines: list[str]) -> list[str]:
    """The lines with bars for the commas of a table whose header has dates: "B12,246,139" holds two numbers."""
    commas = 0
    for index, line in enumerate(lines):
        found = line.count(",")
        if found >= _LEAST_SEPARATORS and len(_DATED.findall(line)) >= _LEAST_SEPARATORS:
            commas = found
        elif found != commas:
            commas = 0
        if commas:
            lines[index] = line.replace(",", "|")
    return lines


def _row(line: str) -> str:
    if not any(character.isdigit() for character in line):
        return line
    barred = line
    for mark in ("\t", ";", ","):
        if line.count(mark) >= (_LEAST_SEPARATORS if mark == "," else 1) and _is_row(line, mark):
            barred = barred.replace(mark, "|")
            break
    if "|" in barred:
        barred = _FLAG_CELL.sub(_blank, barred)
    return _FLAG.sub(_without_flag, barred)


def _without_flag(match: re.Match[str]) -> str:
    start, end = (place - match.start() for place in match.span("flag"))
    whole = match.group()
    return whole[:start] + " " * (end - start) + whole[end:]


def _is_row(line: str, mark: str) -> bool:
    """Whether *mark* parts the cells of a table row: a name first, and a cell that is nothing but a number."""
    if mark == "," and re.search(r",\s|\d,\d{3}(?!\d)(?!,[^\W\d_])", line):
        return False
    cells = line.split(mark)
    named = any(character.isalpha() for character in cells[0]) and len(cells[0].split()) <= _MOST_NAME_WORDS
    return named and any(_NUMBER_CELL.fullmatch(cell) for cell in cells[1:])


def _joined(lines: list[str]) -> str:
    """The lines with a space for the break between a name and the value, or a value and the unit, below it."""
    pieces: list[str] = []
    named = valued = False
    for place, line in enumerate(lines):
        value = named and _VALUE_LINE.fullmatch(line) is not None
        unit = valued and _UNIT_LINE.fullmatch(line) is not None
        if place:
            pieces.append(" " if value or unit else "\n")
        pieces.append(line)
        valued = value and _NUMBER_CELL.fullmatch(line) is not None
        named = len(line.split()) <= _MOST_NAME_WORDS and _NAME_LINE.fullmatch(line) is not None
    return "".join(pieces)
