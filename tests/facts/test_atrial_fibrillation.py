"""What the protocol of atrial fibrillation needs to read: scores, clearances, medicines, valves, items of scores."""

from __future__ import annotations

import pytest

from bedside.facts.read import read_facts
from tests.facts.test_iron import line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CHA2DS2-VASc 3", {"cha2ds2_vasc 3 points"}),
        ("CHA₂DS₂-VASc score of 3", {"cha2ds2_vasc 3 points"}),
        ("cha2ds2vasc=4", {"cha2ds2_vasc 4 points"}),
        ("CHADS-VASc 2", {"cha2ds2_vasc 2 points"}),
        ("CHA2DS2-VA 1", {"cha2ds2_va 1 points"}),
        ("CrCl 38", {"creatinine_clearance 38 mL/min"}),
        ("CrCl 38 ml/min", {"creatinine_clearance 38 mL/min"}),
        ("CrCl 95 dose?", {"creatinine_clearance 95 mL/min"}),
        ("heart is racing at 170", {"palpitations", "fast_pulse", "heart_rate 170 /min"}),
        ("tissue aortic valve", {"tissue_valve"}),
        ("on Paxlovid", {"strong_interaction"}),
        ("missed two doses of pradaxa", {"dabigatran", "doac", "anticoagulant"}),
        ("creatinine clearance of 25 mL/min", {"creatinine_clearance 25 mL/min"}),
        ("eGFR 38 ml/min", {"egfr 38 mL/min/1.73m2"}),
        ("creatinine 133 umol/l", {"creatinine 133 umol/L"}),
        ("creatinine 1.5 mg/dL", {"creatinine 1.5 mg/dL"}),
        ("on Pradaxa", {"dabigatran", "doac", "anticoagulant"}),
        ("apixiban", {"apixaban"}),
        ("HTN, DM, CHF", {"hypertension", "diabetes_letters", "heart_failure"}),
        ("no stroke, no diabetes", {"not stroke", "not diabetes"}),
        ("TIA in 2019", {"past tia"}),
        ("moderate mitral stenosis", {"mitral_stenosis"}),
        ("mild mitral stenosis", set()),
        ("no other risk factors", {"no_stroke_risk"}),
        ("new onset AF", {"new_onset_af"}),
        ("took two eliquis", {"doac_overdose"}),
        ("B₁₂ 150 ng/L", {"total_b12 150 ng/L"}),
    ],
)
def test_words_of_atrial_fibrillation_are_read(text: str, expected: set[str], vocabulary) -> None:
    """Every fact that is read, and no other; a subscript is the digit it stands for."""
    assert {line(fact) for fact in read_facts(text, vocabulary).items} == expected
