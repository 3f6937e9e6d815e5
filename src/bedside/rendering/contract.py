"""The outcome contract of section 17 of the vitamin B12 specification, made from an answer.

A recommendation is listed only with words that passed their check. A red flag is listed always: where its sentence
did not pass, ``verified`` is false and ``text`` is empty, so that a program reading the answer cannot miss it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bedside.answer import Answer, AnswerKind
from bedside.article.article import SectionKey, Sentence
from bedside.article.compose import abstaining
from bedside.protocol.outcome import BandResult, Outcome, Run
from bedside.protocol.protocol import Effect
from bedside.protocol.strength import Strength
from bedside.rendering.explain import band_line
from bedside.rendering.headings import choose
from bedside.rendering.json_article import verified
from bedside.rendering.view import closing_line
from bedside.review.status import AnswerStatus


def outcome(answer: Answer, review: AnswerStatus | None = None) -> dict[str, Any]:
    """Classification, red flags, recommendations and the rest, in the words this reader gets."""
    band = _main_band(answer.runs)
    entries = list(_entries(answer))
    return {
        "classification": _class_token(band),
        "classification_basis": band_line(band) if band else None,
        "red_flags": _of(entries, "red_flags"),
        "recommendations": _of(entries, "recommendations"),
        "do_not": _of(entries, "do_not"),
        "monitoring": _of(entries, "monitoring"),
        "unknowns": list(_unknowns(answer)),
        "disagreements": _of(entries, "disagreements"),
        "abstained": _abstained(answer),
        "reason": _reason(answer),
        "disclaimers": [closing_line(sentence, answer.question.reader, review) for sentence in answer.article.closing],
    }


def _main_band(runs: tuple[Run, ...]) -> BandResult | None:
    """The band the answer turns on: of the pattern's decisive measure, else the first that has a value."""
    for run in runs:
        decisive = run.pattern.decisive if run.pattern else ()
        names = [concept for name in decisive for concept in (name, *_stands_for(run, name))]
        ranked = sorted(run.bands, key=lambda band: names.index(band.measure) if band.measure in names else len(names))
        if ranked:
            return ranked[0]
    return None


def _stands_for(run: Run, name: str) -> tuple[str, ...]:
    measure = run.protocol.measures.get(name)
    return measure.first_known if measure else ()


def _class_token(band: BandResult | None) -> str | None:
    """The class as section 18 of the specification writes it: LOW, INDETERMINATE, ASK_UNIT ..."""
    if band is None:
        return None
    return band.band.upper() if band.band else f"ASK_{(band.ask or 'value').upper()}"


def _entries(answer: Answer) -> Iterable[tuple[str, dict[str, Any]]]:
    """List name and entry of every rule that fired and has words."""
    by_statement = {sentence.statement: sentence for sentence in answer.article.sentences() if sentence.statement}
    places = _places(answer)
    for run in answer.runs:
        for fired in run.firing():
            sentence = next((by_statement[s] for s in fired.rule.statements if s in by_statement), None)
            if sentence or fired.rule.effect is Effect.RED_FLAG:
                yield _list_name(fired, sentence, places), _entry(answer, fired, sentence)


def _places(answer: Answer) -> Mapping[str, SectionKey]:
    return {sentence.id: section.key for section in answer.article.sections for sentence in section.sentences}


def _list_name(fired: Outcome, sentence: Sentence | None, places: Mapping[str, SectionKey]) -> str:
    if fired.rule.effect is Effect.RED_FLAG:
        return "red_flags"
    if fired.rule.effect is Effect.DISAGREE:
        return "disagreements"
    if fired.rule.strength is Strength.DO_NOT:
        return "do_not"
    if sentence and places[sentence.id] is SectionKey.FOLLOW_UP:
        return "monitoring"
    return "recommendations"


def _entry(answer: Answer, fired: Outcome, sentence: Sentence | None) -> dict[str, Any]:
    rule = fired.rule
    citations = sentence.citations if sentence else ()
    return {
        "text": sentence.text_for(answer.question.reader) if sentence else "",
        "strength": rule.strength.value,
        "jurisdiction": rule.jurisdiction.value,
        "rule_id": rule.row,
        "rule": rule.id,
        "urgency": rule.urgency.value or None,
        "sources": [{"source": c.source, "locator": c.locator} for c in citations],
        "evidence": rule.level.value,
        "verified": sentence is not None and verified(answer, sentence.id),
        "unconfirmed": rule.unconfirmed,
    }


def _of(entries: list[tuple[str, dict[str, Any]]], name: str) -> list[dict[str, Any]]:
    return [entry for key, entry in entries if key == name]


def _unknowns(answer: Answer) -> Iterable[dict[str, Any]]:
    reader = answer.question.reader
    for run in answer.runs:
        for missing in run.missing:
            yield {
                "ask": missing.ask.id,
                "facts": list(missing.ask.facts),
                "question": choose(missing.ask.wording, reader),
                "changes": choose(missing.ask.changes, reader),
                "rules": list(missing.rules),
            }


def _abstaining(answer: Answer) -> list[Outcome]:
    return [fired for run in answer.runs for fired in run.firing() if fired.rule.effect is Effect.ABSTAIN]


def _abstained(answer: Answer) -> bool:
    """Nothing is advised: declined, or a rule of every topic abstains."""
    return answer.kind is AnswerKind.DECLINED or (bool(answer.runs) and all(map(abstaining, answer.runs)))


def _reason(answer: Answer) -> str | None:
    """Why nothing was advised: the decline's name, or the rules that abstain. None where published sources answered."""
    if answer.question.decline and _abstained(answer):
        return answer.question.decline.value
    return ", ".join(fired.rule.id for fired in _abstaining(answer)) or None
