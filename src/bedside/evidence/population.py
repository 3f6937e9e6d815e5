"""The population: a few words on who was studied, only where the record says it literally.

MeSH check tags ("Aged, 80 and over") come first, then the title; a number only where one plain sentence gives how many
were randomised or enrolled. In doubt nothing is said.
"""

from __future__ import annotations

import re

from bedside.evidence.design import Design
from bedside.evidence.record import Record
from bedside.text.folding import fold

_BABIES = ("Infant, Newborn",)
_INFANTS = ("Infant",)
_CHILDREN = ("Child", "Child, Preschool")
_ADOLESCENTS = ("Adolescent",)
_ADULTS = ("Adult", "Middle Aged", "Young Adult")
_NUMBERED = frozenset(
    {
        Design.RANDOMISED,
        Design.NON_RANDOMISED,
        Design.TRIAL,
        Design.COHORT,
        Design.CASE_CONTROL,
        Design.CROSS_SECTIONAL,
        Design.OBSERVATIONAL,
    }
)
"""Designs that have one number of people; in a review it would be that of some study."""

_TITLE_WORDS = (
    ("pregnant women", r"\bpregnant (?:women|people)\b|\bwomen (?:who are pregnant|in pregnancy)\b"),
    ("newborn babies", r"\b(?:newborns?|neonates?|newborn (?:infants|babies)|preterm infants?|premature infants?)\b"),
    ("infants", r"(?<!newborn )(?<!preterm )(?<!premature )\binfants?\b"),
    ("children", r"\bchildren\b"),
    ("adolescents", r"\badolescents?\b"),
    (
        "older people",
        r"\b(?:older|elderly|aged) (?:adults|people|persons|patients|men|women|subjects)\b|\bthe elderly\b",
    ),
    ("adults", r"(?<!older )(?<!elderly )\badults\b"),
    ("postmenopausal women", r"\bpost-?menopausal women\b"),
    ("healthy volunteers", r"\bhealthy (?:[a-z]+ )?(?:volunteers|subjects|adults|men|women|participants)\b"),
)
# A title without any of these, as most are, names nobody: one look instead of ten.
_SOMEBODY = re.compile("pregnan|newborn|neonat|infant|child|adolescent|older|elderly|aged|adult|menopausal|healthy")
_TITLE_PATTERNS = tuple((phrase, re.compile(pattern)) for phrase, pattern in _TITLE_WORDS)
# "parents of children with asthma" studies parents; "childhood", "adult-onset" are about a disease.
_NOT_THEY = re.compile(
    r"\b(?:parents?|mothers?|fathers?|carers?|caregivers?|families|teachers?|offspring|siblings?|spouses?)\b"
    r"|\bwithout children\b|\bnot (?:in )?(?:children|adults|infants)\b|\bthan (?:in )?(?:children|adults|infants)\b"
)

_NUMBER = r"(?<![\d.,:/%-])(?<!\d )(?P<number>\d{1,3}(?:,\d{3})+|\d{1,6})(?![.,]?\d| \d)"
_PEOPLE = (
    r"(?:patients|participants|subjects|women|men|adults|children|infants|neonates|people|persons|individuals|"
    r"volunteers|adolescents|residents|students)"
)
_QUALIFIED = rf"(?:(?!(?:and|or|to|of|with|in|years?|year-old|from|studies|trials)\b)[a-z0-9-]+ ){{0,4}}{_PEOPLE}"
_DESCRIBED = r"(?: (?:with|aged|from|who|undergoing|in|having|at)\b(?:(?!(?:,|and) \d)[^.;:]){0,80}?)?"
_RANDOMISED = r"(?:randomi[sz]ed|randomly (?:assigned|allocated))"
_ENROLLED = r"(?:enrolled|recruited)"
_VERBS = {"randomised": ("randomi", "randomly"), "enrolled": ("enrolled", "recruited")}
# One arm of several: "120 patients were randomised to placebo and 118 to the drug".
_NUMBERS = tuple(
    (word, re.compile(pattern))
    for word, verb in (("randomised", _RANDOMISED), ("enrolled", _ENROLLED))
    for pattern in (
        rf"{_NUMBER} {_QUALIFIED}{_DESCRIBED} (?:were|was|underwent) (?:then |also )?{verb}\b(?P<rest>[^.]{{0,200}})",
        rf"\b(?:we|were) {verb} (?:a total of )?{_NUMBER} {_QUALIFIED}\b(?P<rest>[^.]{{0,200}})",
        rf"\bof (?:the )?[\d,]{{1,9}} [a-z -]{{3,60}}, {_NUMBER} (?:patients )?were {verb}\b(?P<rest>[^.]{{0,200}})",
    )
)
_AN_ARM = re.compile(
    r"\band (?:the (?:other|remaining) )?\d[\d,]* (?:[a-z]+ )?"
    r"(?:(?:were )?(?:randomi[sz]ed )?(?:to|in|received)|patients|subjects)\b"
)
_ARM_BEFORE = re.compile(
    r"(?<!total )\bof (?:the )?$|\band (?:a further |the )?$"
    r"|\b(?:of whom|of these|of them|remaining|another|other|additional|in (?:group|arm)|group|arm)\W*(?:\w+ )?$"
)


def population_of(record: Record, design: Design) -> str:
    """Who was studied, in a few words with "; " between them, or ""."""
    if design.has_no_findings and design is not Design.PROTOCOL:
        return ""
    headings = frozenset(heading.name for heading in record.headings)
    title = fold(record.source.title)
    people = _by_headings(headings, title) or _by_title(title)
    number = _number(record) if design in _NUMBERED else ""
    return "; ".join(part for part in (*people, number) if part)


def _by_headings(headings: frozenset[str], title: str) -> tuple[str, ...]:
    """Age groups by MeSH check tags. The tag Pregnancy is also on studies of the newborn: the title must agree."""
    if "Humans" not in headings:
        return ()
    groups = []
    if "Pregnancy" in headings and re.search(r"\bpregnan|\bgestational\b", title):
        groups.append("pregnant women")
    grown = any(name in headings for name in _ADULTS)
    for phrase, names in (
        ("newborn babies", _BABIES),
        ("infants", _INFANTS),
        ("children", _CHILDREN),
        ("adolescents", _ADOLESCENTS),
    ):
        if any(name in headings for name in names):
            groups.append(phrase)
    if grown:
        groups.append(_grown(headings))
    elif "Aged" in headings:
        groups.append("older people (65 and over)")
    elif "Aged, 80 and over" in headings:
        groups.append("older people (80 and over)")
    return tuple(groups) if groups != ["pregnant women", "women"] else ("pregnant women",)


def _grown(headings: frozenset[str]) -> str:
    if "Female" in headings and "Male" not in headings:
        return "women"
    if "Male" in headings and "Female" not in headings:
        return "men"
    return "adults"


def _by_title(title: str) -> tuple[str, ...]:
    if not _SOMEBODY.search(title) or _NOT_THEY.search(title):
        return ()
    found = tuple(phrase for phrase, pattern in _TITLE_PATTERNS if pattern.search(title))
    # "healthy adults" is one group, not two.
    return tuple(phrase for phrase in found if phrase != "adults" or "healthy volunteers" not in found)


def _number(record: Record) -> str:
    """The words "n = 452 randomised" when all sentences that say how many agree; a number of one arm is none."""
    passages = (
        record.passages if not record.full else tuple(p for p in record.passages if "abstract" in p.heading.lower())
    )
    text = fold("\n".join(passage.text for passage in passages))
    for word, stems in _VERBS.items():
        if not any(stem in text for stem in stems):  # cheap, and most texts stop here
            continue
        found = {
            int(match["number"].replace(",", ""))
            for name, pattern in _NUMBERS
            if name == word
            for match in pattern.finditer(text)
            if not _AN_ARM.search(match["rest"])
            and not _ARM_BEFORE.search(text[max(0, match.start() - 30) : match.start()])
        }
        if found:
            return f"n = {found.pop()} {word}" if len(found) == 1 and found != {0} else ""
    return ""
