"""How far words reach from one mention to the next: a denied treatment, and an end told in brackets."""

from __future__ import annotations

from bedside.facts.fact import Kind
from bedside.facts.mentions import Mention
from bedside.facts.reading import Reading
from bedside.text.span import Span

_REACH = 24  # words; as far as a denial goes
_NOT = frozenset({"no", "never", "not", "without", "havent", "hasnt", "dont", "doesnt", "didnt", "nil", "nothing"})
_TREATMENT = frozenset(["tablets", "tablet", "injections", "injection", "supplements", "supplement", "pills", "jabs",
                        "shots", "treatment", "medication", "medicines", "meds", "drugs", "b12", "sprays"])  # fmt: skip
_TAKE = frozenset({"take", "takes", "took", "taken", "taking", "on", "tried", "used", "given", "using"})
_OR = frozenset({"or", "nor"})
_REASON = frozenset({"for", "since"})
_BRACKET_REACH = 9  # words between a reaction and the bracket that ends it
_ENDED = frozenset(
    {"resolved", "recovered", "settled", "cleared", "gone", "past", "previous", "historic", "historical"}
)


def beyond_treatment(reading: Reading, mention: Mention) -> bool:
    """Whether the denial behind a symptom was of treatment: "I never took B12 tablets or injections, tingling"."""
    if reading.vocabulary.lexicon.concepts[mention.concept].kind is not Kind.SYMPTOM:
        return False
    start = reading.inside(reading.sentence(mention.span.start)).start
    comma, joined, result = None, False, False
    for place in range(mention.first - 1, max(start, mention.first - _REACH) - 1, -1):
        norm = reading.words[place].norm
        joined = joined or (norm in _OR and comma is None)
        if norm == ",":
            comma = place
        result = result or norm[0].isdigit()
        if norm in _NOT and comma is None:
            return result and not joined and _beyond_result(reading, place, mention)
        if norm in _NOT:
            # "No tablets, tingling or numbness" is one list; tingling cannot be taken, so "never took" ends before it.
            taken = any(word.norm in _TAKE for word in reading.words[max(0, place - 2) : place + 3])
            return comma is not None and (taken or not joined) and _denies_treatment(reading, place, comma)
    return False


def _beyond_result(reading: Reading, place: int, mention: Mention) -> bool:
    """Whether the result of a test parts a denial at *place* from a sign: "not on warfarin INR 1.8 jaundice"."""
    concepts = reading.vocabulary.lexicon.concepts
    between = reading.mentions_in(Span(reading.words[place].end, mention.span.start))
    kinds = [concepts[each.concept].kind for each in between]
    return Kind.DRUG in kinds and Kind.LAB in kinds[kinds.index(Kind.DRUG) :]


def beyond_sign(reading: Reading, mention: Mention) -> bool:
    """Whether the denial before a medicine was of a sign: "no bleeding on warfarin", "no bleeding, warfarin for AF"."""
    concepts = reading.vocabulary.lexicon.concepts
    start = reading.inside(reading.sentence(mention.span.start)).start
    for place in range(mention.first - 1, max(start, mention.first - _REACH) - 1, -1):
        if reading.words[place].norm not in _NOT:
            continue
        stretch = reading.words[place + 1 : mention.first]
        norms = [word.norm for word in stretch]
        named = reading.mentions_in(Span(reading.words[place].end, mention.span.start))
        kinds = {concepts[each.concept].kind for each in named}
        if Kind.SYMPTOM not in kinds or Kind.DRUG in kinds or _OR.intersection(norms) or norms[0] in _TAKE:
            return False
        behind = reading.words[mention.last].norm if mention.last < len(reading.words) else ""
        return norms[-1] in _TAKE or ("," in norms and (behind in _REASON or behind[:1].isdigit()))
    return False


def _denies_treatment(reading: Reading, place: int, comma: int) -> bool:
    """Whether what a denial at *place* names up to *comma* is treatment and nothing else."""
    stretch = reading.words[place + 1 : comma]
    if not stretch:
        return reading.words[place].norm == "nothing"
    concepts = reading.vocabulary.lexicon.concepts
    named = reading.mentions_in(Span(stretch[0].start, stretch[-1].end))
    if any(concepts[each.concept].kind in (Kind.SYMPTOM, Kind.CONDITION) for each in named):
        return False
    return any(word.norm in _TREATMENT for word in stretch) or any(
        concepts[each.concept].kind is Kind.DRUG for each in named
    )


def resolved_in_brackets(reading: Reading, mention: Mention) -> bool:
    """Whether a bracket behind says that it is over: "anaphylaxis to hydroxocobalamin 2023 (resolved)"."""
    concepts = reading.vocabulary.lexicon.concepts
    for place in range(mention.last, min(len(reading.words) - 1, mention.last + _BRACKET_REACH)):
        norm = reading.words[place].norm
        if norm == "(":
            between = reading.mentions_in(Span(mention.span.end, reading.words[place].start))
            other = any(concepts[each.concept].kind is not Kind.DRUG for each in between)
            return not other and any(word.norm in _ENDED for word in reading.words[place + 1 : place + 3])
        if norm in (",", ".", ";", ":", "?", "!", "and"):
            return False
    return False
