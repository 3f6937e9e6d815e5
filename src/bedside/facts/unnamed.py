"""A level where no test is named: vitamin B12 or vitamin D only where that is named, or nothing else is.

Long letters say "my testosterone level was 45" or "I take lithium, level 0.6": a level of something else is no level of
a vitamin, and "shots" beside it are none of B12.
"""

from __future__ import annotations

from dataclasses import replace

from bedside.facts.fact import Kind
from bedside.facts.mentions import Mention
from bedside.facts.reading import Reading
from bedside.text.span import Span

_ABOUT = "about"
_VAGUE = frozenset({_ABOUT, "loose", "loose_oral"})
_B12_NAMES = frozenset({"total_b12", "active_b12", "b12", "cyanocobalamin", "hydroxocobalamin", "methylcobalamin"})
_B12_ILLS = frozenset({"adenosylcobalamin", "pernicious_anaemia", "b12_deficiency"})
_VITAMIN_D = "vitamin_d_25oh"
_VITAMIN_D_NAMES = frozenset({_VITAMIN_D, "vitamin_d", "vitamin_d_deficiency", "vitamin_d_overdose",
                              "osteomalacia", "rickets"})  # fmt: skip
_OF_VITAMIN_D = frozenset({"nmol/L", "ng/mL", "ug/L"})
_NOT_OF_B12 = frozenset({"nmol/L", "IU", "ng/mL"})  # B12 is not reported in these
_OF_B12 = frozenset({"ng/L", "pg/mL", "pmol/L"})
_LEAST_DOSE = 400  # international units of vitamin D
_LEAST, _NEAR = 20, 16  # the least bare number that may be a B12 level; characters behind "level" in which it stands
_LEVEL = frozenset({"level", "levels", "reading", "result"})
_BEFORE_LEVEL = frozenset(
    ["a", "an", "the", "my", "own", "his", "her", "their", "our", "your", "this", "that", "its", "and", "or", "but",
     "so", "if", "of", "for", "in", "on", "with", "after", "before", "since", "then", "than", "because", "when",
     "what", "which", "whats", "is", "was", "has", "had", "have", "as", "at", "to", "low", "high", "higher", "lower",
     "normal", "good", "bad", "new", "old", "same", "first", "second", "last", "latest", "current", "recent",
     "previous", "test", "tests", "lab", "blood", "serum", "plasma", "vitamin", "vit", "gp", "doctor", "doctors",
     "got", "get", "keep", "check", "checked", "raise", "raised", "increase", "now", "today", "why", "how", "said",
     "says", "any", "these", "those", "no", "not", "very", "still", "repeat", "overall", "borderline", "maintenance",
     "are", "were", "am", "do", "does", "can"]
)  # fmt: skip


def of_what_is_named(reading: Reading, tests: list[Mention]) -> list[Mention]:
    """The tests, with "the level" the vitamin D level where the text names vitamin D and not B12; without the levels of
    something else where it names neither.
    """
    named = {mention.concept for mention in reading.mentions if mention.how not in _VAGUE}
    if named & _B12_NAMES:
        return tests
    if named & _VITAMIN_D_NAMES or _units_of_vitamin_d(reading):
        return [replace(each, concept=_VITAMIN_D) if each.how == _ABOUT else each for each in tests]
    return [each for each in tests if each.how != _ABOUT or not _of_something_else(reading, each, named)]


def _units_of_vitamin_d(reading: Reading) -> bool:
    """Whether a unit of vitamin D stands beside a dose in international units: "22 ng/ml ... 50,000 units a week"."""
    written = {figure.unit for figure in reading.figures}
    return bool(written & _OF_VITAMIN_D) and any(
        figure.unit == "IU" and figure.value >= _LEAST_DOSE for figure in reading.figures
    )


def b12_is_meant(reading: Reading) -> bool:
    """Whether "the tablets" and "my shots" may be B12: it is named, or a level is that can be no other."""
    named = {mention.concept for mention in reading.mentions if mention.how not in _VAGUE}
    if named & (_B12_NAMES | _B12_ILLS) or any(figure.unit == "pg/mL" for figure in reading.figures):
        return True
    unit = any(figure.unit in _OF_B12 for figure in reading.figures)
    levels = [each for each in reading.mentions if each.how == _ABOUT and (unit or _says_level(reading, each))]
    if named & _VITAMIN_D_NAMES or _units_of_vitamin_d(reading):
        return False
    return any(not _of_something_else(reading, each, named) for each in levels)


def _of_something_else(reading: Reading, level: Mention, named: set[str]) -> bool:
    """Whether a level is of something else: so called, beside another test or medicine, or in a unit B12 has not.

    A unit that is one of B12 stands for its name, but for "my oestradiol level is 200 pg/mL".
    """
    if _called_otherwise(reading, level) or _too_small(reading, level):
        return True
    units = {figure.unit for figure in reading.figures_in(Span(0, len(reading.text)))}
    if units & _OF_B12:
        return False
    kinds = {reading.vocabulary.lexicon.concepts[each].kind for each in named}
    if Kind.LAB in kinds:
        # "Ignore the MMA of 400, it was 180 nmol/L": the pronoun is left to what reads the test named before.
        return _says_level(reading, level)
    return bool(units & _NOT_OF_B12) or Kind.DRUG in kinds


def _says_level(reading: Reading, mention: Mention) -> bool:
    return reading.words[mention.last - 1].norm in _LEVEL


def _too_small(reading: Reading, level: Mention) -> bool:
    """Whether a bare number follows that is no B12 level in any unit: "level 2 of my skin", "if level 4"."""
    end = min(len(reading.text), level.span.end + _NEAR)
    return any(
        not figure.unit and figure.value < _LEAST for figure in reading.figures_in(Span(level.span.end, end))[:1]
    )


def _called_otherwise(reading: Reading, level: Mention) -> bool:
    """Whether the word before "level" says of what: "testosterone level", "level of energy"."""
    if not _says_level(reading, level):
        return False
    behind = [word.norm for word in reading.words[level.last : level.last + 2]]
    if behind[:1] == ["of"] and len(behind) > 1 and behind[1].isalpha() and behind[1] not in _BEFORE_LEVEL:
        return True
    if level.first == level.last - 1 and level.first:
        before = reading.words[level.first - 1].norm
        return before[0].isalpha() and before not in _BEFORE_LEVEL
    return False
