"""What a proposed wording is held against, each check a function that gives its objections."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bedside.evidence.passage import Passage
from bedside.evidence.statement import Statement
from bedside.review.wording import Level, Objection, Wording, read_as
from bedside.review.wording_cues import CUES, number_words
from bedside.review.wording_words import known_words, new_words, turned_words
from bedside.text.matching import Figure, UnitTokens, figures
from bedside.text.person import second_person, third_person
from bedside.text.span import NOWHERE, Span
from bedside.verification.checks.classes import members_kept
from bedside.verification.figures import claim_figures
from bedside.verification.judging import CHECKS
from bedside.verification.originals import Standing, hold
from bedside.verification.pair import Pair, best_window, share
from bedside.verification.polarity import other_wording
from bedside.verification.reading import Reading, read
from bedside.verification.strength import prescribers_voice, strength_kept
from bedside.verification.terms import Terms
from bedside.verification.verdict import SHOWN, Finding

LONGEST = 900
"""Characters in one text."""
_SHARED = 0.5
"""The share of a sentence's content that the other wording must say."""
_MORE_WORDS = 6

# What the wordings that ship are written with, and letters with accents for names.
_SHOWN = re.compile(r"[A-Za-z0-9 %'(),./:;<>?^=+\-\u00b0\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017e]|\{you\}")
_ONLY_WORDS = ("coverage", "stitching")  # what words may come and go is decided in wording_words
_DIGITS = re.compile(r"\S*\d\S*")

Key = tuple[str, str, str, str]


def formed(wording: Wording) -> Iterator[Objection]:
    """There is a text, not too long, and every reader can see every character of it."""
    for level in Level:
        text = wording.of(level)
        if not any(map(str.isalpha, text)):
            yield Objection(level, "form", "There is no text.", "Write both wordings.")
        if len(text) > LONGEST:
            what = f"It has {len(text)} characters, and {LONGEST} are allowed."
            yield Objection(level, "form", what, "Shorten it.", Span(LONGEST, len(text)))
        at = 0
        while at < len(text):
            match = _SHOWN.match(text, at)
            if match is None or (match.group() == "{you}" and level is Level.CLINICAL):
                what = f"The character U+{ord(text[at]):04X} cannot stand in a wording."
                yield Objection(level, "form", what, "Write plain letters, digits and marks.", Span(at, at + 1))
                break
            at = match.end()
        if text and text[-1] not in ".?":
            yield Objection(level, "form", "It does not end as a sentence does.", "End it with a full stop.")


def unlike(wording: Wording, present: Wording) -> Iterator[Objection]:
    """It is another wording at all, of about the same length."""
    if wording == present:
        yield Objection(Level.CLINICAL, "same", "It is the present wording.", "Change a word, or leave it.")
    for level in Level:
        here, there = (len(each.of(level).split()) for each in (wording, present))
        if not there // 2 <= here <= there * 3 // 2 + _MORE_WORDS:
            what = f"It has {here} words, the present wording {there}."
            yield Objection(level, "length", what, "A wording says the same in about as many words.")


def gated(proposed: Statement, terms: Terms) -> Iterator[Objection]:
    """What the gate asks of every answer: the plain wording has the figures, names, "not" and strength of the clinical
    one, for the patient and for a carer."""
    clinical = proposed.clinical
    yield from _found(Level.CLINICAL, strength_kept(clinical, proposed.strength, ""))
    for text in (second_person(proposed.plain), third_person(proposed.plain)):
        findings = [
            *claim_figures(text, clinical, terms.units.tokens, ""),
            *strength_kept(text, proposed.strength, ""),
            *members_kept(text, clinical, terms, ""),
            *other_wording(text, clinical, proposed.strength, ""),
        ]
        if proposed.dose:
            findings += prescribers_voice(text, "")
        yield from (Objection(o.level, o.check, o.what, o.remedy) for o in _found(Level.PLAIN, findings))


def compared(
    wording: Wording,
    present: Wording,
    terms: Terms,
    originals: Sequence[Passage],
    glosses: Collection[tuple[str, str]],
) -> Iterator[Objection]:
    """Each text says what the present one says: no more, no less, nothing else."""
    born = [passage.text for passage in originals]
    for level in Level:
        mine = _without(read_as(wording.of(level)), glosses)
        theirs = _without(read_as(present.of(level)), glosses)
        if mine == theirs:
            continue
        beside = read_as(present.of(Level.CLINICAL if level is Level.PLAIN else Level.PLAIN))
        yield from _figures(level, mine, theirs, born, terms.units.tokens)
        yield from _cues(level, *(_blank(text, terms.units.tokens) for text in (mine, theirs)))
        yield from _read(level, mine, theirs, terms)
        yield from _words(level, mine, theirs, beside, terms)


def sourced(present: Statement, proposed: Statement, terms: Terms, originals: Sequence[Passage]) -> Iterator[Objection]:
    """Where the text of a cited source is loaded, it does not say otherwise, and says no less than it did of the
    present wording."""
    if not originals or present.clinical == proposed.clinical:
        return
    was, now = (hold(each, "", originals, terms) for each in (present, proposed))
    if now.standing is Standing.OTHERWISE:
        what = f"The source text says otherwise ({now.locator or now.passage}): {now.reason}"
        yield Objection(Level.CLINICAL, "original", what, "Hold it against the passage.")
    elif was.standing is Standing.CHECKED and now.standing is not Standing.CHECKED:
        what = f"The present wording stands in the source text, this one does not: {now.reason}"
        yield Objection(Level.CLINICAL, "original", what, "Stay nearer to the passage.")


_PRESENT = ("the passage", "the present wording")
_TURNED = (
    ("the passage", "this wording"),
    ("the sentence does", "the present one does"),
    (", which is left out", ", which the present one does not say"),
)


def _figures(level: Level, mine: str, theirs: str, born: Sequence[str], units: UnitTokens) -> Iterator[Objection]:
    """The same figures as often, with unit and comparator; a new one only from a loaded passage. Digits that are no
    figure (names, dates) stay, too, and so do numbers in words."""
    here, there = _counted(mine, units), _counted(theirs, units)
    origin = {_key(figure) for text in born for figure in figures(text, units)}
    for key, found in here.items():
        before = there.get(key, [])
        if not before and key not in origin:
            what = f"{found[0].span.of(mine).strip()!r} is not in the present wording, nor in a loaded source text."
            yield Objection(level, "figures", what, "Use the figures it has, with their units.", found[0].span)
        elif len(found) > max(len(before), 1):
            what = f"{found[-1].span.of(mine).strip()!r} stands there more often than in the present wording."
            yield Objection(level, "figures", what, "Say it as often as before.", found[-1].span)
    for key, found in there.items():
        if key not in here:
            what = f"{found[0].span.of(theirs).strip()!r} of the present wording is missing."
            yield Objection(level, "figures", what, "Put it back, with its unit and comparator.")
    for token in sorted(_digits(mine) - _digits(theirs) - {t for text in born for t in _digits(text)}):
        yield Objection(level, "figures", f"{token!r} is not in the present wording.", "Write figures as it does.")
    for word in sorted(number_words(mine) ^ number_words(theirs)):
        where = "is not in the present wording" if word in number_words(mine) else "of the present wording is missing"
        yield Objection(level, "figures", f"The number {word!r} {where}.", "Write numbers as it does.")


def _counted(text: str, units: UnitTokens) -> dict[Key, list[Figure]]:
    found: dict[Key, list[Figure]] = {}
    for figure in figures(text, units):
        found.setdefault(_key(figure), []).append(figure)
    return found


def _key(figure: Figure) -> Key:
    upper = "" if figure.upper is None else f"{figure.upper.normalize()}"
    return (f"{figure.value.normalize()}", upper, figure.unit, figure.sign)


def _digits(text: str) -> set[str]:
    return {match.group().strip("(),.;:?").lower() for match in _DIGITS.finditer(text)}


def _cues(level: Level, mine: str, theirs: str) -> Iterator[Objection]:
    """The words that turn, limit, hurry or weaken what is said are there as before."""
    for cue in CUES:
        here, there = cue.found(mine), cue.found(theirs)
        if (len(here) == len(there)) if cue.counted else (bool(here) == bool(there)):
            continue
        if cue.may_go and len(here) < len(there):
            continue
        if len(here) > len(there):
            span = Span(*here[-1].span()) if len(mine) == len(cue.form(mine)) else NOWHERE
            what = f"{here[-1].group().strip()!r} is added ({cue.name})."
            yield Objection(level, cue.name, what, "The present wording does not say it.", span)
        else:
            what = f"{there[-1].group().strip()!r} of the present wording is missing ({cue.name})."
            yield Objection(level, cue.name, what, "Put it back.")


def _blank(text: str, units: UnitTokens) -> str:
    """The text without its figures, each other character in its place: their comparators are compared with them."""
    for figure in figures(text, units):
        span = figure.span
        text = text[: span.start] + "0".ljust(span.end - span.start) + text[span.end :]
    return text


def _read(level: Level, mine: str, theirs: str, terms: Terms) -> Iterator[Objection]:
    """What the checks of a claim against a passage find, in both directions."""
    said, there = read(mine, terms), read(theirs, terms)
    if not said.sentences or not there.sentences:
        return
    for each in said.sentences:
        if share(each, best_window(each, there).keys) < _SHARED:
            what = f"{each.span.of(mine)!r} says too little of what the present wording says to be compared."
            yield Objection(level, "far", what, "Stay nearer to its words.", each.span)
    for finding in _findings(said, there, terms):
        yield Objection(level, finding.check, _held(finding.message), "Say what the present one says.", finding.here)
    for finding in _findings(there, said, terms):
        yield Objection(
            level, finding.check, _turned(finding.message), "Say what the present one says, no more.", finding.there
        )


def _findings(said: Reading, there: Reading, terms: Terms) -> Iterator[Finding]:
    for each in said.sentences:
        pair = Pair(said, each, there, best_window(each, there), terms)
        yield from (f for check in CHECKS for f in check(pair) if f.check not in _ONLY_WORDS)


def _words(level: Level, mine: str, theirs: str, beside: str, terms: Terms) -> Iterator[Objection]:
    """Words that carry the meaning neither come nor go. A new one may come from the other level as it
    is now."""
    known = known_words(beside, terms)
    for span in new_words(mine, theirs, terms, known):
        what = f"{span.of(mine)!r} is not in the present wording."
        yield Objection(level, "words", what, "Use its words, or everyday ones.", span)
    for one, two, text in ((mine, theirs, "this"), (theirs, mine, "the present wording")):
        for span in turned_words(one, two, terms):
            what = f"Only {text} denies {span.of(one)!r}."
            place = span if one is mine else NOWHERE
            yield Objection(level, "negation", what, "Deny what the present wording denies.", place)
    missing = list(dict.fromkeys(repr(span.of(theirs)) for span in new_words(theirs, mine, terms, frozenset())))
    if len(missing) == 1:
        what = f"{missing[0]} of the present wording is missing."
        yield Objection(level, "words", what, "Keep it, or a word that means the same.")
    elif missing:
        what = f"{', '.join(missing)} of the present wording are missing."
        yield Objection(level, "words", what, "Keep them, or words that mean the same.")


def _without(text: str, glosses: Collection[tuple[str, str]]) -> str:
    """The text with known explanations blanked out, each character in its place."""
    for match in re.finditer(r"(\S+) \(([^()]*)\)", text):
        if (match[1].lower(), match[2].lower()) in glosses:
            start, end = match.start(2) - 1, match.end()
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _found(level: Level, findings: Iterator[Finding] | list[Finding]) -> Iterator[Objection]:
    for finding in findings:
        if finding.verdict not in SHOWN:
            yield Objection(
                level, finding.check, _sentence(finding.message), "Say what the statement says.", finding.here
            )


def _held(message: str) -> str:
    """What a check finds in this wording, held against the present one as if that were its passage."""
    return _sentence(message.replace("the passage's", "those of the present wording").replace(*_PRESENT))


def _turned(message: str) -> str:
    """What a check finds in the present wording, held against this one."""
    for one, other in _TURNED:
        message = message.replace(one, other)
    return _sentence(f"the present wording {message}" if message.startswith(("says ", "gives ")) else message)


def _sentence(message: str) -> str:
    return f"{message[:1].upper()}{message[1:]}."
