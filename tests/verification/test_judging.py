"""The judge: what changes the meaning is refused, what does not is not, and order and company change nothing."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.verification.judging import judge, judge_all
from bedside.verification.verdict import SHOWN, Verdict
from tests.verification.material import shipped_terms

TERMS = shipped_terms()
PASSAGE = (
    "We enrolled 238 adults with diabetic nephropathy. Metformin was superior to gliclazide. "
    "Simvastatin 40 mg daily may be considered if LDL is above 3 mmol/L. "
    "Smoking was associated with fracture in women aged 65 years or older. "
    "Pain was lower with morphine than with ketamine. Aspirin did not reduce mortality."
)


def verdict(claim: str, passage: str = PASSAGE) -> Verdict:
    return judge(claim, passage, TERMS).verdict


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("Metformin was superior to gliclazide.", Verdict.SUPPORTED),
        ("Gliclazide was inferior to metformin.", Verdict.SUPPORTED),
        ("Gliclazide was superior to metformin.", Verdict.CONTRADICTED),
        ("Metformin was inferior to gliclazide.", Verdict.CONTRADICTED),
        ("Pain was higher with ketamine than with morphine.", Verdict.SUPPORTED),
        ("Pain was lower with ketamine than with morphine.", Verdict.CONTRADICTED),
        ("Pain was higher with morphine than with ketamine.", Verdict.CONTRADICTED),
        ("Simvastatin 40,000 micrograms per day may be considered if LDL exceeds 3 mmol/L.", Verdict.SUPPORTED),
        ("Simvastatin 80 mg daily may be considered if LDL is above 3 mmol/L.", Verdict.WRONG_FIGURE),
        ("Simvastatin 40 mg daily may be considered if LDL is below 3 mmol/L.", Verdict.WRONG_FIGURE),
        ("Simvastatin 40 mg weekly may be considered if LDL is above 3 mmol/L.", Verdict.CONTRADICTED),
        ("Atorvastatin 40 mg daily may be considered if LDL is above 3 mmol/L.", Verdict.CONTRADICTED),
        ("Simvastatin 40 mg daily should be considered if LDL is above 3 mmol/L.", Verdict.OVERSTATED),
        ("Simvastatin 40 mg daily must be given if LDL is above 3 mmol/L.", Verdict.OVERSTATED),
        ("Smoking was linked to fractures in women at least 65 years old.", Verdict.SUPPORTED),
        ("Smoking caused fracture in women aged 65 years or older.", Verdict.OVERSTATED),
        ("Smoking was associated with fracture in men aged 65 years or older.", Verdict.CONTRADICTED),
        ("Mortality was not reduced by aspirin.", Verdict.SUPPORTED),
        ("Aspirin reduced mortality.", Verdict.CONTRADICTED),
        ("Smoking was associated with fracture.", Verdict.QUALIFIED),
    ],
)
def test_a_sentence_on_a_passage(claim: str, expected: Verdict) -> None:
    assert verdict(claim) is expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("Oral B12 is given as 2 mg twice daily until remission.", Verdict.SUPPORTED),
        ("Oral B12 is given as 2 mg daily until remission.", Verdict.CONTRADICTED),
        ("Oral B12 is given as 1 mg twice daily.", Verdict.CONTRADICTED),
        ("Oral B12 is given as 2000 micrograms twice a day until remission.", Verdict.SUPPORTED),
    ],
)
def test_a_dose_keeps_how_often_it_is_given(claim: str, expected: Verdict) -> None:
    passage = "Oral B12 is given as 2 mg twice daily until remission, then 1 mg daily."
    assert verdict(claim, passage) is expected


@given(st.decimals(min_value=Decimal("0.1"), max_value=Decimal(9999), places=1), st.sampled_from(["mg", "mcg", "g"]))
def test_another_amount_never_stands(value: Decimal, unit: str) -> None:
    """Only amounts equal to 40 mg stand, in whatever unit."""
    factor = {"mg": Decimal(1), "mcg": Decimal("0.001"), "g": Decimal(1000)}[unit]
    claim = f"Simvastatin {value.normalize():f} {unit} daily may be considered if LDL is above 3 mmol/L."
    assert (verdict(claim) in SHOWN) is (value * factor == 40)


def test_the_order_of_passages_changes_nothing() -> None:
    claim = "Simvastatin 40 mg daily may be considered if LDL is above 3 mmol/L."
    passages = [
        ("a", PASSAGE),
        ("b", "Simvastatin 20 mg daily may be considered if LDL is above 3 mmol/L."),
        ("c", "Cats."),
    ]
    found = {(o.verdict, o.against, o.reason) for p in permutations(passages) for o in [judge_all(claim, p, TERMS)]}
    assert len(found) == 1


def test_every_finding_points_at_its_words() -> None:
    claim = "Atorvastatin 80 mg daily must be considered if LDL is above 3 mmol/L."
    found = judge(claim, PASSAGE, TERMS).findings
    assert {finding.here.of(claim) for finding in found} >= {"Atorvastatin", "80 mg", "must"}
    assert any(finding.there.of(PASSAGE) == "Simvastatin" for finding in found)


@pytest.mark.parametrize("nothing", ["", " ", "...", "\n"])
def test_what_says_nothing_does_not_stand(nothing: str) -> None:
    assert verdict(nothing) is Verdict.UNSUPPORTED
    assert judge("Aspirin did not reduce mortality.", nothing, TERMS).verdict is Verdict.UNSUPPORTED


def test_without_a_passage_nothing_stands() -> None:
    assert judge_all("Aspirin did not reduce mortality.", [], TERMS).verdict is Verdict.UNSUPPORTED
