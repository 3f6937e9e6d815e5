"""Pregnancy that is not said outright: a test, a baby that is due, weeks; and "expecting" that means something else.

"Just got a positive test, about 5 weeks" is one; a positive test for something else, or an improvement that is
expected, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bedside.facts.fact import Fact, Kind, Presence, Quantity, Subject, When
from bedside.facts.mentions import Mention
from bedside.facts.reading import Reading
from bedside.facts.trend import MONTH
from bedside.text.span import Span

PREGNANCY = "pregnancy"
_POSITIVE = r"(?:positive|pos|\+ve)"
_RESULT = rf"(?P<{{0}}>{_POSITIVE}|negative|neg|-ve)\b"
_FILL = r"(?:(?:was|is|came|come|back|has|been|says|said|today|yesterday|this|morning|now|:|=|-)\s?){0,4}"
_NAMED = re.compile(
    r"\b"
    + _RESULT.format("before")
    + r"\s(?:home |urine |blood |digital |serum )?(?:pregnancy|pregnency|hcg)(?: tests?)?\b"
    r"|\b(?:pregnancy|pregnency|hcg)\s(?:tests? )?" + _FILL + r"\s?" + _RESULT.format("behind")
)
_OWN_WORDS = re.compile(
    r"\bbfp\b|\b(?:two|2|faint|second) (?:pink |blue |positive )?lines? on (?:the|a|my|her) (?:home |pregnancy )?"
    r"(?:test|stick)"
    rf"|\b{_POSITIVE} (?:clearblue|first response|home pregnancy)\b"
    r"|\b(?:i'm|im|i am|we're|we are|she's|she is|am|are) (?:now )?having (?:a|our|my|another) "
    r"(?:(?:first|second|third) )?"
    r"(?:baby|child|little one)\b|\bfell pregnant\b|\bwith child\b"
    r"|\b(?:my|our|her|the) (?:second |first |third |new )?(?:baby|babies|twins) (?:is |are |'s )?due\b"
    r"(?! (?:for|a|an|his|her)\b)"
    r"|(?<!s )\bbaby (?:is )?due (?:in|on|next|this|any|\d)"
    r"|\b(?:my|her|our|estimated|baby's) (?:estimated )?(?:due date|date of delivery|edd)\b"
    r"|\b(?:i'm|im|i am|we're|we are|she's|she is) (?:now )?due (?:in |on )?(?:the )?"
    r"(?:end of |start of |early |mid |late )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:of )?(?:{MONTH})\b(?![^.;?!]{{0,12}} (?:for|to)\b)"
    r"|\b(?:\d{1,2}|[a-z]{3,6}) (?:weeks?|wks?|months?) (?:gone|along)\b(?! by)"
)
_BARE_TEST = re.compile(
    rf"\b{_POSITIVE} (?:home |digital |early |at-home )?test\b(?! (?:for|of)\b)"
    rf"|\b(?:the|my|a|home|her) test (?:was|is|came back|came out|turned|says) {_POSITIVE}\b(?! for\b)"
)
_WEEKS = re.compile(
    r"(?<![\d./])\b(?P<weeks>\d{1,2})(?:\s?\+\s?\d)?\s?-?\s?(?:weeks?|wks?)\b"
    r"(?!\s(?:ago|after|later|since|of|post|into|on|course|history|old|following|before|in hospital|off"
    r"|from|wait|apart)\b)"
)
_LATE = re.compile(
    r"\b(?:period|periods) (?:is |are |was )?(?:\d+ (?:days?|weeks?) )?(?:late|overdue|missed)\b"
    r"|\b(?:missed|late|overdue) (?:my |a |her )?period\b|\b(?:no period|morning sickness|lmp|last period|clearblue)\b"
)
_OTHER_TEST = re.compile(
    r"\b(?:covid|coronavirus|lateral flow|lft|pcr|flu|strep|stool|faecal|fecal|swab|urine|dip|dipstick|urinalysis|"
    r"culture|"
    r"antibod(?:y|ies)|antigen|pylori|breath|fit|qfit|hiv|hep|hepatitis|syphilis|chlamydia|sti|tb|mantoux|allergy|skin|"
    r"drug|coeliac|celiac|ttg|tpo|anca|ana|troponin|d-dimer|dimer|genetic|gene|smear|hpv|monospot|mono|lyme|malaria|"
    r"c\.? ?diff|toxin|romberg|tilt|patch|intrinsic|occult|cologuard|psa)\b"
)
_AROUND = 90  # characters before and behind a test in which what makes it one of pregnancy stands
_FIRST_WEEKS = 12  # nobody has only just tested later
_GOING_ON = frozenset(
    ["and", "but", "so", "in", "with", "now", "twins", "triplets", "again", "at", "since", "while", "as", "who", "too",
     "also", "or", "anyway", "next", "this", "on", "for", "our", "baby", "due", "early", "late", "mid", "soon", "has",
     "should", "can", "what"]
)  # fmt: skip
_EXPECTED = frozenset({"baby", "babies", "child", "twins", "first", "second", "third", "fourth", "boy", "girl"})
_LOOK = 5  # words


def pregnancies(reading: Reading, weeks: list[Fact]) -> list[Fact]:
    """Pregnancy as told by a test, by what is said of a baby, or by *weeks* of it; and the weeks beside a test."""
    facts = [_by_name(reading, match) for match in _NAMED.finditer(reading.folded)]
    facts.extend(_fact(reading, Span(*match.span())) for match in _OWN_WORDS.finditer(reading.folded))
    facts.extend(_by_test(reading))
    facts.extend(replace(each, concept=PREGNANCY, kind=Kind.CONDITION, quantity=None, internal=True) for each in weeks)
    kept = [fact for fact in facts if fact.subject is Subject.PATIENT and fact.presence is not Presence.UNKNOWN]
    beside = (
        [] if weeks else [each for fact in kept if fact.when is When.CURRENT for each in _weeks_beside(reading, fact)]
    )
    return [*kept, *beside[:1]]


def is_expecting(reading: Reading, mention: Mention) -> bool:
    """Whether the bare word "expecting" is about a child: "expecting in May", and not "expecting better results"."""
    if reading.words[mention.first].norm != "expecting" or mention.last - mention.first > 1:
        return True
    behind = reading.words[mention.last : mention.last + _LOOK]
    if not behind or behind[0].is_mark or behind[0].norm in _GOING_ON or behind[0].norm[0].isdigit():
        return True
    return any(word.norm in _EXPECTED for word in behind)


def _fact(reading: Reading, span: Span) -> Fact:
    fact = reading.fact(PREGNANCY, Kind.CONDITION, span)
    # Only who is meant says whose it is: the baby that is due is not the one who is asked about.
    return replace(fact, subject=Subject.PATIENT) if fact.subject is Subject.INFANT else fact


def _by_name(reading: Reading, match: re.Match[str]) -> Fact:
    told = match["before"] or match["behind"]
    fact = _fact(reading, Span(*match.span()))
    if fact.presence is Presence.UNKNOWN:
        return fact
    return replace(fact, presence=Presence.PRESENT if told[0] in "p+" else Presence.ABSENT)


def _by_test(reading: Reading) -> Iterator[Fact]:
    """A test of which nobody says what it is for, beside the weeks or the period that say it."""
    for match in _BARE_TEST.finditer(reading.folded):
        near = Span(max(0, match.start() - _AROUND), min(len(reading.folded), match.end() + _AROUND))
        around = near.of(reading.folded)
        early = any(int(each["weeks"]) <= _FIRST_WEEKS for each in _WEEKS.finditer(around))
        if (early or _LATE.search(around)) and not _OTHER_TEST.search(around):
            yield _fact(reading, Span(*match.span()))


def _weeks_beside(reading: Reading, fact: Fact) -> Iterator[Fact]:
    """The weeks that stand beside a test: "positive test, about 5 weeks"."""
    end = min(len(reading.folded), fact.span.end + _AROUND // 2)
    for match in _WEEKS.finditer(reading.folded, fact.span.end, end):
        start = match.start("weeks")
        if fact.presence is Presence.PRESENT and start not in reading.used and int(match["weeks"]) <= _FIRST_WEEKS:
            yield _counted(reading, fact, Span(*match.span()), Decimal(match["weeks"]), start)


def _counted(reading: Reading, fact: Fact, span: Span, weeks: Decimal, start: int) -> Fact:
    reading.used.add(start)
    return replace(
        fact,
        concept="gestation_weeks",
        kind=Kind.DEMOGRAPHIC,
        quantity=Quantity(weeks, "weeks", written=str(weeks)),
        span=span,
        text=span.of(reading.text),
    )
