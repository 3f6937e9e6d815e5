"""One later turn, read in the light of those before it: what it states, corrects, supposes and takes back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bedside.facts.fact import SUPPOSED, Concern, Fact, Facts, Kind, Origin, Presence, Subject, When
from bedside.facts.read import read_facts
from bedside.facts.reading import take_apart
from bedside.facts.turn_correcting import Meant, meant
from bedside.facts.turn_person import FOR_ANOTHER
from bedside.facts.turn_words import (
    back_then_from,
    corrects,
    goes_on,
    only_asked_from,
    supposes_from,
    taken_back,
    without_what_about,
)
from bedside.facts.vocabulary import Vocabulary
from bedside.text.folding import fold
from bedside.text.sentences import sentences
from bedside.text.span import Span

_STOPPING = re.compile(
    r"\b(?:stop(?:ped|ping)?|quit|came off|come off|coming off|gave up|give up|without|weren't|werent|wasn't"
    r"|wasnt|didn't|didnt"
    r"|no longer|not|never)\b"
)
_STOPPED = re.compile(
    r"\b(?:stopped|quit|came off|gave up|no longer (?:on|take|taking|have|having|get|use)|not (?:on"
    r"|taking) any ?more|finished|discontinued)"
    r" (?:taking |using |having |with )?(?:the|my|those|these|his|her|all)?\s?"
    r"(tablets?|pills?|capsules?|injections?|jabs?|shots?|supplements?|them|it|medication|treatment)\b"
    r"(?! (?:for|until)\b)"
)
_STOPPED_IT = re.compile(
    r"\b(?:ran|run) out of (?:the |my |her |his )?(tablets?|pills?|capsules?|injections?|supplements?|them|it)\b"
    r"|\b(?:my|the) (tablets?|pills?|capsules?|supplements?) (?:ran|have run) out\b"
    r"|\b(?:don't|dont|do not|doesn't|does not) (?:take|use|have|do) (?:the |my |her |his )?"
    r"(?:tablets?|pills?|injections?|them|it) any ?more\b"
    r"|^\W*(?:i |i've |i have |she |he |she has |he has )?(?:have )?(?:stopped|quit)"
    r"(?: (?:(?:a|an|one|two|three|\d+|some|many|last|in|about|over) )*(?:days?|weeks?|months?|years?|january|february"
    r"|march"
    r"|april|may|june|july|august|september|october|november|december|summer|winter|spring|autumn|\d{4})(?: ago)?)?\W*$"
    r"|\bif (?:i|she|he|we) (?:stop(?:ped)?|were to stop|was to stop|quit)(?: (?:it|them|now|today))?\W*$"
)
_NOT_STOPPED = re.compile(r"(?:\b(?:not|never|nor|without)|n't)(?: (?:yet|ever|actually|really))?\s*$")
_BEGAN = re.compile(
    r"\b(?:gave me|given me|put me on|(?:have |has |'ve )?started(?: me)?(?: (?:on|having))?"
    r"|(?:i'm|i am|now) (?:now )?on"
    r"|(?:switched|changed|moved)(?: me)?(?: over)?(?: from (?:the )?(?:tablets|pills))? (?:to|on to|onto)) "
    r"(?:the |my |b-?12 |vitamin b-?12 )*(?:injections|jabs|shots)\b"
)
_NOT_BEGUN = re.compile(
    r"(?:\b(?:will|wants? to|going to|could|may|might|should|would|if|not|never|before|until|to be|about to"
    r"|offered to)|n't)(?: \w+){0,2}\s*$"
)
_OF_B12 = ("b12", "cobalamin")
_NEEDLED = "b12_im_unspecified"
_PREGNANCY = "pregnancy"
_BORN = re.compile(
    r"\b(?:(?:i|she)(?:'ve| have|'s| has)? (?:just |now )?(?:had (?:the|my|our|her) baby\b(?! shower)"
    r"|gave birth|given birth"
    r"|delivered|miscarried|lost (?:the|my|our|her) baby|had a (?:miscarriage|stillbirth|termination|c-?section))"
    r"|(?:the|my|our|her) baby (?:is here|(?:was|is) born|came|arrived|has arrived))\b"
)
_NOT_YET = re.compile(r"\b(?:when|once|until|till|before|by the time|if)\b[^.!?]*$")
_ROUTE = {"tablet": "_oral", "pill": "_oral", "capsule": "_oral", "supplement": "_oral"}
_SEX = "sex"
_IT = re.compile(r"(?:now |then )?it\b")
_OF_A_TIME = (Kind.LAB, Kind.CONDITION, Kind.DRUG)
_NEEDLE = ("injection", "jab", "shot")


@dataclass(frozen=True, slots=True)
class TurnReading:
    """What one turn says of the person the case is about.

    ``stated`` are facts as read; ``meant`` values that were given without a name; ``supposed`` what holds for this
    turn only; ``withdrawn`` concepts that are taken back; ``corrects`` whether the words correct what was said;
    ``ended`` known facts that have come to an end, as past ones.
    """

    stated: tuple[Fact, ...] = ()
    meant: tuple[Meant, ...] = ()
    supposed: tuple[Fact, ...] = ()
    withdrawn: tuple[str, ...] = ()
    concerns: tuple[Concern, ...] = ()
    corrects: bool = False
    ended: tuple[Fact, ...] = ()


def read_turn(
    text: str,
    turn: int,
    known: tuple[Fact, ...],
    vocabulary: Vocabulary,
    *,
    opening: str = "",
    skip: tuple[int, int] = (0, 0),
) -> TurnReading:
    """Read turn number *turn* after the facts *known*.

    *opening* is a sentence read before the text that says whom the case is about; it gives no fact. *skip* are the
    characters of words that only name another person ("what about"): they are not read.
    """
    plain = _without_the_person(text, *skip)
    facts, doubts = _shifted(read_facts(opening + without_what_about(plain), vocabulary, turn), len(opening), text)
    if opening.startswith(FOR_ANOTHER) and not any(fact.concept == _SEX for fact in (*known, *facts)):
        facts.extend(fact for fact in read_facts(plain, vocabulary, turn).items if fact.concept == _SEX)
    supposed, stated = _supposed(text, _in_time(text, facts))
    back = taken_back(text)
    withdrawn = _named_in(text, back, vocabulary, turn) if back else ()
    stated = [fact for fact in stated if not _withdraws(fact, back, withdrawn, known)]
    stated = [each for fact in stated if (each := _pointed(fact, known, withdrawn, vocabulary)) is not None]
    named = {mention.concept for mention in take_apart(text, vocabulary, turn).mentions if mention.how != "about"}
    meanings = [] if back else meant(text, turn, known, [*stated, *supposed], vocabulary, named)
    if meanings:
        places = [meaning.after.span for meaning in meanings]
        stated = [fact for fact in stated if not _covered(fact, places)]
        supposed = [fact for fact in supposed if not _covered(fact, places)]
    if supposes_from(text) is not None and not corrects(text):
        supposed = [*supposed, *(_as_supposed(meaning.after) for meaning in meanings)]
        meanings = []
    over = _born(text, turn, known, stated)
    stated = [*stated, *_begun(text, turn, known, stated)]
    supposing = supposes_from(text)
    for stopped in _stopped(text, turn, known, stated):
        if supposing is not None and supposing <= stopped.span.start:
            supposed = [*supposed, _as_supposed(stopped)]
        else:
            over = [*over, stopped]
    told = (tuple(stated), tuple(meanings), tuple(supposed), withdrawn, doubts, corrects(text))
    return TurnReading(*told, ended=tuple(over))


def _without_the_person(text: str, start: int, end: int) -> str:
    """The text without the words that name another person, of the same length: what they ask states who it is, so the
    mark of the question goes too ("what about my mother, 82?")."""
    if start == end:
        return text
    mark = text.find("?", end)
    rest = text[end:] if mark < 0 else f"{text[end:mark]}.{text[mark + 1 :]}"
    return text[:start] + " " * (end - start) + rest


def _shifted(facts: Facts, before: int, text: str) -> tuple[list[Fact], tuple[Concern, ...]]:
    """The facts with places in the turn's own text; those of the opening sentence are left out."""
    if not before:
        return [replace(fact, text=fact.span.of(text) or fact.text) for fact in facts.items], facts.concerns
    own = [
        replace(fact, span=(place := Span(fact.span.start - before, fact.span.end - before)), text=place.of(text))
        for fact in facts.items
        if fact.span.start >= before
    ]
    doubts = tuple(
        replace(
            concern, span=(place := Span(concern.span.start - before, concern.span.end - before)), text=place.of(text)
        )
        for concern in facts.concerns
        if concern.span.start >= before
    )
    return own, doubts


def _in_time(text: str, facts: list[Fact]) -> list[Fact]:
    """The facts without what is merely asked, and those of another time as past ones."""
    asked, then = [], []
    for sentence in sentences(text):
        if (start := only_asked_from(sentence.of(text))) is not None:
            asked.append(Span(sentence.start + start, sentence.end))
        if (start := back_then_from(sentence.of(text))) is not None:
            then.append(Span(sentence.start + start, sentence.end))
    kept = [fact for fact in facts if fact.quantity is not None or not _inside(fact, asked)]
    return [
        replace(fact, when=When.PAST)
        if fact.when is When.CURRENT and fact.kind in _OF_A_TIME and _inside(fact, then)
        else fact
        for fact in kept
    ]


def _inside(fact: Fact, places: list[Span]) -> bool:
    return any(place.start <= fact.span.start < place.end for place in places)


def _pointed(fact: Fact, known: tuple[Fact, ...], withdrawn: tuple[str, ...], vocabulary: Vocabulary) -> Fact | None:
    """A result read from "it was 180 nmol/L", of the test that "it" means here; None where that cannot be said."""
    quantity = fact.quantity
    if fact.kind is not Kind.LAB or quantity is None or not quantity.unit or not _IT.match(fold(fact.text)):
        return fact
    units = vocabulary.units

    def fits(concept: str) -> bool:
        analyte = units.analytes.get(concept)
        return analyte is not None and any(units.same_scale(quantity.unit, unit) for unit in analyte.units)

    told = dict.fromkeys(
        each.concept for each in known if each.kind is Kind.LAB and each.quantity and not each.internal
    )
    meant_here = [concept for concept in told if concept in withdrawn and fits(concept)]
    near = {
        each.concept
        for each in known
        if each.concept in told and each.quantity and units.same_scale(quantity.unit, each.quantity.unit)
    }
    if not meant_here and len(near) == 1 and fact.concept in told and fact.concept not in near:
        meant_here = [concept for concept in near if fits(concept)]
    if not meant_here and fits(fact.concept):
        return fact
    meant_here = meant_here or [concept for concept in told if fits(concept)]
    return replace(fact, concept=meant_here[0], assay="") if len(meant_here) == 1 else None


def _supposed(text: str, facts: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """The facts that hold for this turn only, and the others. A supposition reaches to the end of its sentence."""
    reaches: list[tuple[Span, str]] = []
    for sentence in sentences(text):
        start = supposes_from(sentence.of(text))
        if start is not None:
            reaches.append((Span(sentence.start + start, sentence.end), text[sentence.start + start : sentence.end]))
    supposed, stated = [], []
    for fact in facts:
        reach = next((reach for reach, _ in reaches if reach.start <= fact.span.start < reach.end), None)
        if fact.subject is not Subject.PATIENT or reach is None:
            stated.append(fact)
            continue
        if fact.concept == _SEX:
            continue  # "if she were pregnant" supposes no sex
        before = fold(text[reach.start : fact.span.start])
        stops = _STOPPING.search(before) is not None and fact.kind in (Kind.DRUG, Kind.CONDITION, Kind.SYMPTOM)
        when = When.PAST if stops and fact.kind is Kind.DRUG else When.CURRENT
        presence = Presence.ABSENT if stops and fact.kind is not Kind.DRUG else fact.presence
        supposed.append(_as_supposed(replace(fact, when=when, presence=presence)))
    return supposed, stated


def _as_supposed(fact: Fact) -> Fact:
    return replace(fact, origin=Origin(SUPPOSED, fact.origin.turn))


def _covered(fact: Fact, places: list[Span]) -> bool:
    return fact.quantity is not None and any(fact.span.overlaps(place) for place in places)


def _named_in(text: str, places: list[Span], vocabulary: Vocabulary, turn: int) -> tuple[str, ...]:
    """The concepts named in the stretches that are to be forgotten."""
    named = take_apart(text, vocabulary, turn).mentions
    return tuple(
        dict.fromkeys(m.concept for m in named if any(place.start <= m.span.start < place.end for place in places))
    )


def _withdraws(fact: Fact, places: list[Span], withdrawn: tuple[str, ...], known: tuple[Fact, ...]) -> bool:
    """Whether a fact was only named in order to be forgotten; another value of it is a new one."""
    if any(place.start <= fact.span.start < place.end for place in places):
        return True
    if not withdrawn or not any(fact.concept == concept or concept in fact.concept for concept in withdrawn):
        return False
    return any(fact.concept == old.concept and _value(fact) == _value(old) for old in known)


def _value(fact: Fact) -> object:
    return (fact.quantity.value, fact.quantity.unit) if fact.quantity else fact.result


def _stopped(text: str, turn: int, known: tuple[Fact, ...], stated: list[Fact]) -> list[Fact]:
    """The medicine that "I stopped the tablets" means, where only one can be meant."""
    folded = fold(text)
    match = _STOPPED.search(folded) or _STOPPED_IT.search(folded)
    if match is None or _NOT_STOPPED.search(folded[: match.start()]) or goes_on(text, ""):
        return []
    if any(fact.kind is Kind.DRUG and not _is_needle(fact) for fact in stated):
        return []
    thing = (match[1] or "it").removesuffix("s")
    taken = [
        fact
        for fact in known
        if fact.kind is Kind.DRUG
        and fact.subject is Subject.PATIENT
        and fact.when is When.CURRENT
        and fact.presence is Presence.PRESENT
        and not fact.internal
        and not fact.concept.endswith(("_duration", "_frequency"))
    ]
    if thing in _ROUTE:
        taken = [fact for fact in taken if "_oral" in fact.concept] or [
            f for f in taken if not f.concept.endswith("_im")
        ]
    elif thing in _NEEDLE:
        taken = [fact for fact in taken if _is_needle(fact)]
    if len(taken) != 1:
        return []
    span = Span(*match.span())
    return [replace(taken[0], when=When.PAST, span=span, text=span.of(text), origin=Origin(turn=turn))]


def _is_needle(fact: Fact) -> bool:
    return fact.concept.endswith(("_im", "_im_unspecified", "_sc"))


def _begun(text: str, turn: int, known: tuple[Fact, ...], stated: list[Fact]) -> list[Fact]:
    """Injections that were begun, of B12 where that is what the case is about: "my GP put me on injections"."""
    folded = fold(text)
    match = _BEGAN.search(folded)
    if match is None or "?" in folded[match.end() :] or _NOT_BEGUN.search(folded[: match.start()]):
        return []
    if any(fact.kind is Kind.DRUG for fact in (*stated, *(f for f in known if _is_needle(f)))):
        return []
    if supposes_from(text) is not None or not any(word in fact.concept for fact in known for word in _OF_B12):
        return []
    span = Span(*match.span())
    return [Fact(kind=Kind.DRUG, concept=_NEEDLED, span=span, text=span.of(text), origin=Origin(turn=turn))]


def _born(text: str, turn: int, known: tuple[Fact, ...], stated: list[Fact]) -> list[Fact]:
    """The end of a known pregnancy: "I had the baby"."""
    match = _BORN.search(fold(text))
    if (
        match is None
        or supposes_from(text) is not None
        or _NOT_YET.search(fold(text)[: match.start()])
        or any(fact.concept == _PREGNANCY for fact in stated)
    ):
        return []
    carrying = [
        fact
        for fact in known
        if fact.concept == _PREGNANCY
        and fact.subject is Subject.PATIENT
        and fact.when is When.CURRENT
        and fact.presence is Presence.PRESENT
    ]
    span = Span(*match.span())
    return [
        replace(fact, when=When.PAST, span=span, text=span.of(text), origin=Origin(turn=turn)) for fact in carrying[:1]
    ]
