"""The sections that come from rules: red flags, what to do now, tests, treatment, causes, follow-up and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bedside.article.article import SectionKey, Sentence
from bedside.article.claims import SHOWN_IN, claims, merged
from bedside.evidence.gather import Evidence
from bedside.protocol.outcome import Outcome, Run
from bedside.protocol.protocol import Effect, Urgency
from bedside.protocol.strength import Jurisdiction
from bedside.question.question import Question, Region

FROM_RULES = (
    SectionKey.DO_NOW,
    SectionKey.TESTS,
    SectionKey.TREATMENT,
    SectionKey.CAUSES,
    SectionKey.FOLLOW_UP,
    SectionKey.SPECIAL,
    SectionKey.PITFALLS,
    SectionKey.DISAGREEMENTS,
)
_URGENCY = (Urgency.IMMEDIATE, Urgency.SAME_DAY, Urgency.WEEK, Urgency.NONE)


def red_flags(question: Question, runs: tuple[Run, ...], evidence: Evidence) -> list[Sentence]:
    """Emergency words first, then the red flags that hold, most urgent first; while none holds, the short list of
    signs that would make one. Nothing can cancel or fold them."""
    found = [s for emergency in question.emergencies for s in claims(emergency.statements, evidence, Region.BOTH)]
    firing = [outcome for run in runs for outcome in run.firing() if outcome.rule.effect is Effect.RED_FLAG]
    for outcome in sorted(firing, key=lambda o: (_URGENCY.index(o.rule.urgency), o.rule.order)):
        found.extend(claims(outcome.rule.statements, evidence, question.region, outcome.rule.id))
    if not found:
        for run in runs:
            found.extend(claims((run.protocol.same_day_signs,), evidence, question.region))
    return merged(found)


def advice(runs: tuple[Run, ...], evidence: Evidence, region: Region) -> Mapping[SectionKey, list[Sentence]]:
    """The sentences of the other rules by section: those that hold first, then the open branches."""
    sections: dict[SectionKey, list[Sentence]] = {key: [] for key in (SectionKey.FACTS, *FROM_RULES)}
    for run in runs:
        for outcome in (*run.firing(), *run.open_branches()):
            key = outcome.rule.section
            if outcome.rule.effect is Effect.RED_FLAG or key not in sections:
                continue
            sections[SectionKey(key)].extend(_sentences(outcome, evidence, region))
    shown: set[str] = set()
    for key, sentences in sections.items():
        kept = [s for s in merged(sentences) if s.id not in shown]
        shown.update(s.id for s in kept)
        sections[key] = kept
    return sections


def _sentences(outcome: Outcome, evidence: Evidence, region: Region) -> list[Sentence]:
    rule = outcome.rule
    if rule.effect is Effect.DISAGREE:
        both = claims(rule.statements, evidence, Region.BOTH, rule.id, branch=outcome.open_branch)
        return [replace(s, group=rule.id) for s in both] if _concerns(both, region) else []
    sentences = claims(rule.statements, evidence, region, rule.id, branch=outcome.open_branch)
    return [replace(s, folded=_late(outcome)) for s in sentences]


def _concerns(positions: list[Sentence], region: Region) -> bool:
    """Whether a disagreement touches the region: one of its own positions is in it, or none belongs to a country."""
    countries = {s.jurisdiction for s in positions} & {Jurisdiction.GB, Jurisdiction.US}
    return not countries or bool(countries & SHOWN_IN[region])


def _late(outcome: Outcome) -> bool:
    """Advice of "do now" that does not belong on the first screen starts folded; the word budget may fold more."""
    return outcome.rule.section == SectionKey.DO_NOW and not outcome.rule.first_screen and outcome.open_branch
