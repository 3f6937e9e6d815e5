"""No B12 yet: "not yet treated", "treatment naive", "not on any B12" deny tablets and injections alike."""

from __future__ import annotations

from dataclasses import replace

from bedside.facts.context import Effect, Status
from bedside.facts.fact import Fact, Kind, Presence, Subject, When
from bedside.facts.reading import Reading
from bedside.text.span import Span

_DENIED = ("b12_oral_unspecified", "b12_im_unspecified")
_B12 = ("b12", "total_b12", "active_b12", "cyanocobalamin", "hydroxocobalamin", "pernicious_anaemia", "b12_deficiency")
_TREATED = ("cyanocobalamin_", "hydroxocobalamin_", "methylcobalamin_", "adenosylcobalamin_", "b12_")
# "Never had B12 injections" denies injections alone.
_ONE_ROUTE = frozenset(
    ["injections", "injection", "jabs", "jab", "shots", "shot", "tablets", "tablet", "pills", "sprays", "spray",
     "drops", "by", "im", "orally", "capsules", "patches", "gummies", "deficiency", "deficient", "test", "tests",
     "level", "levels", "checked", "tested", "measured", "done", "result", "problems", "issues", "loading"]
)  # fmt: skip
# "No treatment helps", "no treatment is needed" say nothing of what was given.
_NOT_A_LACK = frozenset(
    ["else", "but", "except", "other", "apart",
     "helps", "helped", "works", "worked", "options", "option", "plan", "advice", "has", "will", "can", "needed",
     "necessary", "required", "is", "was", "seems", "makes", "made", "?"]
)  # fmt: skip
_NAMES = frozenset({"b12", "12"})
_NAMED = _NAMES | {"tablets", "injections", "supplements", "supplement", "nothing"}
_BY_MOUTH = frozenset({"tablets", "supplements", "supplement"})
_BOTH = frozenset({"injections", "b12", "12", "jabs"})
_BEFORE_WORDS = 3
_UNREAL = frozenset({"if", "left", "when", "remain", "remains", "why", "goes", "go", "leave", "leaving"})
_NOT_REALLY = Effect.ASKED.value | Effect.HYPOTHETICAL.value


def untreated(reading: Reading, facts: list[Fact]) -> list[Fact]:
    """Both denials, read from the first such words about the patient; none when a treatment was read or past."""
    if not any(mention.concept in _B12 for mention in reading.mentions):
        return []
    given = any(
        fact.concept.startswith(_TREATED)
        and fact.kind is Kind.DRUG
        and fact.presence is Presence.PRESENT
        and fact.subject is Subject.PATIENT
        and fact.when in (When.CURRENT, When.PAST)
        for fact in facts
    )
    for hit in () if given else reading.phrases("untreated", Span(0, len(reading.text))):
        span = Span(reading.words[hit.first].start, reading.words[hit.last - 1].end)
        if _about_b12(reading, hit.first, hit.last) and _said(reading, span, hit.first):
            known = Status(Presence.ABSENT)
            # "Untreated" serves the rules; only what names B12 or its forms is told as a denial.
            told = any(word.norm in _NAMED for word in reading.words[hit.first : hit.last])
            # "No supplements" says nothing of injections.
            norms = {word.norm for word in reading.words[hit.first : hit.last]}
            denied = _DENIED[:1] if norms & _BY_MOUTH and not norms & _BOTH else _DENIED
            return [replace(reading.fact(name, Kind.DRUG, span, known), internal=not told) for name in denied]
    return []


def _said(reading: Reading, span: Span, first: int) -> bool:
    """Whether it is said of the patient, and not asked, feared or said of somebody else."""
    before = {word.norm for word in reading.words[max(0, first - _BEFORE_WORDS) : first]}
    effect = reading.context.effect(span)
    return (
        reading.context.subject(span) is Subject.PATIENT
        and not effect & _NOT_REALLY
        and not before.intersection(_UNREAL)
    )


def _about_b12(reading: Reading, first: int, last: int) -> bool:
    """Whether nothing else is what is untreated: "untreated coeliac disease", "no treatment for her knee"."""
    words, concepts = reading.words, reading.vocabulary.lexicon.concepts
    following = words[last].norm if last < len(words) else ""
    if following in _ONE_ROUTE and words[last - 1].norm in _NAMES:
        return False
    if following in _NOT_A_LACK:
        return False
    if following == "for":
        return any(reading.phrases("untreated_b12", word.span) for word in words[last + 1 : last + 4])
    end = words[min(last + 1, len(words)) - 1].end
    return not any(
        mention.concept not in _B12 and concepts[mention.concept].kind in (Kind.CONDITION, Kind.DRUG)
        for mention in reading.mentions_in(Span(words[first].start, end))
    )
