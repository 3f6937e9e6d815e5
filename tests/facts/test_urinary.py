"""What the urinary infection protocol needs to read: symptoms, urine tests, catheters, allergies, medicines."""

from __future__ import annotations

import pytest

from bedside.facts.read import read_facts
from tests.facts.test_iron import line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it burns when I pee", {"dysuria"}),
        ("my mum says it stings when she wees", {"dysuria", "sex female"}),
        ("no dysuria", {"not dysuria"}),
        ("cloudy wee and up at night to pee", {"cloudy_urine", "nocturia"}),
        ("dysuria, frequency and urgency", {"dysuria", "frequent_urination", "urinary_urgency"}),
        ("I have a water infection", {"urinary_infection"}),
        ("loin pain with rigors", {"flank_pain", "fever", "rigors"}),
        ("CVA tenderness and chills", {"flank_pain", "rigors"}),
        ("dipstick positive for nitrites", {"urine_dipstick positive", "nitrite positive"}),
        ("nitrites negative, leuks positive", {"nitrite negative", "leukocyte_esterase positive"}),
        ("the urine culture grew E. coli", {"bacteriuria"}),
        ("no E. coli in urine", {"not bacteriuria"}),
        ("asymptomatic bacteriuria", {"asymptomatic_bacteriuria"}),
        ("long-term Foley catheter", {"urinary_catheter"}),
        ("the catheter is blocked", {"blocked_catheter"}),
        ("I keep getting UTIs", {"recurrent_uti"}),
        ("allergic to penicillin", {"penicillin_allergy"}),
        ("NKDA", {"not penicillin_allergy"}),
        ("no penicillin allergy", {"not penicillin_allergy"}),
        ("sulfa allergy", {"sulfonamide_allergy"}),
        ("prescribed Macrobid", {"nitrofurantoin", "antibiotic"}),
        ("on Keflex", {"cefalexin", "antibiotic"}),
        ("given Selexid", {"pivmecillinam", "antibiotic"}),
        ("takes Hiprex", {"methenamine"}),
        ("a smelly vaginal discharge", {"vaginal_discharge"}),
        ("discharged from hospital", set()),
        ("I have one kidney", {"single_kidney"}),
        ("not pregnant, penicillin allergy", {"not pregnancy", "penicillin_allergy"}),
        ("no penicillin allergy, porphyria", {"not penicillin_allergy", "acute_porphyria"}),
        ("no fever or penicillin allergy", {"not fever", "not penicillin_allergy"}),
        ("not pregnant, diabetic or breastfeeding", {"not pregnancy", "not diabetes", "not breastfeeding"}),
        ("non-visible haematuria and dysuria", {"nonvisible_haematuria", "dysuria"}),
        ("the catheter has stopped draining", {"blocked_catheter"}),
        ("no urine in the catheter bag", {"blocked_catheter"}),
        ("urine smells, discharge from my penis", {"smelly_urine", "penile_discharge"}),
        ("d-mannose for a UTI", {"urinary_infection"}),
        ("non-binary, burning wee", {"transgender", "dysuria"}),
        ("cardiac catheter last year", set()),
        ("dipped: nit+ leuk+++", {"nitrite positive", "leukocyte_esterase positive"}),
        ("UA nitrite 2+, leuks neg", {"nitrite positive", "leukocyte_esterase negative"}),
        ("nitrite + leuks negative", {"leukocyte_esterase negative"}),
        ("nit neg", {"nitrite negative"}),
        ("baby 9 weeks, wee smells", {"infant_age_weeks 9 weeks", "smelly_urine"}),
        ("my newborn is 12 days old", {"infant_age_weeks 1 weeks"}),
        ("a 10 day old course of antibiotics", {"antibiotic"}),
    ],
)
def test_words_of_urinary_infection_are_read(text: str, expected: set[str], vocabulary) -> None:
    """Every fact that is read, and no other."""
    assert {line(fact) for fact in read_facts(text, vocabulary).items} == expected
