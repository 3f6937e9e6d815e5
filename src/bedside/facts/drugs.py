"""Medicines and exposures: the route that is part of the name, dose, frequency, and how long.

A dose, a frequency or a duration belongs to the nearest medicine of its sentence with nothing else in between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bedside.facts.fact import Fact, Kind, Presence, When
from bedside.facts.frequency import Frequency, bare_interval, frequencies
from bedside.facts.mentions import Mention
from bedside.facts.reading import Reading, quantity, spanning
from bedside.facts.treatment import Treatment, treatments
from bedside.text.matching import Figure
from bedside.text.span import Span

_DOSE_UNITS = frozenset({"mcg", "mg", "g", "IU", "ng"})
_TIME_UNITS = frozenset({"hours", "days", "weeks", "months", "years"})
_FAR_DOSE = 8
_FAR_FREQUENCY = 8
_FAR_DURATION = 9
_LEAD_WORDS, _BARE_WORDS = 4, 5
_NOT_A_DURATION = frozenset({"ago", "before", "after", "later", "until", "old", "apart", "early", "time", "pregnant"})
_LEADS = frozenset(
    {
        "for",
        "x",
        "over",
        "past",
        "last",
        "since",
        "about",
        "around",
        "nearly",
        "almost",
        "the",
        "approx",
        "approximately",
        "than",
        "~",
        "at",
        "least",
    }
)


_LEADS_ON = frozenset({"of", "on", "into", "taking", "as", "("})
_BACK, _SINCE_WORDS = 44, 7  # characters and words before "5 years ago" in which "began" stands
_STRAIGHT = 40  # characters before a dose in which a name that stands straight before it begins
# Words that lead from a medicine to its dose in the next sentence.
_GOING_ON = frozenset(
    ["i", "take", "taking", "takes", "on", "i'm", "im", "she", "he", "hes", "shes", "am", "is", "have", "been", "ive",
     "it", "its", "has", "was", "for", "about", "now", "currently", "the", "dose", "at", "of", "once", "twice", "daily",
     "a", "day", "every", "od", "bd", "my", "x", "just", "only", ","]
)  # fmt: skip


BySentence = dict[int, list[Treatment]]


def _by_sentence(reading: Reading, found: Iterable[Treatment]) -> BySentence:
    groups: BySentence = {}
    for treatment in found:
        groups.setdefault(reading.sentence(treatment.mention.span.start).start, []).append(treatment)
    return groups


def drugs(reading: Reading, found: tuple[Treatment, ...]) -> list[Fact]:
    """Every medicine, exposure and timed diet, with the facts of its dose and time."""
    if not found:
        return []
    doses = _assigned_doses(reading, found)
    often = _assigned_frequencies(reading, found)
    lasting = _assigned_durations(reading, found)
    facts: list[Fact] = []
    for treatment in found:
        if treatment.fact.kind is Kind.DRUG:
            facts.append(_with_dose(reading, treatment.fact, doses.get(treatment)))
        facts.extend(_time_facts(reading, treatment, often.get(treatment), lasting.get(treatment)))
    return facts


def _with_dose(reading: Reading, fact: Fact, dose: Figure | None) -> Fact:
    if dose is None:
        return fact
    return spanning(replace(fact, quantity=quantity(dose, reading.text)), dose.span, reading.text)


def _time_facts(reading: Reading, treatment: Treatment, often: Frequency | None, lasting: Figure | None) -> list[Fact]:
    base = replace(treatment.fact, quantity=None)
    facts = []
    if treatment.fact.presence is not Presence.PRESENT:
        return []
    if often is not None and treatment.fact.kind is Kind.DRUG:
        fact = replace(base, concept=f"{base.concept}_frequency", result=often.value, span=often.span)
        facts.append(replace(fact, text=often.span.of(reading.text)))
    if lasting is not None:
        reading.used.add(lasting.digits.start)
        fact = replace(
            base, concept=f"{base.concept}_duration", quantity=quantity(lasting, reading.text), span=lasting.span
        )
        facts.append(replace(fact, text=lasting.span.of(reading.text)))
    return facts


def _gap(reading: Reading, treatment: Treatment, span: Span) -> int | None:
    """Words between a treatment and *span* in one sentence, or None when they stand apart."""
    sentence = reading.sentence(treatment.mention.span.start)
    if not sentence.start <= span.start < sentence.end:
        return None
    if span.start >= treatment.mention.span.end:
        return len(reading.between(treatment.mention.span.end, span.start))
    return len(reading.between(span.end, treatment.mention.span.start))


def _between(treatment: Treatment, span: Span) -> Span:
    own = treatment.mention.span
    return Span(own.end, span.start) if span.start >= own.end else Span(span.end, own.start)


def _blocked(reading: Reading, treatment: Treatment, span: Span, kinds: tuple[Kind, ...]) -> bool:
    """Whether another concept of *kinds* stands between a treatment and *span*."""
    concepts = reading.vocabulary.lexicon.concepts
    return any(
        concepts[other.concept].kind in kinds
        and other is not treatment.mention
        and other.how not in ("loose", "loose_oral", "about", "only_denied")
        and not concepts[other.concept].course_only
        and other.span not in treatment.parts
        for other in reading.mentions_in(_between(treatment, span))
    )


def _nearest(
    reading: Reading,
    found: BySentence,
    span: Span,
    far: int,
    kinds: tuple[Kind, ...],
) -> Treatment | None:
    """The treatment a figure or frequency belongs to; at the same distance the one before it."""
    if _of_another(reading, found, span):
        return None
    best: tuple[int, int, Treatment] | None = None
    for treatment in found.get(reading.sentence(span.start).start, ()):
        gap = _gap(reading, treatment, span)
        if gap is None or gap > far or _blocked(reading, treatment, span, kinds):
            continue
        behind = span.start < treatment.mention.span.start
        rank = (gap * 2 + (2 if behind else 0), int(behind), treatment)
        if best is None or rank[:2] < best[:2]:
            best = rank
    return best[2] if best else continued(reading, found, span)


def _of_another(reading: Reading, found: BySentence, span: Span) -> bool:
    """Whether a medicine that is no treatment here (merely asked about) stands straight before *span*."""
    concepts = reading.vocabulary.lexicon.concepts
    for mention in reading.mentions_in(Span(max(0, span.start - _STRAIGHT), span.start))[-1:]:
        gap = reading.between(mention.span.end, span.start)
        named = mention.how == "" and concepts[mention.concept].kind is Kind.DRUG and not gap
        here = found.get(reading.sentence(span.start).start, ())
        return named and not any(mention in each.claimed or mention.span in each.parts for each in here)
    return False


def continued(reading: Reading, found: BySentence, span: Span) -> Treatment | None:
    """The only treatment of the sentence before, when *span* goes on from it: "... B12 tablets? I take 1000 mcg"."""
    sentence = reading.sentence(span.start)
    if found.get(sentence.start) or not sentence.start:
        return None
    before = found.get(reading.sentence(sentence.start - 1 if sentence.start else 0).start, ())
    if len(before) != 1:
        return None
    led = [word.norm for word in reading.between(sentence.start, span.start)]
    named = [each for each in reading.mentions_in(Span(sentence.start, span.start)) if each.how != "about"]
    plain = all(norm in _GOING_ON or norm[0].isdigit() or norm in _DOSE_UNITS for norm in led)
    return before[0] if plain and not named and len(led) <= _FAR_DOSE else None


def _assigned_doses(reading: Reading, found: tuple[Treatment, ...]) -> dict[Treatment, Figure]:
    assigned: dict[Treatment, Figure] = {}
    takers = _by_sentence(reading, (each for each in found if each.fact.kind is Kind.DRUG))
    for figure in reading.figures:
        if figure.unit not in _DOSE_UNITS or figure.digits.start in reading.used:
            continue
        owner = _nearest(reading, takers, figure.span, _FAR_DOSE, (Kind.DRUG, Kind.LAB))
        if owner is None or owner in assigned:
            continue
        reading.used.add(figure.digits.start)
        assigned[owner] = figure
    return assigned


def _assigned_frequencies(reading: Reading, found: tuple[Treatment, ...]) -> dict[Treatment, Frequency]:
    assigned: dict[Treatment, Frequency] = {}
    takers = _by_sentence(reading, (each for each in found if each.fact.kind is Kind.DRUG))
    for each in frequencies(reading.folded):
        owner = _nearest(reading, takers, each.span, _FAR_FREQUENCY, tuple(Kind))
        if owner is None or owner in assigned:
            continue
        assigned[owner] = each
        # "every 12 weeks" is not a duration of 12 weeks.
        reading.used.update(figure.digits.start for figure in reading.figures_in(each.span))
    for figure in reading.figures:
        bare = bare_interval(reading.folded, figure.span) if figure.unit in _TIME_UNITS else None
        owner = _nearest(reading, takers, bare.span, _FAR_FREQUENCY, tuple(Kind)) if bare else None
        if bare and owner and owner not in assigned and owner.fact.concept.startswith(_B12) and _injected(owner):
            assigned[owner] = bare
            reading.used.add(figure.digits.start)
    return assigned


_B12 = ("b12_", "cyanocobalamin_", "hydroxocobalamin_")


def _injected(owner: Treatment) -> bool:
    return "_im" in owner.fact.concept


def _assigned_durations(reading: Reading, found: tuple[Treatment, ...]) -> dict[Treatment, Figure]:
    assigned: dict[Treatment, Figure] = {}
    takers = _by_sentence(reading, (each for each in found if each.timed))
    for each in reading.figures:
        figure = _counted(reading, each)
        if figure.unit not in _TIME_UNITS or figure.digits.start in reading.used:
            continue
        if not _is_duration(reading, figure):
            continue
        owner = _nearest(reading, takers, figure.span, _FAR_DURATION, tuple(Kind))
        if owner is not None and owner not in assigned and _joined(reading, owner, figure):
            assigned[owner] = figure
    return assigned


_COUNTED = {"day": "days", "week": "weeks", "month": "months", "year": "years"}


def _counted(reading: Reading, figure: Figure) -> Figure:
    """The figure of "day 4 of" as 4 days; any other figure as it is."""
    if figure.unit or figure.sign != "=":
        return figure
    before = reading.between(max(0, figure.span.start - 7), figure.span.start)
    unit = _COUNTED.get(before[-1].norm, "") if before else ""
    return replace(figure, unit=unit, span=Span(before[-1].start, figure.span.end)) if unit else figure


def _is_duration(reading: Reading, figure: Figure) -> bool:
    after = reading.between(figure.span.end, min(len(reading.text), figure.span.end + 16))
    before = reading.between(max(0, figure.span.start - _BACK), figure.span.start)
    if after and after[0].norm == "(" and before and before[-1].norm == "in":
        return True  # "in 22 months (fully vegan)"
    if before and before[-1].norm in ("every", "within", "until", "next", "in", "another", "age", "aged"):
        return False
    if before and before[-1].norm == "after" and not (after and after[0].norm in ("of", "on")):
        return False
    if after and after[0].norm == "ago":
        # "Started 3 months ago" has lasted 3 months; "stopped 3 months ago" has not.
        return any(word.norm in ("started", "began", "commenced", "since", "start") for word in before[-_SINCE_WORDS:])
    return not (after and after[0].norm in _NOT_A_DURATION)


def _joined(reading: Reading, owner: Treatment, figure: Figure) -> bool:
    """Whether the words between say "for how long", or hardly any stand there ("omeprazole 8 yrs")."""
    if reading.sentence(figure.span.start) != reading.sentence(owner.mention.span.start):
        return True
    between = _between(owner, figure.span)
    words = reading.between(between.start, between.end)
    if figure.span.start < owner.mention.span.start:
        # "day 4 of", "6 months of", "3 years on"
        return len(words) <= _LEAD_WORDS and any(word.norm in _LEADS_ON for word in words)
    if owner.fact.when is When.PAST and any(word.norm in ("stopped", "quit", "gave") for word in words):
        return False
    led = (bool(words) and words[-1].norm in _LEADS) or any(
        word.norm in ("for", "started", "began", "since") for word in words
    )
    plain = [word for word in words if not word.is_mark]
    return led or len(plain) <= _BARE_WORDS


def read_drugs(reading: Reading) -> tuple[list[Fact], frozenset[Mention]]:
    """The facts of medicines, and the "B12" mentions that turned out to be treatment and not a test."""
    found = treatments(reading)
    facts = drugs(reading, found)
    claimed = frozenset(part for treatment in found for part in treatment.claimed)
    return facts, claimed
