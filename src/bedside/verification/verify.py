"""The gate: one verdict a sentence in every wording, and a draft from which everything that failed is gone.

It fails closed. A caution that fails takes with it the advice it guards, by name; it is never dropped alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bedside.article.article import Article, Role, SectionKey, Sentence
from bedside.evidence.gather import Evidence
from bedside.evidence.statement import Statement
from bedside.protocol.strength import Strength
from bedside.text.person import second_person, third_person
from bedside.verification.checks.classes import members_kept
from bedside.verification.figures import claim_figures, frame_figures, patient_figures
from bedside.verification.judging import judge
from bedside.verification.polarity import other_wording, same_wording
from bedside.verification.provenance import pointing, provenance
from bedside.verification.quotation import quotation
from bedside.verification.strength import prescribers_voice, strength_kept
from bedside.verification.terms import Terms
from bedside.verification.verdict import SHOWN, Finding, Report, SentenceVerdict, Verdict, Withheld

WORDINGS = ("clinical", "plain", "carer")
_WORST = tuple(Verdict)
_GUARDED = (
    SectionKey.DO_NOW,
    SectionKey.TESTS,
    SectionKey.TREATMENT,
    SectionKey.CAUSES,
    SectionKey.FOLLOW_UP,
    SectionKey.SPECIAL,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """The draft after the gate: what may be shown, and the report."""

    article: Article
    report: Report


def verify(draft: Article, evidence: Evidence, terms: Terms) -> Checked:
    """Check every sentence of the draft and take out what does not stand."""
    verdicts = tuple(v for s in (*draft.sentences(), *draft.closing) for v in check_sentence(s, evidence, terms))
    failed = {v.sentence: _reason(v) for v in reversed(verdicts) if v.verdict not in SHOWN}
    aside = (Withheld(each.statement, each.reason) for each in evidence.set_aside)
    withheld = (*_withheld(draft, evidence, failed), *aside)
    gone = {w.sentence for w in withheld}
    sections = tuple(
        replace(section, sentences=kept)
        for section in draft.sections
        if (kept := tuple(s for s in section.sentences if s.id not in gone))
    )
    closing = tuple(s for s in draft.closing if s.id not in gone)
    return Checked(Article(draft.title, sections, closing), Report(verdicts, withheld))


def check_sentence(sentence: Sentence, evidence: Evidence, terms: Terms) -> Iterator[SentenceVerdict]:
    """The verdict on each wording of a sentence: the worst of its findings."""
    units = terms.units.tokens
    quotes = sentence.role is Role.CLAIM and bool(sentence.passage)
    shared = tuple(provenance(sentence, evidence)) if sentence.role is Role.CLAIM and not quotes else ()
    statement = evidence.statement(sentence.statement) if sentence.statement else None
    for wording in WORDINGS:
        text = getattr(sentence, wording)
        match sentence.role:
            case Role.CLAIM if quotes:
                findings: tuple[Finding, ...] = tuple(quotation(sentence, wording, evidence, units))
            case Role.CLAIM if statement is not None:
                findings = (*shared, *_against_statement(text, wording, statement, terms))
            case Role.CLAIM:
                findings = shared
            case Role.PATIENT:
                findings = (*patient_figures(sentence, text, units), *pointing(sentence, evidence))
            case Role.FRAME:
                findings = (*frame_figures(text, units), *pointing(sentence, evidence))
        best = Verdict.SUPPORTED if sentence.role is Role.CLAIM else Verdict.NOT_A_CLAIM
        verdict = max((best, *(f.verdict for f in findings)), key=_WORST.index)
        yield SentenceVerdict(sentence.id, wording, verdict, findings)


@lru_cache(maxsize=4096)
def _against_statement(text: str, wording: str, statement: Statement, terms: Terms) -> tuple[Finding, ...]:
    """What the checks say of a wording against its statement. Pure, so remembered: statements recur."""
    own = {
        "clinical": statement.clinical,
        "plain": second_person(statement.plain),
        "carer": third_person(statement.plain),
    }
    findings = [
        *claim_figures(text, statement.clinical, terms.units.tokens, statement.id),
        *same_wording(text, own[wording], statement.id),
        *strength_kept(text, statement.strength, statement.id),
    ]
    if wording == "clinical":
        findings += judge(text, statement.clinical, terms, statement.id).findings
    else:
        findings += members_kept(text, statement.clinical, terms, statement.id)
        findings += other_wording(text, statement.clinical, statement.strength, statement.id)
        if statement.dose:
            findings += prescribers_voice(text, statement.id)
    return tuple(findings)


def _reason(verdict: SentenceVerdict) -> str:
    worst = next(f for f in verdict.findings if f.verdict is verdict.verdict)
    return f"{verdict.verdict.value} ({verdict.wording} wording): {worst.message}"


def _withheld(draft: Article, evidence: Evidence, failed: dict[str, str]) -> Iterator[Withheld]:
    """Each failed sentence, then the advice that a failed caution guarded."""
    by_id = {s.id: s for s in (*draft.sentences(), *draft.closing)}
    red_flags = {s.id for section in draft.sections if section.key is SectionKey.RED_FLAGS for s in section.sentences}
    told: set[str] = set()
    for sentence_id, reason in failed.items():
        yield Withheld(sentence_id, reason)
        told.add(sentence_id)
    yield from _left_alone(draft, told)
    for sentence_id in failed:
        for guarded in _guarded_by(by_id[sentence_id], draft, evidence, red_flag=sentence_id in red_flags):
            if guarded not in told:
                told.add(guarded)
                yield Withheld(guarded, f"the caution {sentence_id} that guards it failed its check", sentence_id)
    yield from _left_alone(draft, told)


def _left_alone(draft: Article, told: set[str]) -> Iterator[Withheld]:
    """The sentences that stand for a claim which is gone: labels of a group, worked sums. They are added to *told*."""
    for sentence in draft.sentences():
        apart = sentence.role is not Role.CLAIM and sentence.group and sentence.id not in told
        if apart and _speaks_of(sentence, draft) & told:
            told.add(sentence.id)
            yield Withheld(sentence.id, "a sentence it speaks of failed its check")


def _speaks_of(frame: Sentence, draft: Article) -> set[str]:
    """The claims that a frame of a group stands for."""
    return {s.id for s in draft.sentences() if s.group == frame.group and s.role is Role.CLAIM}


def _guarded_by(caution: Sentence, draft: Article, evidence: Evidence, *, red_flag: bool) -> Iterator[str]:
    """What a caution guards: the statements it names; for a "do not", the advice of the same rules; for a red flag,
    all management."""
    statement = evidence.statement(caution.statement) if caution.statement else None
    named = statement.guards if statement is not None else ()
    forbids = caution.strength is Strength.DO_NOT and caution.role is Role.CLAIM
    for section in draft.sections:
        for sentence in section.sentences:
            same_rule = forbids and bool(set(sentence.rules) & set(caution.rules))
            managed = red_flag and section.key in _GUARDED
            if sentence.id != caution.id and (sentence.id in named or same_rule or managed):
                yield sentence.id
