"""Articles that deny themselves: contradictions, doses, limits, schedules, order, one value; and honest ones."""

import pytest

from bedside.verification.article_checks.checks import check_article
from bedside.verification.article_checks.contradictions import contradictions
from bedside.verification.article_checks.doses import doses_that_differ
from bedside.verification.article_checks.finding import Weight
from bedside.verification.article_checks.limits import ranges_that_differ, targets_that_are_cut_offs
from bedside.verification.article_checks.schedules import schedules_that_differ
from bedside.verification.article_checks.single_value import single_value
from bedside.verification.article_checks.treatment_order import treatment_before_test

DENIED = [
    "Oral iron fails in coeliac disease. A 2020 trial showed that oral iron works in coeliac disease.",
    "Metformin is contraindicated in heart failure. Metformin is safe in heart failure.",
    "Aspirin is not recommended for prevention of stroke. Aspirin is recommended for prevention of stroke.",
    "Smoking increases bone loss. Smoking reduces bone loss.",
    "Folic acid does not mask pernicious anaemia. Folic acid masks pernicious anaemia.",
    "Tamoxifen causes endometrial cancer. Tamoxifen does not cause endometrial cancer.",
    "Fasting is required for lipid testing. Fasting is not required for lipid testing.",
    "Oral B12 is ineffective in pernicious anaemia. Cyanocobalamin by mouth is effective in pernicious anaemia.",
]
NOT_DENIED = [
    "Oral iron fails in coeliac disease. Intravenous iron works in coeliac disease.",
    "Oral iron may fail in coeliac disease. Oral iron works in coeliac disease.",
    "Metformin is contraindicated in renal failure. Metformin is safe in heart failure.",
    "Amoxicillin is recommended for children. Amoxicillin is contraindicated for children with penicillin allergy.",
    "Aspirin reduces heart attacks but increases bleeding.",
    "Insulin is safe in pregnancy. Glibenclamide is not recommended in pregnancy.",
    "Hydroxocobalamin is effective in optic disease. Cyanocobalamin is ineffective in optic disease.",
    "High doses are effective in severe disease. Low doses are ineffective in severe disease.",
    "Data showed that heat reduces pain. The study does not demonstrate that heat does not reduce pain.",
    "Smoking increases blood pressure. Exercise reduces blood pressure.",
    "This is safe in pregnancy. It is not safe in pregnancy.",
]


@pytest.mark.parametrize("text", DENIED)
def test_a_denial_is_found(faults, text):
    """The same subject and object, asserted and denied."""
    assert len(faults(contradictions, text)) == 1


@pytest.mark.parametrize("text", NOT_DENIED)
def test_a_difference_is_no_denial(faults, text):
    """Another route, medicine, dose, condition or exception, a hedge, or a word that only points."""
    assert faults(contradictions, text) == []


def test_the_order_of_two_statements_does_not_matter(faults):
    """A metamorphic relation."""
    for text in DENIED:
        first, second = text.split(". ", 1)
        assert len(faults(contradictions, f"{second} {first}.")) == 1, text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (
            "Give amoxicillin 500 mg three times daily. The rest follows.\n\nUse amoxicillin 250 mg three times daily.",
            1,
        ),
        ("Take cholecalciferol 20 mcg daily. The dose of cholecalciferol is 25 mcg daily.", 1),
        ("Give amoxicillin 500 mg three times daily. Give children amoxicillin 250 mg three times daily.", 0),
        ("Start ramipril 2.5 mg daily. Then increase ramipril to 5 mg daily.", 0),
        ("Give amoxicillin 500 mg three times daily. Use amoxicillin 0.5 g three times daily.", 0),
        ("Take metformin 500 mg daily. Take sitagliptin 100 mg daily.", 0),
    ],
)
def test_doses_that_differ(faults, text, count):
    """The same medicine and interval under the same conditions, compared across units."""
    assert len(faults(doses_that_differ, text)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Keep ferritin (target > 50 ug/L). Iron goes on: ferritin target > 100 ug/L.", 1),
        ("Keep ferritin (target > 50 ug/L). Iron goes on: ferritin target > 50 ug/L.", 0),
        ("Ferritin target > 50 ug/L. In pregnancy, ferritin target > 70 ug/L.", 0),
        ("Ferritin target > 50 ug/L. Potassium target > 4 mmol/L.", 0),
    ],
)
def test_limits_that_differ(faults, text, count):
    """The same limit of the same test in the same unit."""
    assert len(faults(ranges_that_differ, text)) == count


def test_a_target_that_is_the_cut_off_is_noted(read):
    """And a target elsewhere is not."""
    text = "A ferritin < 30 ug/L confirms iron deficiency. Ferritin (target > {} ug/L)."
    [found] = targets_that_are_cut_offs(read(text.format(30)))
    assert found.weight is Weight.NOTE
    assert list(targets_that_are_cut_offs(read(text.format(60)))) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (
            "Check at 3 and 6 months, followed by annual monitoring. Once stable twice, change to annual monitoring.",
            1,
        ),
        ("Check potassium every 3 months. Recheck potassium every 6 months.", 1),
        ("Check potassium every 3 months. Recheck creatinine every 6 months.", 0),
        ("Check potassium every 3 months. If kidney disease is present, check potassium every 6 weeks.", 0),
        ("Check potassium every 3 months. Repeat potassium every 3 months.", 0),
        ("Review at 3 months, then annually.", 0),
    ],
)
def test_schedules_that_differ(faults, text, count):
    """Two rules for one interval, or two intervals for one thing."""
    assert len(faults(schedules_that_differ, text)) == count


@pytest.mark.parametrize(
    "text",
    [
        "You have overactive thyroid disease: start carbimazole at once. Order antibodies to confirm thyroid disease.",
        "Iron deficiency needs immediate iron therapy. A ferritin test is needed to confirm iron deficiency.",
    ],
)
def test_treatment_ahead_of_its_test_is_a_fault(faults, text):
    """Where nothing makes the treatment depend on the result."""
    assert len(faults(treatment_before_test, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Order ferritin to confirm iron deficiency. If iron deficiency is confirmed, start iron immediately.",
        "Start B12 injections immediately; do not wait for results. Order MMA to confirm B12 deficiency.",
        "Give antibiotics immediately in sepsis. Take blood cultures to find the germ.",
        "Treatment of B12 deficiency is rarely urgent. Order MMA to confirm B12 deficiency.",
        "Start doxycycline immediately whenever spotted fever is suspected. Use serology to confirm spotted fever.",
    ],
)
def test_treatment_that_depends_or_does_not_wait_is_no_fault(faults, text):
    """A result it waits for, a reason not to wait, or another reason."""
    assert faults(treatment_before_test, text) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A PSA of 5 ng/mL indicates prostate cancer. Do not rely on PSA alone.", 1),
        ("A ferritin of 20 ug/L confirms iron deficiency. Ferritin alone should not be used to diagnose it.", 1),
        ("A ferritin of 20 ug/L may mean iron deficiency. Do not rely on ferritin alone.", 0),
        ("A ferritin of 20 ug/L confirms iron deficiency. Do not rely on haemoglobin alone.", 0),
        ("A ferritin of 20 ug/L confirms iron deficiency.", 0),
    ],
)
def test_relying_on_one_value_while_warning_against_it(faults, text, count):
    """The value warned of and the value decided on are the same."""
    assert len(faults(single_value, text)) == count


HONEST = """Iron deficiency in adults

Last updated: 3 March 2025. This leaflet was reviewed by Dr A. Smith on 1 March 2025.

What it is

Iron deficiency means that the body has too little iron. A ferritin below 30 ug/L (30 ng/mL) supports the diagnosis. [1]

What to do

- Check a blood count and ferritin. [1]
- If iron deficiency is confirmed, take ferrous sulfate 200 mg (0.2 g) once daily. [2]
- Recheck haemoglobin after 4 weeks. [2]

Oral iron may fail in coeliac disease. Intravenous iron works when tablets are not absorbed. [2]

References

1. Adams B, Clark D. Ferritin in adults. J Iron. 2021;3:4-9. doi 10.1000/iron.1
2. National Institute for Health and Care Excellence. Anaemia: iron deficiency. 2024. https://example.org/iron
"""


def test_an_honest_article_has_no_fault(read):
    """And its conversions are said to be right."""
    found = check_article(read(HONEST))
    assert [each.message for each in found if each.weight is not Weight.CORRECT] == []
    assert len(found) == 2
