"""Compose the draft: an outline by what came of the question, then sentences that each carry their citations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bedside.article.about_patient import facts_as_understood
from bedside.article.advice import FROM_RULES, advice, red_flags
from bedside.article.article import Article, Birthplace, Section, SectionKey, Sentence
from bedside.article.budget import fit
from bedside.article.claims import claims, merged
from bedside.article.frame import Frames
from bedside.article.holding import this_holds_for
from bedside.article.literature import answers, beside_protocols, literature, nearest
from bedside.article.naming import Names
from bedside.article.sums import with_sums
from bedside.article.unknowns import unknowns
from bedside.article.worked import with_worked
from bedside.evidence.gather import Evidence
from bedside.facts.fact import Fact, Facts, Kind, Presence, When
from bedside.facts.vocabulary import Vocabulary
from bedside.protocol.circuit import circuit_of
from bedside.protocol.outcome import Run
from bedside.protocol.protocol import Effect, Pattern, Urgency, Wording
from bedside.protocol.truth import Truth
from bedside.question.question import Intent, Question, Reader

if TYPE_CHECKING:
    from bedside.evidence.lookup import Found

LEAD_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Material:
    """What the composer works with: the evidence gathered, the frames, what things are called, and what was found in
    the literature, None where nothing was looked up."""

    evidence: Evidence
    frames: Frames
    vocabulary: Vocabulary
    content_date: str
    literature: Found | None = None


def compose(question: Question, facts: Facts, runs: tuple[Run, ...], material: Material) -> Article:
    """The draft article, in both wordings, folded to the reader's word budget.

    An emergency is shown with nothing before it and everything else folded; a decline or an abstention keeps the red
    flags, the facts and the questions, and gives no management. A question that no protocol covers is answered from
    published sources where they carry it; under an answer of protocols they stand folded and change nothing.
    """
    names = Names(material.vocabulary, material.frames)
    drafted: dict[SectionKey, list[Sentence]] = {
        SectionKey.RED_FLAGS: [
            *_what_fits(facts, runs, material, names),
            *red_flags(question, runs, material.evidence),
        ],
        SectionKey.FACTS: [
            *_assumed(question, facts, runs, material, names),
            *_beside_facts(question, runs, material.evidence),
        ],
        SectionKey.UNKNOWN: unknowns(
            runs, material.frames, only_red_flags=question.decline is not None, settled=_of_childbearing(facts)
        ),
    }
    found = material.literature
    if found is not None and answers_from_sources(question, runs, found):
        title = _frame_title(material.frames, "title-literature")
        drafted |= literature(question, found, material.frames)
    elif declines(question, runs):
        title = _frame_title(material.frames, "title-declined")
        drafted[SectionKey.LEAD] = _why_declined(question, runs, material)
        if found is not None and not runs:
            drafted[SectionKey.NEAREST] = nearest(question, found, material.frames)
    else:
        speaking = tuple(run for run in runs if not silent(run))
        title = _title(speaking, material.frames)
        said = {key: {s.id for s in drafted[key]} for key in (SectionKey.RED_FLAGS, SectionKey.FACTS)}
        drafted |= _answered(question, speaking, material, names, said)
        # Of a topic that abstains beside one that speaks, only the reason is said.
        drafted[SectionKey.LEAD] = merged((*_abstentions(question, runs, material), *drafted[SectionKey.LEAD]))
        if found is not None:
            drafted[SectionKey.LITERATURE] = beside_protocols(question, found, material.frames)
    drafted = {
        key: _for_reader(sentences, key, question.reader, material.evidence) for key, sentences in drafted.items()
    }
    if question.emergencies:
        title = _frame_title(material.frames, "title-emergency")
        drafted = {key: [_held_back(s, key) for s in sentences] for key, sentences in drafted.items()}
    sections = tuple(Section(key, tuple(drafted[key])) for key in SectionKey if drafted.get(key))
    # Nothing stands beside an emergency; in any other article a caution stays beside the advice it guards.
    cautions = {} if question.emergencies else _cautions(sections, material.evidence)
    return Article(title, fit(sections, question.reader, cautions), _closing(question, material))


def declines(question: Question, runs: tuple[Run, ...]) -> bool:
    """Whether management is withheld: the question is declined, or every topic it is about is silent."""
    return question.decline is not None or all(silent(run) for run in runs)


def silent(run: Run) -> bool:
    """Whether a protocol gives no management: the patient is outside its scope, one of its rules abstains, or only its
    red flags are heard."""
    return run.beside or run.scope is Truth.FALSE or bool(abstaining(run))


def answers_from_sources(question: Question, runs: tuple[Run, ...], found: Found | None) -> bool:
    """Whether published sources answer: nothing else does, and nothing speaks against an answer."""
    return not runs and question.open_to_sources and answers(question, found)


def abstaining(run: Run) -> tuple[str, ...]:
    """The ids of the rules that abstain."""
    return tuple(outcome.rule.id for outcome in run.firing() if outcome.rule.effect is Effect.ABSTAIN)


def _answered(
    question: Question,
    runs: tuple[Run, ...],
    material: Material,
    names: Names,
    said: Mapping[SectionKey, set[str]],
) -> Mapping[SectionKey, list[Sentence]]:
    evidence, region = material.evidence, question.region
    patterns = [run.pattern for run in runs if run.pattern is not None]
    unanswered = [material.frames.fill(f"gap-{subject}") for subject in question.gaps]
    leading = merged(s for p in patterns for s in _lead(p, question, evidence))
    lead = unanswered + _without(leading, said[SectionKey.RED_FLAGS])
    why = merged(s for p in patterns for s in claims(p.why, evidence, region))
    why += [s for run in runs for o in run.firing() for s in claims(o.rule.why, evidence, region, o.rule.id)]
    certainty = merged(s for p in patterns for s in claims(p.certainty, evidence, region))
    if Intent.COST in question.intents:
        certainty.append(material.frames.fill("cost-not-shown"))
    taken = (
        set().union(*said.values())
        | {s.id for s in lead}
        | {m.table for run in runs for m in run.protocol.measures.values()}
    )
    sections = {
        SectionKey.LEAD: lead,
        SectionKey.WHY: _without(merged(why), taken),
        SectionKey.HOLDS: this_holds_for(runs, material.frames, names),
        SectionKey.CERTAINTY: _without(certainty, taken),
    }
    taken |= {s.id for s in sections[SectionKey.WHY]}
    by_rule = advice(runs, evidence, region)
    shown = {key: _without(by_rule[key], taken) for key in FROM_RULES}
    sections |= {key: with_sums(each, runs, material.frames, names) for key, each in shown.items()}
    return with_worked(sections, runs, material.frames, lambda statement: _is_shown(statement, question, evidence))


def _lead(pattern: Pattern, question: Question, evidence: Evidence) -> list[Sentence]:
    """The lead of a pattern; for professionals its first part, unless the region shows nothing of that."""
    first = () if question.reader.plain else pattern.lead_for_clinicians
    return claims(first, evidence, question.region) or claims(pattern.lead, evidence, question.region)


def _beside_facts(question: Question, runs: tuple[Run, ...], evidence: Evidence) -> list[Sentence]:
    """What rules say of the facts themselves (how a result was read)."""
    return advice(runs, evidence, question.region)[SectionKey.FACTS]


def _for_reader(sentences: Iterable[Sentence], key: SectionKey, reader: Reader, evidence: Evidence) -> list[Sentence]:
    """Without what others alone are shown; a red flag is never kept from professionals."""

    def kept_from(sentence: Sentence) -> bool:
        found = evidence.statement(sentence.statement)
        if found is None:
            return False
        return found.clinicians_only if reader.plain else found.patients_only and key is not SectionKey.RED_FLAGS

    return [sentence for sentence in sentences if not kept_from(sentence)]


def _is_shown(statement: str, question: Question, evidence: Evidence) -> bool:
    """Whether this reader is shown a statement."""
    found = evidence.statement(statement)
    return found is not None and not (found.clinicians_only and question.reader.plain)


def _without(sentences: Iterable[Sentence], taken: set[str]) -> list[Sentence]:
    return [s for s in sentences if s.id not in taken]


def _assumed(
    question: Question, facts: Facts, runs: tuple[Run, ...], material: Material, names: Names
) -> list[Sentence]:
    """The facts said back, then what was assumed because nobody said."""
    tables = {
        measure.name: sentence
        for run in runs
        for measure in run.protocol.measures.values()
        for sentence in claims((measure.table,), material.evidence, question.region)
    }
    said = facts_as_understood(facts, runs, material.frames, names, material.vocabulary, tables)
    if question.decline is not None:
        return said
    for run in runs:
        if run.scope is Truth.UNKNOWN:
            said.append(material.frames.fill("assumed-adult"))
        if facts.current("pregnancy") is None and not _of_childbearing(facts) and run.scope is not Truth.FALSE:
            said.append(material.frames.fill("assumed-not-pregnant"))
    return merged(said)


def _what_fits(facts: Facts, runs: tuple[Run, ...], material: Material, names: Names) -> list[Sentence]:
    """Which of the things written make the warning below it fit this person; nothing while no red flag holds."""
    needed, today = frozenset[str](), False
    for run in runs:
        circuit = circuit_of(run.protocol)
        flags = [o.rule for o in run.firing() if o.rule.effect is Effect.RED_FLAG]
        needed = needed.union(*(circuit.needs[rule.id] for rule in flags))
        today |= any(rule.urgency is not Urgency.WEEK for rule in flags)
    fitting = [f for f in facts.items if f.concept in needed and f.kind is Kind.SYMPTOM and _present(f)]
    if not fitting:
        return []
    clinical = list(dict.fromkeys(names.clinical(f.concept) for f in fitting))
    plain = list(dict.fromkeys(names.plain(f.concept) for f in fitting))
    births = tuple(Birthplace(name, "a name") for name in (*clinical, *plain) if any(map(str.isdigit, name)))
    slots = {"names": ", ".join(clinical)}
    frame = "red-flag-fits" if today else "red-flag-fits-week"
    return [material.frames.fill(frame, slots, plain_slots={"names": ", ".join(plain)}, births=births)]


def _present(fact: Fact) -> bool:
    return fact.presence is Presence.PRESENT and fact.when is When.CURRENT and not fact.internal


_CHILDBEARING = frozenset({"pregnancy", "planning_pregnancy", "postpartum", "breastfeeding"})
_PAST_CHILDBEARING = 55
"""Years; nobody older is asked about a pregnancy: bedside's own reading, as in the protocols."""


def _of_childbearing(facts: Facts) -> frozenset[str]:
    """What a man, or anybody older than 55, is not asked."""
    sex, age = facts.current("sex"), facts.current("age_years")
    old = age is not None and age.quantity is not None and age.quantity.value > _PAST_CHILDBEARING
    male = sex is not None and sex.result == "male"
    return _CHILDBEARING if old or male else frozenset()


def _why_declined(question: Question, runs: tuple[Run, ...], material: Material) -> list[Sentence]:
    """Why there is no answer, what would help, and where to go: the frame of the decline, or the abstaining rules."""
    said: list[Sentence] = []
    if question.decline is not None:
        said.append(material.frames.fill(f"decline-{question.decline.value}", {"detail": question.decline_text}))
    said += _abstentions(question, runs, material)
    if not said:
        said.append(material.frames.fill("decline-out-of-scope", {"detail": ""}))
    return merged(said)


def _abstentions(question: Question, runs: tuple[Run, ...], material: Material) -> list[Sentence]:
    """What the rules say that abstain."""
    return [
        sentence
        for run in runs
        for outcome in run.firing()
        if outcome.rule.effect is Effect.ABSTAIN
        for sentence in claims(outcome.rule.statements, material.evidence, question.region, outcome.rule.id)
    ]


def _title(runs: tuple[Run, ...], frames: Frames) -> Wording:
    """The title of the answer pattern; of two topics, both."""
    titles = list(dict.fromkeys(run.pattern.title for run in runs if run.pattern is not None))
    if not titles:
        return runs[0].protocol.title if runs else _frame_title(frames, "title-declined")
    clinical, plain = [each.clinical for each in titles], [each.plain for each in titles]
    return Wording(", and ".join(_continued(clinical)), ", and ".join(_continued(plain)))


def _continued(titles: list[str]) -> Iterable[str]:
    """Titles as they stand in one line: after the first, a leading article loses its capital."""
    first, *others = titles
    return (first, *(f"a{title[1:]}" if title.startswith(("A ", "An ")) else title for title in others))


def _frame_title(frames: Frames, key: str) -> Wording:
    frame = frames[key]
    return Wording(frame.clinical, frame.plain)


def _held_back(sentence: Sentence, key: SectionKey) -> Sentence:
    return sentence if key is SectionKey.RED_FLAGS else replace(sentence, folded=True)


def _cautions(sections: tuple[Section, ...], evidence: Evidence) -> Mapping[str, tuple[str, ...]]:
    """The statements of this article that guard advice, each with the ids it guards."""
    cautions = {}
    for section in sections:
        for sentence in section.sentences:
            statement = evidence.statement(sentence.statement) if sentence.statement else None
            if statement is not None and statement.guards:
                cautions[sentence.id] = statement.guards
    return cautions


def _closing(question: Question, material: Material) -> tuple[Sentence, ...]:
    frames = material.frames
    return (
        frames.fill(f"disclaimer-{question.reader.value}"),
        frames.fill("status-not-reviewed"),
        frames.fill("content-date", {"date": material.content_date}),
    )
