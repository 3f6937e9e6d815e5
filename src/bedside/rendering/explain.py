"""How the answer came about: facts with their places, rules with what decided them, verdicts, what was withheld."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedside.answer import Answer
from bedside.facts.fact import Comparator, Concern, Fact, Presence, Quantity, Subject, When
from bedside.protocol.outcome import BandResult, Because, Holds, Missing, Outcome, Run
from bedside.protocol.truth import Truth
from bedside.rendering.basis import basis_lines
from bedside.rendering.readability import readability
from bedside.text.span import NOWHERE, Span

if TYPE_CHECKING:
    from bedside.evidence.lookup import Found

NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]


def explain(answer: Answer) -> tuple[Part, ...]:
    """Every step from the text to the sentences, for a reader who wants to check it."""
    parts = [
        _part("Understood as", _understood(answer)),
        _part("Facts read", map(fact_line, answer.facts.items)),
        _part("Concerns", map(_concern_line, answer.facts.concerns)),
    ]
    for run in answer.runs:
        parts.extend(_of_run(run))
    if answer.found is not None:
        parts.append(_part("Published sources found", _found_lines(answer.found)))
    parts += [
        _part("Verdict on every sentence", _verdict_lines(answer)),
        _part("Withheld", _withheld_lines(answer)),
        _part("Basis of every sentence", _basis_lines(answer)),
        _part("Readability", _readability_lines(answer)),
    ]
    return tuple(parts)


def quantity_text(quantity: Quantity) -> str:
    """A quantity as a person writes it: ``<50 ng/L``, ``250 to 300 pg/mL``."""
    sign = "" if quantity.comparator is Comparator.EQUAL else quantity.comparator.value
    upper = f" to {quantity.upper}" if quantity.upper is not None else ""
    return f"{sign}{quantity.value}{upper} {quantity.unit}".strip()


def fact_line(fact: Fact) -> str:
    """One fact: whose, when, what, its value, and the words it was read from."""
    whose = "" if fact.subject is Subject.PATIENT else f"{fact.subject.value}'s "
    when = "" if fact.when is When.CURRENT else f"{fact.when.value} "
    value = quantity_text(fact.quantity) if fact.quantity else fact.result
    known = "" if fact.presence is Presence.PRESENT else f" ({fact.presence.value})"
    shown = f" = {value}" if value else ""
    return f"{whose}{when}{fact.concept}{shown}{known}{_place(fact.text, fact.span)}"


def band_line(band: BandResult) -> str:
    """Where a measure falls, under whose limits, and what was assumed or must be asked."""
    value = f" ({quantity_text(band.fact.quantity)})" if band.fact and band.fact.quantity else ""
    where = f" [{band.jurisdiction}]" if band.jurisdiction else ""
    said = band.band or f"not decided: ask {band.ask}"
    warning = f", assuming the {band.warn}" if band.warn else ""
    return f"{band.measure}{value}{where}: {said}{warning}"


def holds_line(holds: Holds) -> str:
    """The range of a decisive measure over which the same rules fire, and what lies on either side."""
    low = f"{'>=' if holds.low_inclusive else '>'} {holds.low}" if holds.low is not None else ""
    high = f"{'<=' if holds.high_inclusive else '<'} {holds.high}" if holds.high is not None else ""
    inside = " and ".join(edge for edge in (low, high) if edge) or "any value"
    sides = f"below: {holds.below or NOTHING}; above: {holds.above or NOTHING}"
    return f"{holds.measure} [{holds.jurisdiction}] {inside} {holds.unit} ({holds.band}; {sides})"


def _part(heading: str, lines: Iterable[str]) -> Part:
    return Part(heading, tuple(lines) or (NOTHING,))


def _understood(answer: Answer) -> Iterable[str]:
    question = answer.question
    yield f"result: {answer.kind.value}"
    yield f"reader: {question.reader.value}; region: {question.region.value}"
    yield f"asked: {', '.join(intent.value for intent in question.intents) or NOTHING}"
    yield f"topics: {', '.join(question.topics) or NOTHING}"
    for emergency in question.emergencies:
        yield f"emergency words ({emergency.kind}){_place(emergency.text, emergency.span)}"
    if question.decline:
        yield f"declined: {question.decline.value}{_place(question.decline_text, NOWHERE)}"


def _of_run(run: Run) -> Iterable[Part]:
    name = f"{run.protocol.id} {run.protocol.version}"
    undecided = [o for o in run.outcomes if o.truth is Truth.UNKNOWN and o.relevant and not o.overridden_by]
    silenced = [o for o in run.outcomes if o.truth is Truth.TRUE and o.overridden_by]
    yield _part(f"Protocol {name}", _state_lines(run))
    yield _part(f"Rules that fired ({run.protocol.id})", map(_outcome_line, run.firing()))
    yield _part(f"Rules that could still fire ({run.protocol.id})", map(_outcome_line, undecided))
    yield _part(f"Rules silenced by another ({run.protocol.id})", map(_outcome_line, silenced))
    yield _part(f"Missing, most decisive first ({run.protocol.id})", map(_missing_line, run.missing))


def _state_lines(run: Run) -> Iterable[str]:
    yield f"scope: {run.scope.name.lower()}"
    yield f"answer pattern: {run.pattern.id if run.pattern else NOTHING}"
    yield from (f"band: {band_line(band)}" for band in run.bands)
    yield from (f"class: {name} is {value}" for name, value in run.classes)
    yield from (f"holds for: {holds_line(holds)}" for holds in run.holds)


def _outcome_line(outcome: Outcome) -> str:
    rule = outcome.rule
    silenced = f", silenced by {outcome.overridden_by}" if outcome.overridden_by else ""
    head = f"{rule.id} [{rule.jurisdiction.value}] {rule.effect.value}, {rule.strength.value}, level {rule.level.value}"
    because = "; ".join(map(_because_text, outcome.because)) or "always"
    return f"{head}{silenced}: {because}"


def _because_text(because: Because) -> str:
    fact = f", from {because.fact.text!r}" if because.fact and because.fact.text else ""
    return f"{because.leaf} is {because.truth.name.lower()}{fact}"


def _missing_line(missing: Missing) -> str:
    asked = ", ".join((missing.ask.id, *missing.together))
    ranks = f"red flags {missing.red_flag}, changes {missing.changes}, settles {missing.settles}"
    return f"{asked}: {missing.ask.wording.clinical} ({ranks})"


def _found_lines(found: Found) -> Iterable[str]:
    """How far the find answers the question, why each source came where it did, and why these words of it."""
    yield f"support: {found.support:.2f} of the question's weight" + (", too thin to answer from" if found.thin else "")
    quotes = {quote.source: quote for quote in found.quotes}
    for hit in found.hits:
        why = "; ".join(f"{reason.name} {reason.value:+.2f} ({reason.detail})" for reason in hit.reasons)
        yield f"{hit.rank}. {hit.candidate.source} scored {hit.score:.2f}: {why}"
        if quote := quotes.get(hit.candidate.source):
            place = f"{quote.locator}, characters {quote.start} to {quote.end}"
            yield f"quoted of {quote.passage} ({place}): matched {', '.join(quote.matched) or NOTHING}"
    if found.disagreement is not None:
        read = zip(found.disagreement.quotes, found.disagreement.directions, strict=True)
        yield from (f"{quote.source} was read as: {direction.value}" for quote, direction in read)


def _verdict_lines(answer: Answer) -> Iterable[str]:
    for verdict in answer.report.verdicts:
        why = "; ".join(finding.message for finding in verdict.findings)
        yield f"{verdict.sentence} ({verdict.wording}): {verdict.verdict.value}" + (f": {why}" if why else "")


def _withheld_lines(answer: Answer) -> Iterable[str]:
    for withheld in answer.report.withheld:
        guard = f", guarded by {withheld.caution}" if withheld.caution else ""
        yield f"{withheld.sentence}: {withheld.reason}{guard}"


def _basis_lines(answer: Answer) -> Iterable[str]:
    for sentence in answer.article.sentences():
        if lines := basis_lines(sentence, answer.sources):
            yield f"{sentence.id}: {'; '.join(lines)}"


def _readability_lines(answer: Answer) -> Iterable[str]:
    reader = answer.question.reader
    measured = readability("\n".join(sentence.text_for(reader) for sentence in answer.article.sentences()))
    yield (
        f"{measured.words} words, {measured.mean_sentence_length} words a sentence, "
        f"Flesch-Kincaid grade {measured.grade}"
    )


def _concern_line(concern: Concern) -> str:
    return f"{concern.kind.value}: {concern.concept}{_place(concern.text, concern.span)}"


def _place(text: str, span: Span) -> str:
    """The words and where they stand, or "" when nothing was read from text."""
    if not text:
        return ""
    where = "" if span == NOWHERE else f", characters {span.start} to {span.end}"
    return f" ({text!r}{where})"
