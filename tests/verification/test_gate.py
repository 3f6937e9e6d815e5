"""The gate: corruptions of a sentence must fail, and a failing caution takes its advice with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bedside.article.article import Article, Birthplace, Role, Section, SectionKey, Sentence
from bedside.article.claims import claim
from bedside.evidence.gather import Evidence
from bedside.evidence.source import RecordCheck, Source, SourceKind, SourceStatus
from bedside.evidence.statement import Basis, Citation, Statement
from bedside.protocol.protocol import Wording
from bedside.protocol.strength import Jurisdiction, Level, Strength
from bedside.verification.verdict import Verdict
from bedside.verification.verify import verify
from tests.verification.material import shipped_terms

TERMS = shipped_terms()
GUIDE = Source("guide", SourceKind.GUIDELINE, "A guideline", "An issuer", RecordCheck.READ)


def statement(key: str, clinical: str, plain: str, **changes) -> Statement:
    base = Statement(
        id=f"t/{key}",
        clinical=clinical,
        plain=plain,
        citations=(Citation("guide", "section 1"),),
        strength=Strength.INFORMATION,
        jurisdiction=Jurisdiction.GB,
        level=Level.C,
        basis=Basis.READ,
    )
    return replace(base, **changes)


CONSIDER = statement(
    "mma",
    "If B12 is 180 to 350 ng/L, consider MMA within 2 weeks.",
    "If your B12 is 180 to 350 ng/L, your doctor may consider an MMA test within 2 weeks.",
    strength=Strength.CONSIDER,
)
DOSE = statement(
    "dose",
    "Raise the oral dose to 2 mg twice daily.",
    "A prescriber would use 2 mg twice daily.",
    strength=Strength.DO,
    dose=True,
)
CAUTION = statement(
    "caution",
    "Do not give folic acid alone.",
    "Folic acid alone is not given.",
    strength=Strength.DO_NOT,
    guards=("t/dose",),
)
RED_FLAG = statement("flag", "Refer today.", "Get help today.", strength=Strength.DO)


def evidence(*statements: Statement, source: Source = GUIDE) -> Evidence:
    return Evidence({s.id: s for s in statements}, {source.key: source})


def article(*sentences: tuple[SectionKey, Sentence]) -> Article:
    keys = list(dict.fromkeys(key for key, _ in sentences))
    return Article(
        Wording("Title", "Title"),
        tuple(Section(key, tuple(s for k, s in sentences if k is key)) for key in keys),
        (),
    )


def verdict_of(sentence: Sentence, *known: Statement) -> Verdict:
    checked = verify(article((SectionKey.TESTS, sentence)), evidence(*known), TERMS)
    order = list(Verdict)
    return max((v.verdict for v in checked.report.verdicts), key=order.index)


@pytest.mark.parametrize("honest", [CONSIDER, DOSE, CAUTION, RED_FLAG])
def test_a_statement_word_for_word_is_supported(honest: Statement) -> None:
    """The composer's own sentence passes in all three wordings."""
    assert verdict_of(claim(honest), honest) is Verdict.SUPPORTED


CORRUPTIONS = [
    (CONSIDER, "clinical", "180", "18", Verdict.WRONG_FIGURE),
    (CONSIDER, "clinical", "350 ng/L", "350 pmol/L", Verdict.WRONG_FIGURE),
    (CONSIDER, "clinical", "180 to 350", "below 350", Verdict.WRONG_FIGURE),
    (CONSIDER, "plain", "2 weeks", "2 months", Verdict.WRONG_FIGURE),
    (CONSIDER, "plain", " within 2 weeks", "", Verdict.WRONG_FIGURE),
    (CONSIDER, "clinical", "consider MMA", "MMA must be measured", Verdict.OVERSTATED),
    (CONSIDER, "plain", "may consider", "will do", Verdict.OVERSTATED),
    (DOSE, "clinical", "2 mg", "2 mcg", Verdict.WRONG_FIGURE),
    (DOSE, "clinical", "2 mg", "20 mg", Verdict.WRONG_FIGURE),
    (DOSE, "clinical", "2 mg", "more than 2 mg", Verdict.WRONG_FIGURE),
    (DOSE, "plain", "A prescriber would use", "Take", Verdict.OVERSTATED),
    (CAUTION, "clinical", "Do not give", "Give", Verdict.CONTRADICTED),
    (CAUTION, "plain", "is not given", "is given", Verdict.CONTRADICTED),
]


@pytest.mark.parametrize(("honest", "wording", "old", "new", "expected"), CORRUPTIONS)
def test_a_changed_figure_unit_comparator_negation_or_verb_is_caught(
    honest: Statement, wording: str, old: str, new: str, expected: Verdict
) -> None:
    """Each corruption of a sentence gets the verdict that names it."""
    sentence = claim(honest)
    text = getattr(sentence, wording)
    assert old in text
    assert verdict_of(replace(sentence, **{wording: text.replace(old, new)}), honest) is expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"statement": "t/gone"}, Verdict.UNSUPPORTED),
        ({"citations": ()}, Verdict.UNSUPPORTED),
        ({"citations": (Citation("other"),)}, Verdict.UNSUPPORTED),
        ({"jurisdiction": Jurisdiction.US}, Verdict.CONTRADICTED),
        ({"strength": Strength.DO}, Verdict.OVERSTATED),
    ],
)
def test_a_claim_must_resolve_and_agree_with_its_statement(change: dict, expected: Verdict) -> None:
    """A missing statement, other citations, another country or a stronger label is refused."""
    assert verdict_of(replace(claim(CONSIDER), **change), CONSIDER) is expected


def test_a_retracted_source_supports_nothing_and_a_superseded_one_qualifies() -> None:
    """The status of the source decides, whatever the wording says."""
    draft = article((SectionKey.TESTS, claim(CONSIDER)))
    retracted = replace(GUIDE, status=SourceStatus.RETRACTED)
    superseded = replace(GUIDE, status=SourceStatus.SUPERSEDED, superseded_by="newer")
    gone = verify(draft, evidence(CONSIDER, source=retracted), TERMS)
    kept = verify(draft, evidence(CONSIDER, source=superseded), TERMS)
    assert [w.sentence for w in gone.report.withheld] == ["t/mma"]
    assert {v.verdict for v in kept.report.verdicts} == {Verdict.QUALIFIED}


def test_what_fails_is_not_shown_and_is_reported() -> None:
    """The failing sentence is gone from the article, its neighbour stays, and the report says why."""
    bad = replace(claim(CONSIDER), clinical="If B12 is 18 to 350 ng/L, consider MMA within 2 weeks.")
    checked = verify(
        article((SectionKey.TESTS, bad), (SectionKey.TREATMENT, claim(DOSE))), evidence(CONSIDER, DOSE), TERMS
    )
    assert [s.id for s in checked.article.sentences()] == ["t/dose"]
    assert "wrong-figure" in checked.report.withheld[0].reason


def test_a_failing_caution_withholds_the_advice_it_guards_by_name() -> None:
    """The dose goes with the "do not" that guards it, and the report names the caution."""
    bad = replace(claim(CAUTION), clinical="Give folic acid alone.")
    checked = verify(
        article((SectionKey.TREATMENT, claim(DOSE)), (SectionKey.PITFALLS, bad)), evidence(CAUTION, DOSE), TERMS
    )
    assert checked.article.sentences() == ()
    assert {(w.sentence, w.caution) for w in checked.report.withheld} == {("t/caution", ""), ("t/dose", "t/caution")}


def test_a_failing_red_flag_withholds_all_management() -> None:
    """Without its red flag no advice stands; the rest of the article does."""
    bad = replace(claim(RED_FLAG), clinical="Refer within 3 days.")
    checked = verify(
        article((SectionKey.RED_FLAGS, bad), (SectionKey.WHY, claim(CONSIDER)), (SectionKey.DO_NOW, claim(DOSE))),
        evidence(RED_FLAG, CONSIDER, DOSE),
        TERMS,
    )
    assert [s.id for s in checked.article.sentences()] == ["t/mma"]


def test_a_patient_sentence_may_only_print_numbers_that_were_born() -> None:
    """A number from a fact passes; one that comes from nowhere fails."""
    said = Sentence(
        "frame/x/0", Role.PATIENT, "268 ng/L", "268 ng/L", "268 ng/L", births=(Birthplace("268", "fact total_b12"),)
    )
    assert verdict_of(said) is Verdict.NOT_A_CLAIM
    assert verdict_of(replace(said, plain="286 ng/L")) is Verdict.WRONG_FIGURE


def test_a_frame_states_no_number() -> None:
    """A frame with a figure of its own is withheld."""
    frame = Sentence("frame/y/0", Role.FRAME, "Ask your doctor.", "Ask your doctor.", "Ask your doctor.")
    assert verdict_of(frame) is Verdict.NOT_A_CLAIM
    assert verdict_of(replace(frame, clinical="Ask within 3 days.")) is Verdict.WRONG_FIGURE
