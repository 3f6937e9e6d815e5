"""Which words name a treatment: a medicine with its route, "B12" that is a tablet and not a test, "the injections".

Section 20 of the vitamin B12 specification: the route is part of the name; an injection without a route is
intramuscular, hydroxocobalamin without a route is intramuscular, tablets and swallowed forms are oral.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bedside.facts.context import Effect
from bedside.facts.fact import Fact, Kind, Presence, Subject, When
from bedside.facts.mentions import Mention
from bedside.facts.reach import beyond_sign
from bedside.facts.reading import Reading
from bedside.facts.unnamed import b12_is_meant
from bedside.text.matching import Figure
from bedside.text.span import Span

_B12_TEST = "total_b12"
# A test that bears the name of a medicine, and that medicine: "B12 1000 mcg" and "vitamin D 1000 IU" are no results.
_NAMESAKES = {_B12_TEST: "b12", "vitamin_d_25oh": "vitamin_d"}
_SUBSTANCES = frozenset({"cyanocobalamin", "hydroxocobalamin", "methylcobalamin", "adenosylcobalamin", "b12"})
_ROUTE_REACH = 7  # words around the name in which its route is looked for
_SAME_BREATH = 2
_RECENT = 4  # treatments looked back over when a name may be repeated
_DOSE_REACH = 4
_DOSES = frozenset({"mcg", "mg", "g", "IU"})
_BESIDE_NAMES = frozenset(
    {"?", "or", "and", "vs", "versus", "im", "iv", "sc", "po", "oral", "orally", "intramuscular", "injection",
     "injections", "tablet", "tablets", "nasal", "sublingual", ",", "/", "then", "now", "next", "first", "yet", "start",
     "starting", "begin", "add", "adding", "instead", "time", "for", "worth", "today", "straight", "away"}
)  # fmt: skip
_BEGINNING = frozenset({"next", "first", "yet", "start", "starting", "begin", "add", "adding", "instead"})
_CLAUSE = frozenset({",", ";", ":", "-"})


@dataclass(frozen=True, slots=True)
class Treatment:
    """A medicine, exposure or timed diet: where it is named, its fact without dose, and the mentions it takes up."""

    mention: Mention
    fact: Fact
    timed: bool
    claimed: frozenset[Mention] = frozenset()
    parts: tuple[Span, ...] = ()

    def __hash__(self) -> int:
        return hash(self.mention)


def treatments(reading: Reading) -> tuple[Treatment, ...]:
    """Every treatment in order of the text. What is merely asked about is left out."""
    b12 = b12_is_meant(reading)
    found: list[Treatment] = []
    for mention in reading.mentions:
        concept = _substance(reading, mention, b12=b12)
        if concept is None or _only_asked(reading, mention):
            continue
        if concept in _SUBSTANCES and (merged := _merged(reading, found, mention)) is not None:
            found[found.index(merged)] = replace(
                merged, claimed=merged.claimed | {mention}, parts=(*merged.parts, mention.span)
            )
            continue
        if (treatment := _treatment(reading, mention, concept)) is not None:
            found.append(treatment)
    if not any(each.fact.kind is Kind.DRUG for each in found):
        if b12:
            found.extend(_not_named(reading, _B12_ALONE))
        elif any(each.concept in _VITAMIN_D_ALONE.spoken for each in reading.mentions):
            found.extend(_not_named(reading, _VITAMIN_D_ALONE))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Unnamed:
    """A medicine that may be told as a dose alone: the words that speak of it, the unit, and the most that is it."""

    concept: str
    spoken: frozenset[str]
    unit: str
    most: int


_B12_ALONE = _Unnamed("b12", _SUBSTANCES | {_B12_TEST}, "mcg", 5000)
_VITAMIN_D_ALONE = _Unnamed(
    "vitamin_d", frozenset({"vitamin_d", "vitamin_d_25oh", "vitamin_d_deficiency", "vitamin_d_overdose"}), "IU", 600_000
)


def _not_named(reading: Reading, what: _Unnamed) -> list[Treatment]:
    """A medicine that is only a dose: "my B12 is 268 pg/mL and I take 1000 mcg by mouth every day", "is vitamin D safe?
    I take 10,000 IU a day".

    What is being taken in its unit, in a text that speaks of it and in which no other medicine or vitamin is named.
    """
    concepts = reading.vocabulary.lexicon.concepts
    named = [each for each in reading.mentions if each.how == ""]
    if any(
        each.concept not in what.spoken and (concepts[each.concept].kind is Kind.DRUG or "vitamin_d" in each.concept)
        for each in named
    ):
        return []
    for figure in reading.figures:
        if figure.unit != what.unit or figure.digits.start in reading.used or figure.value > what.most:
            continue
        place = reading.place(figure.span.start) - 1
        verb = reading.words[place] if place >= 0 else None
        if verb is None or verb.norm not in _TAKING or not _often(reading, figure):
            continue
        mention = Mention(what.concept, "", Span(verb.start, verb.end), place, place + 1)
        asked = _only_asked(reading, mention) or reading.status(figure.span).asked
        treatment = None if asked else _treatment(reading, mention, what.concept)
        if treatment is not None and treatment.fact.concept.startswith((what.concept, "b12_oral")):
            return [treatment]
        return []
    return []


_TAKING = frozenset({"take", "takes", "taking", "took", "on", "swallow", "swallowing", "get", "getting", "given"})
_OFTEN = re.compile(r"[^.;?!]{0,24}?\b(?:by mouth|orally|po|daily|a day|per day|each day|every day|od|once|twice|/d)\b")


def _often(reading: Reading, figure: Figure) -> bool:
    """Whether the way or how often it is taken stands behind a dose."""
    return _OFTEN.match(reading.folded, figure.span.end) is not None


def _only_asked(reading: Reading, mention: Mention) -> bool:
    """Whether the sentence, or its last clause, is nothing but names, routes and a word of beginning with a question
    mark: "IM OHCbl?", "oral or IM B12?", "Lisinopril now?", "BP 150/95, ramipril next?".
    """
    sentence = reading.sentence(mention.span.start)
    if not sentence.of(reading.text).rstrip().endswith("?"):
        return False
    inside = reading.inside(sentence)
    named = {index for each in reading.mentions_in(sentence) for index in range(each.first, each.last)}
    others = [place for place in inside if place not in named and reading.words[place].norm not in _BESIDE_NAMES]
    if not others:
        return True
    # Before the clause stands something else; a list of what is taken ("I take omeprazole, metformin?") goes on.
    comma = next(
        (place for place in range(mention.first - 1, inside.start, -1) if reading.words[place].norm in _CLAUSE), 0
    )
    if not comma or others[-1] > comma:
        return False
    before = Span(sentence.start, reading.words[comma].start)
    concepts = reading.vocabulary.lexicon.concepts
    drugs = any(concepts[each.concept].kind is Kind.DRUG for each in reading.mentions_in(before))
    taken = drugs or bool(reading.phrases("taking", before))
    return not taken or bool(_BEGINNING.intersection(word.norm for word in reading.words[comma : inside.stop]))


def _substance(reading: Reading, mention: Mention, *, b12: bool) -> str | None:
    """The lexicon name of the substance a mention stands for, or None when it is no treatment here."""
    concept = reading.vocabulary.lexicon.concepts[mention.concept]
    if concept.name in _NAMESAKES:
        return _NAMESAKES[concept.name] if mention.how == "" and _is_treatment(reading, mention) else None
    if mention.how == "loose":
        return "b12" if b12 and _is_b12_injection(reading, mention) else None
    if mention.how == "loose_oral":
        taken = _taken(reading, mention) or _dosed(reading, mention)
        return "b12" if b12 and taken and not _other_drug_near(reading, mention) else None
    if mention.how in ("denied", "only_denied", "about"):
        return None
    return concept.name if concept.kind is Kind.DRUG or concept.timed else None


def _is_treatment(reading: Reading, mention: Mention) -> bool:
    """Whether "B12" is a medicine here: a dose stands beside it, or it is being taken, and no result follows it."""
    sentence = reading.sentence(mention.span.start)
    behind = reading.figures_in(Span(mention.span.end, sentence.end))[:1]
    before = reading.figures_in(Span(sentence.start, mention.span.start))[-1:]
    if behind and behind[0].unit in _DOSES and _close(reading, mention.span.end, behind[0].span.start):
        return True
    following = reading.words[mention.last].norm if mention.last < len(reading.words) else ""
    # "I take 1000 mcg B12, level 268 pg/mL": the dose straight before owns the name, the break ends it.
    if _dosed(reading, mention) and following in _BREAKS:
        return True
    if behind and behind[0].unit in reading.vocabulary.units.analytes[mention.concept].units:
        return False
    if before and before[0].unit in _DOSES and _close(reading, before[0].span.end, mention.span.start):
        return True
    return _taken(reading, mention) and following not in _OF_A_TEST


_BREAKS = frozenset({",", ";", "(", "and", "but", "with"})
_OF_A_TEST = frozenset({"level", "levels", "test", "tests", "is", "was", "of", "result", "results", "=", ":"})


def _close(reading: Reading, start: int, end: int) -> bool:
    """Whether a dose and "B12" stand side by side, with no other medicine and no break between."""
    words = reading.between(start, end)
    concepts = reading.vocabulary.lexicon.concepts
    other = any(
        concepts[each.concept].kind is Kind.DRUG and each.how == "" for each in reading.mentions_in(Span(start, end))
    )
    return len(words) <= _DOSE_REACH and not other and not any(word.norm in (",", ";", "and", "my") for word in words)


def _taken(reading: Reading, mention: Mention) -> bool:
    before = Span(reading.words[max(0, mention.first - 3)].start, mention.span.start)
    hits = reading.phrases("taking", before)
    gap = reading.words[hits[-1].last : mention.first] if hits else ()
    allowed = (
        "oral",
        "some",
        "my",
        "the",
        "his",
        "her",
        "high",
        "dose",
        "daily",
        "a",
        "any",
        "these",
        "vitamin",
    )
    return bool(hits) and all(word.norm in allowed for word in gap)


def _dosed(reading: Reading, mention: Mention) -> bool:
    """Whether a dose stands straight before the form: "3 weeks of 1 mg tablets"."""
    before = reading.figures_in(Span(max(0, mention.span.start - 16), mention.span.start))[-1:]
    return bool(before) and before[0].unit in _DOSES and not reading.between(before[0].span.end, mention.span.start)


def _is_b12_injection(reading: Reading, mention: Mention) -> bool:
    before = reading.words[max(0, mention.first - 2) : mention.first]
    after = reading.words[mention.last : mention.last + 1]
    other = (
        "insulin",
        "steroid",
        "flu",
        "covid",
        "vaccine",
        "vaccination",
        "contraceptive",
        "depo",
        "iron",
        "ozempic",
        "testosterone",
    )
    return not any(word.norm in other for word in before) and not any(w.norm in ("site", "sites") for w in after)


def _other_drug_near(reading: Reading, mention: Mention) -> bool:
    near = Span(max(0, mention.span.start - 40), mention.span.end + 40)
    concepts = reading.vocabulary.lexicon.concepts
    return any(concepts[each.concept].kind is Kind.DRUG and each.how == "" for each in reading.mentions_in(near))


# Between two names one of these begins another treatment: "never had B12 injections but take B12 tablets".
_NEW_TREATMENT = frozenset(
    {",", ".", ";", "and", "or", "to", "but", "take", "takes", "taking", "then", "now", "on", "had"}
)


def _merged(reading: Reading, found: list[Treatment], mention: Mention) -> Treatment | None:
    """The treatment that "injections" or "B12 tablets" merely repeats in the same breath or later in the text."""
    for treatment in reversed(found[-_RECENT:]):
        name = treatment.fact.concept
        if not name.startswith(tuple(_SUBSTANCES)):
            continue
        gap = reading.between(treatment.mention.span.end, mention.span.start)
        if (
            len(gap) <= _SAME_BREATH
            and not any(word.norm in _NEW_TREATMENT for word in gap)
            and mention.concept in (treatment.mention.concept, "b12", _B12_TEST)
        ):
            return treatment
    return None


def _treatment(reading: Reading, mention: Mention, name: str) -> Treatment | None:
    concept = reading.vocabulary.lexicon.concepts[name]
    status = reading.status(mention.span)
    if status.subject in (Subject.RELATIVE, Subject.OTHER) or (
        status.asked and not (_surely_taken(reading, mention) or _arranged(reading, mention, status.when))
    ):
        return None
    kind = concept.kind
    full = _named(name, _route(reading, mention, name)) if concept.routed else name
    fact = reading.fact(full, kind, mention.span)
    if status.asked or (fact.presence is Presence.ABSENT and kind is Kind.DRUG and beyond_sign(reading, mention)):
        fact = replace(fact, presence=Presence.PRESENT)
    if fact.when is When.PAST and (concept.lasting or _of_a_series(reading, mention)):
        fact = replace(fact, when=When.CURRENT)
    if kind is Kind.DRUG and dated_in_the_past(reading, mention):
        fact = replace(fact, when=When.PAST)
    timed = concept.timed or kind is Kind.DRUG
    return Treatment(mention, fact, timed, frozenset({mention}), (mention.span,))


def _of_a_series(reading: Reading, mention: Mention) -> bool:
    """Whether "my last injection" speaks of a treatment that goes on."""
    before = reading.words[mention.first - 1].norm if mention.first else ""
    return before in ("last", "latest", "next", "recent", "b12") and "im" in [
        h.payload for h in reading.phrases("routes", mention.span)
    ]


_YEAR_BEHIND = 5


def dated_in_the_past(reading: Reading, mention: Mention) -> bool:
    """Whether an event is dated by a year behind it ("TIA in 2021"): it is over."""
    following = reading.words[mention.last : mention.last + _YEAR_BEHIND]
    for place, word in enumerate(following):
        if word.is_mark and word.norm not in ("(", ","):
            return False
        dose = any(figure.unit for figure in reading.figures_in(Span(word.start, word.end)))  # "2000 IU"
        if len(word.norm) == len("2021") and word.norm.isdigit() and word.norm[:2] in ("19", "20") and not dose:
            led = following[place - 1].norm if place else ""
            since = led == "from" or any(each.norm in ("since", "started", "began") for each in following[:place])
            reaction = following[0].norm in ("to", "after", "with", "from") and (
                reading.words[mention.last + place + 1 : mention.last + place + 2] == ()
                or reading.words[mention.last + place + 1].is_mark
            )
            return not since and (led in ("in", "(", "") or place == 0 or reaction)
    return False


_ARRANGED = re.compile(r"\b(?:arranged|booked|scheduled|due|organised)\b")
_BEGUN = re.compile(
    r"\W{0,3}(?:i|she|he|we)(?:'ve| have|'m| am|'s| is| has)? already "
    r"(?:started|begun|began|taking|take|takes|on|been on)"
    r"(?: taking)? (?:it|them|that|this|these)\b"
)


def _arranged(reading: Reading, mention: Mention, when: When) -> bool:
    """Whether what is asked about has been arranged: "is it safe to get the shot the clinic booked?"."""
    sentence = reading.sentence(mention.span.start)
    return when is When.PLANNED and _ARRANGED.search(reading.folded, mention.span.end, sentence.end) is not None


def _begun(reading: Reading, mention: Mention) -> bool:
    """Whether the next sentence says so: "can I take folic acid? I already started it."."""
    return _BEGUN.match(reading.folded, reading.sentence(mention.span.start).end) is not None


_GOING_ON = frozenset({"stop", "keep", "continue", "carry", "come", "stopping", "continuing", "coming", "quit"})


def _surely_taken(reading: Reading, mention: Mention) -> bool:
    """Whether "my metformin" or "the metformin I take" shows that what is asked about is being taken."""
    if reading.context.effect(mention.span) & Effect.UNKNOWN:
        return False
    if _begun(reading, mention):
        return True
    before = [word.norm for word in reading.words[max(0, mention.first - 3) : mention.first]]
    if before[-2:-1] and before[-2] in _GOING_ON and before[-1] in ("taking", "using", "having", "with", "off", "on"):
        return True  # "should I stop taking B12 tablets?"
    return before[-1:] == ["my"] or (before[-2:-1] == ["my"] and before[-1] in ("b12", "current", "daily", "oral"))


def _route(reading: Reading, mention: Mention, name: str) -> str:
    """The route written in or around the name; nearest wins, and then the substance's usual route."""
    own = reading.phrases("routes", mention.span)
    if own:
        return own[0].payload
    sentence = reading.inside(reading.sentence(mention.span.start))
    first = max(sentence.start, mention.first - 3)
    last = min(sentence.stop, mention.last + _ROUTE_REACH)
    if first >= last:
        return reading.vocabulary.lexicon.concepts[name].usual_route
    window = Span(reading.words[first].start, reading.words[last - 1].end)
    hits = [hit for hit in reading.phrases("routes", window) if _belongs(reading, mention, hit.first)]
    nearest = min(hits, key=lambda hit: _distance(hit.first, mention), default=None)
    if nearest is not None:
        return nearest.payload
    return reading.vocabulary.lexicon.concepts[name].usual_route


def _distance(place: int, mention: Mention) -> int:
    return place - mention.last if place >= mention.last else 2 * (mention.first - place)


def _belongs(reading: Reading, mention: Mention, place: int) -> bool:
    """Whether no other medicine stands between the name and a route word."""
    start, end = sorted((reading.words[place].start, mention.span.start))
    concepts = reading.vocabulary.lexicon.concepts
    return not any(
        each.concept != mention.concept and concepts[each.concept].kind is Kind.DRUG and each.how == ""
        for each in reading.mentions_in(Span(start, end))
    )


def _named(substance: str, route: str) -> str:
    if substance == "b12":
        return f"b12_{route or 'oral'}_unspecified"
    # A route that nobody wrote is oral for what is sold as tablets; hydroxocobalamin has its usual route.
    return f"{substance}_{route or 'oral'}"
