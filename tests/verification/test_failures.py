"""The ways in which checkers fail elsewhere, one named test each: none of them fails so here."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bedside.evidence.currency import status_from
from bedside.evidence.hierarchy import rank_of
from bedside.evidence.notice import Direction, Notice, NoticeKind
from bedside.evidence.source import RecordCheck, Source, SourceKind, SourceStatus
from bedside.verification.judging import judge, judge_all, judge_cited
from bedside.verification.verdict import SHOWN, Verdict
from tests.verification.material import shipped_terms

TERMS = shipped_terms()
TRIAL = (
    "We enrolled 238 adults with diabetic nephropathy. Oral simvastatin 40 mg daily did not reduce mortality compared "
    "with placebo (hazard ratio 1.2, 95% CI 0.9 to 1.6). Treatment is recommended in people aged 65 years or older. "
    "Doses of 15 to 20 mg were well tolerated. Smoking was associated with fracture."
)
OTHER = "Metformin lowered fasting glucose by 1.4 mmol/L in adults with type 2 diabetes after 12 weeks."


def stands(claim: str, passage: str = TRIAL) -> bool:
    return judge(claim, passage, TERMS).verdict in SHOWN


def test_01_the_citation_exists_and_does_not_support_the_sentence() -> None:
    assert not stands("Vitamin D prevents falls in nursing homes.")


def test_02_an_invented_quotation() -> None:
    assert not stands('The authors write: "simvastatin is harmful to the kidney in adults".')


def test_03_a_paraphrase_in_quotation_marks() -> None:
    assert stands("Oral simvastatin 40 mg daily did not reduce mortality.")
    assert not stands('The authors write: "oral simvastatin 40 mg each day did not lower mortality".')
    assert stands('The authors write: "oral simvastatin 40 mg daily did not reduce mortality".')


def test_04_two_true_fragments_joined() -> None:
    assert not stands('The authors write: "Doses of 15 to 20 mg did not reduce mortality".')
    assert not stands(
        "Smoking was associated with well tolerated doses in people with diabetic nephropathy on placebo."
    )


def test_05_the_right_words_under_another_source() -> None:
    cited, elsewhere = [("trial", TRIAL)], [("other", OTHER)]
    found = judge_cited(OTHER, cited, elsewhere, TERMS)
    assert found.verdict is Verdict.UNSUPPORTED
    assert "other" in found.reason


@pytest.mark.parametrize("lost", ["younger than 65 years", "65 years", "above 65 years", "up to 65 years"])
def test_06_a_comparator_lost(lost: str) -> None:
    assert stands("Treatment is recommended in people aged 65 years or older.")
    assert stands("Treatment is recommended in people at least 65 years old.")
    assert not stands(f"Treatment is recommended in people aged {lost}.")


@pytest.mark.parametrize("flattened", ["1.5 to 20 mg", "15 to 200 mg", "15 mg", "15 to 25 mg", "1520 mg"])
def test_07_a_decimal_or_a_range_flattened(flattened: str) -> None:
    assert not stands(f"Doses of {flattened} were well tolerated.")


@pytest.mark.parametrize(
    "claim",
    [
        "Oral simvastatin 40 mg daily reduced mortality compared with placebo.",
        "Treatment is not recommended in people aged 65 years or older.",
        "Doses of 15 to 20 mg were not well tolerated.",
    ],
)
def test_08_a_negation_ignored(claim: str) -> None:
    assert judge(claim, TRIAL, TERMS).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize("scaled", ["0.04 mg", "40 g", "40 micrograms", "4000 mg", "40000 mg"])
def test_09_a_number_scaled(scaled: str) -> None:
    assert not stands(f"Oral simvastatin {scaled} daily did not reduce mortality.")
    assert stands("Oral simvastatin 40,000 micrograms daily did not reduce mortality.")


def test_10_support_does_not_beat_contradiction() -> None:
    claim = "Oral simvastatin 40 mg daily did not reduce mortality."
    denies = "Oral simvastatin 40 mg daily reduced mortality."
    assert judge_all(claim, [("a", TRIAL)], TERMS).verdict is Verdict.SUPPORTED
    assert judge_all(claim, [("a", TRIAL), ("b", denies)], TERMS).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize("claim", [OTHER, "Oral simvastatin 40 mg daily reduced mortality.", "Cats purr."])
def test_11_unrelated_passages_change_nothing(claim: str) -> None:
    alone = judge_all(claim, [("a", TRIAL)], TERMS).verdict
    unrelated = [(f"u{n}", f"Hip protectors did not prevent fracture number {n} in care homes.") for n in range(20)]
    assert judge_all(claim, [*unrelated, ("a", TRIAL)], TERMS).verdict is alone


def test_12_a_bracket_does_not_excuse_a_sentence() -> None:
    assert not stands("Oral simvastatin 40 mg daily [3] reduced mortality [4].")


def test_13_what_the_writer_never_cited_supports_nothing() -> None:
    assert judge_cited(OTHER, [("trial", TRIAL)], [("other", OTHER)], TERMS).verdict not in SHOWN


def test_14_a_paper_known_from_memory_is_not_dressed_up(desk) -> None:
    """A record nobody saw carries no identifier, so that no wrong paper can be linked."""
    from_memory = [source for source in desk.shipped.sources() if source.check is RecordCheck.MEMORY]
    assert all(not (source.doi or source.pmid or source.pmcid) for source in from_memory)


def test_15_identifiers_are_well_formed_and_of_one_source(desk) -> None:
    for name in ("pmid", "doi"):
        known = [getattr(source, name) for source in desk.shipped.sources() if getattr(source, name)]
        assert len(known) == len(set(known))
    assert all(source.pmid.isdigit() for source in desk.shipped.sources() if source.pmid)


def test_16_a_summary_never_comes_before_its_source() -> None:
    assert rank_of(SourceKind.SUMMARY) > max(rank_of(SourceKind.GUIDELINE), rank_of(SourceKind.SYSTEMATIC_REVIEW))


def test_17_an_erratum_is_no_retraction_and_a_retraction_counts_from_either_side() -> None:
    source = Source("pmid-1", SourceKind.TRIAL, "A trial", "A journal", RecordCheck.LOADED, pmid="1")
    for kind, standing in ((NoticeKind.ERRATUM, SourceStatus.CURRENT), (NoticeKind.RETRACTION, SourceStatus.RETRACTED)):
        assert status_from([Notice(kind, Direction.IN, pmid="2")], source).status is standing
    announces = Notice(NoticeKind.RETRACTION, Direction.OF, pmid="2")  # this record is the notice, not what it retracts
    assert status_from([announces], source).status is SourceStatus.CURRENT


def test_18_what_is_not_supported_is_not_said() -> None:
    """Nothing that is not supported, or supported with a caveat, is ever shown."""
    assert {Verdict.UNSUPPORTED, Verdict.OVERSTATED, Verdict.WRONG_FIGURE, Verdict.CONTRADICTED}.isdisjoint(SHOWN)


def test_19_an_absent_fact_is_not_a_no(desk) -> None:
    answer = desk.ask("My B12 is 268 pg/mL.", reader="clinician")
    assert any(missing for run in answer.runs for missing in run.missing)


@pytest.mark.skip(reason="bedside reads no FHIR yet; the test belongs to the reader of R4 records")
def test_20_r4_read_as_r5() -> None:
    raise NotImplementedError


def test_21_no_test_that_cannot_fail() -> None:
    """A block that expects an error holds one statement, and raises nothing itself."""
    for path in sorted(Path(__file__).parents[1].rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.With) and any("pytest.raises" in ast.unparse(item) for item in node.items):
                assert not any(isinstance(inside, ast.Raise) for inside in ast.walk(node)), f"{path.name}:{node.lineno}"
                assert len(node.body) == 1, f"{path.name}:{node.lineno}"
