"""Blood pressure: two numbers that are one reading ("152/96", "152 over 96"), where it was taken, and single numbers.

One reading becomes two facts, systolic and diastolic, of one span; a reading at home or by a worn monitor becomes the
facts ``home_systolic_bp`` and ``home_diastolic_bp``, because published limits differ. Of several readings an average
counts; else a reading of 180/120 or more; else the newest, which is the last where no words of time say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bedside.facts import pressure_words as words
from bedside.facts.fact import Comparator, Fact, Kind, Presence, Quantity, When
from bedside.facts.reading import Reading
from bedside.text.span import Span

_UNIT = "mmHg"
_LOWEST, _HIGHEST = Decimal(50), Decimal(320)
_LOWEST_DIASTOLIC = Decimal(25)
_SEVERE = (Decimal(180), Decimal(120))
_LEAST_HIGH = Decimal(110)  # no number below it is what "high bp," speaks of
_BEFORE = 60  # characters before a reading that may speak of it
_LONE = (Decimal(90), Decimal(40))  # the least numbers that are a reading where nothing is said of blood pressure


@dataclass(frozen=True, slots=True)
class _Taken:
    """One reading: systolic and diastolic quantities (either may be missing), where it stands, where it was taken."""

    span: Span
    systolic: Quantity | None
    diastolic: Quantity | None
    setting: str = ""
    average: bool = False
    supposed: bool = False

    @property
    def severe(self) -> bool:
        """Whether either number is in the range that needs a plan within days at the latest."""
        return any(
            amount is not None and amount.value >= limit
            for amount, limit in zip((self.systolic, self.diastolic), _SEVERE, strict=True)
        )


def pressures(reading: Reading) -> list[Fact]:
    """Every blood pressure of the text as facts; its digits are marked as used."""
    if not any(character.isdigit() for character in reading.folded):
        return []
    taken = [*_placed(reading, sorted(_read(reading), key=lambda each: each.span))]
    ranked = zip(_ranks(taken), taken, strict=True)
    return [fact for rank, each in ranked for fact in _facts(reading, each, rank)]


def _read(reading: Reading) -> Iterator[_Taken]:
    """Pairs first, then single numbers that no pair has used."""
    text = reading.folded
    about = words.ABOUT.search(text) is not None
    used: list[Span] = []
    for match in words.PAIR.finditer(text):
        if not _plausible(match) or not (about or _lone(match)) or _is_dose(reading, match.start("sys")):
            continue
        span = Span(match.start("sys"), match.end())
        used.append(span)
        _mark(reading, span)
        if _is_limit(text, span):
            continue
        sign = _sign(text, match["sign"] or "", span.start)
        yield _Taken(
            span,
            _quantity(match["sys"], sign, match["sys_top"]),
            _quantity(match["dia"], sign, match["dia_top"]),
            supposed=_supposed(text, span.start),
        )
    for pattern in (words.SINGLE, words.BEHIND) if about else ():
        for match in pattern.finditer(text):
            span = Span(match.start("value"), match.end("value"))
            low = _is_diastolic(match["name"])
            if not (_LOWEST_DIASTOLIC if low else _LOWEST) <= Decimal(match["value"]) <= _HIGHEST:
                continue
            if any(span.start < other.end and other.start < span.end for other in used) or _is_limit(text, span):
                continue
            if "," in text[match.end("name") : span.start] and _said_high(text, match):
                continue
            used.append(span)
            _mark(reading, span)
            found = _quantity(match["value"], _sign(text, match.groupdict().get("sign") or "", span.start), None)
            supposed = _supposed(text, match.start())
            yield _Taken(span, None if low else found, found if low else None, supposed=supposed)


def _plausible(match: re.Match[str]) -> bool:
    systolic, diastolic = Decimal(match["sys"]), Decimal(match["dia"])
    return _LOWEST <= systolic <= _HIGHEST and diastolic >= _LOWEST_DIASTOLIC and systolic > diastolic


def _lone(match: re.Match[str]) -> bool:
    """A pair in a text that says nothing of blood pressure ("clinic 152/96"): numbers that hardly are anything else."""
    return Decimal(match["sys"]) >= _LONE[0] and Decimal(match["dia"]) >= _LONE[1]


def _is_dose(reading: Reading, position: int) -> bool:
    """Whether the number stands straight behind the name of a medicine ("Seretide 250/50", "insulin 70/30")."""
    if words.OTHER.search(reading.folded[max(0, position - 20) : position]):
        return True
    before = [each for each in reading.mentions_in(Span(max(0, position - 40), position)) if each.span.end <= position]
    if not before:
        return False
    kind = reading.vocabulary.lexicon.concepts[before[-1].concept].kind
    return kind is Kind.DRUG and not reading.text[before[-1].span.end : position].strip()


def _is_limit(text: str, span: Span) -> bool:
    """Whether it is a target or a definition that is named, not what somebody measured."""
    return (
        words.LIMIT.search(text[max(0, span.start - _BEFORE) : span.start]) is not None
        or words.LIMIT_BEHIND.match(text, span.end) is not None
    )


def _supposed(text: str, start: int) -> bool:
    return words.SUPPOSED.search(text[max(0, start - _BEFORE) : start]) is not None


def _said_high(text: str, match: re.Match[str]) -> bool:
    """Whether a number that is not high follows "high bp,": an age ("AF and high bp, 72")."""
    said = text[max(0, match.start() - len("raised ")) : match.start()].endswith(("high ", "raised "))
    return said and Decimal(match["value"]) < _LEAST_HIGH


def _is_diastolic(name: str) -> bool:
    return name.startswith(("dia", "dbp", "bottom", "lower"))


def _sign(text: str, sign: str, start: int) -> Comparator:
    if sign:
        return Comparator({"\u2264": "<=", "\u2265": ">="}.get(sign, sign))
    word = words.RELATION.search(text[max(0, start - 16) : start])
    if word is None:
        return Comparator.EQUAL
    return Comparator.ABOVE if word["word"] in words.ABOVE else Comparator.BELOW


def _quantity(digits: str, sign: Comparator, top: str | None) -> Quantity:
    upper = Decimal(top) if top and Decimal(top) > Decimal(digits) else None
    return Quantity(Decimal(digits), _UNIT, sign if upper is None else Comparator.EQUAL, upper, digits)


def _mark(reading: Reading, span: Span) -> None:
    """No other stage reads these digits."""
    reading.used.update(f.digits.start for f in reading.figures if span.start <= f.digits.start < span.end)


def _placed(reading: Reading, taken: list[_Taken]) -> Iterator[_Taken]:
    """The readings with where they were taken and whether they are an average."""
    whole = {"home" if match["home"] else "clinic" for match in words.SETTING.finditer(reading.folded)}
    last, end = "", 0
    for index, each in enumerate(taken):
        sentence = reading.sentence(each.span.start)
        following = taken[index + 1].span.start if index + 1 < len(taken) else sentence.end
        start = max(sentence.start, end)
        last = "" if end <= sentence.start else last
        setting = _setting(reading.folded, each.span, start, min(following, sentence.end)) or last
        behind = words.SETTING_BEHIND.match(reading.folded, each.span.end)
        end, last = (behind.end() if behind else each.span.end), setting
        setting = setting or (next(iter(whole)) if len(whole) == 1 else "")
        before = reading.folded[max(start, each.span.start - _BEFORE) : each.span.start]
        average = (
            words.AVERAGE.search(before) is not None
            or words.AVERAGE_BEHIND.match(reading.folded, each.span.end) is not None
        )
        yield replace(each, setting=setting, average=average)


def _setting(text: str, span: Span, start: int, end: int) -> str:
    behind = words.SETTING_BEHIND.match(text, span.end)
    if behind:
        return "home" if behind["home"] else "clinic"
    before = list(words.SETTING.finditer(text, start, span.start))
    found = before[-1] if before else next(words.SETTING.finditer(text, span.end, end), None)
    return "" if found is None else "home" if found["home"] else "clinic"


def _ranks(taken: list[_Taken]) -> list[int]:
    """How new each reading is where no words of time say it: an average, then a severe one, then the last."""

    def weight(each: _Taken) -> int:
        return 2 if each.average else 1 if each.severe else 0

    ranked = sorted(range(len(taken)), key=lambda index: (weight(taken[index]), index))
    return [ranked.index(index) for index in range(len(taken))]


def _facts(reading: Reading, taken: _Taken, order: int) -> Iterator[Fact]:
    prefix = "home_" if taken.setting == "home" else ""
    for name, amount in (("systolic_bp", taken.systolic), ("diastolic_bp", taken.diastolic)):
        if amount is None:
            continue
        fact = reading.fact(prefix + name, Kind.LAB, taken.span)
        when = When.CURRENT if fact.when is When.PLANNED else fact.when
        when = When.HYPOTHETICAL if taken.supposed else When.CURRENT if when is When.HYPOTHETICAL else when
        yield replace(fact, presence=Presence.PRESENT, quantity=amount, when=when, order=order)
