"""Answers of a form, whose facts they are, tables with dates, broken lines, and denials that end where they should."""

import pytest

from bedside.facts.fact import Course, Presence
from tests.facts.lines import lines


def check(read, text, expected):
    """The projection holds every expected line; a line after "-" is not there."""
    found = lines(read(text))
    for line in expected:
        assert (line.lstrip("-") in found) is not line.startswith("-"), f"{line} in {sorted(found)}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lactating, no; pregnant, no; vegan, yes", ["not breastfeeding", "not pregnancy", "vegan_diet"]),
        ("Pregnant: N\nVegan: N\nNumbness: Y", ["not pregnancy", "not vegan_diet", "numbness"]),
        ("Pregnant N, breastfeeding N, vegan Y", ["not pregnancy", "not breastfeeding", "vegan_diet"]),
        ("Stroke: never. B12 231 ng/L", ["not stroke", "total_b12 231 ng/L"]),
        ("Pregnant - no, vegan - yes, falls - none", ["not pregnancy", "vegan_diet", "not falls"]),
        ("Pregnant (no), vegan (yes)", ["not pregnancy", "vegan_diet"]),
        ("| Pregnant | no |\n| Vegan | yes |", ["not pregnancy", "vegan_diet"]),
        ("Tired, no energy, no tingling", ["fatigue", "not paraesthesia"]),
    ],
)
def test_an_answer_behind_a_name_denies_that_name_alone(read, text, expected):
    """The form "Pregnant, no; vegan, yes" denies pregnancy and not the diet."""
    check(read, text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Pharmacist query: pt on topiramate 100 mg bd, phenobarbital. B12 188 ng/L",
            ["topiramate 100 mg", "topiramate_frequency twice daily", "phenobarbital"],
        ),
        ("Should I take omeprazole 20 mg or lansoprazole? B12 150 ng/L", ["-lansoprazole 20 mg"]),
        (
            "Should I stop taking B12 tablets? I take 1000 mcg daily.",
            ["b12_oral_unspecified 1000 mcg", "b12_oral_unspecified_frequency daily"],
        ),
        (
            "Does my esomeprazole matter? 20 mg once daily for 11 years.",
            ["esomeprazole 20 mg", "esomeprazole_duration 11 years"],
        ),
        (
            "268 pg/mL after 3 weeks of 1 mg tablets and I feel better",
            ["b12_oral_unspecified 1 mg", "b12_oral_unspecified_duration 3 weeks", "total_b12 268 pg/mL"],
        ),
        ("Sore tongue after 4 months. B12 150 ng/L", ["glossitis", "-time_on_treatment 4 months"]),
    ],
)
def test_a_dose_goes_to_the_medicine_it_stands_with(read, text, expected):
    """A dose never moves on to the next medicine; one in the next sentence belongs to the only medicine before."""
    check(read, text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Writing for my husband (66). He takes omeprazole 40 mg daily. B12 211 pg/mL. I take B12 myself.",
            ["age_years 66 years", "sex male", "omeprazole 40 mg", "-b12_oral_unspecified"],
        ),
        (
            "Grandma is 92, B12 365 pg/mL. I have pernicious anaemia myself.",
            ["age_years 92 years", "family_history_pernicious_anaemia", "-pernicious_anaemia"],
        ),
        (
            "My mum has pernicious anaemia. I am tired myself. B12 150 ng/L",
            ["family_history_pernicious_anaemia", "fatigue", "total_b12 150 ng/L"],
        ),
        (
            "A mother of a small baby: 29F, breastfeeding, B12 88 ng/L. Her infant is 3 months old, hypotonic.",
            ["age_years 29 years", "breastfeeding", "total_b12 88 ng/L", "infant_hypotonia"],
        ),
        ("Vegan mother, 30, B12 90 ng/L, baby floppy", ["vegan_diet", "total_b12 90 ng/L", "infant_hypotonia"]),
        ("Baby 6 months, floppy. Do I worry about B12?", ["infant_age_months 6 months", "infant_hypotonia"]),
        ("Both my sister and my nan have vitiligo. I don't.", ["family_history_vitiligo", "not vitiligo"]),
    ],
)
def test_each_fact_is_of_the_person_it_is_said_of(read, text, expected):
    """Carers, mothers and infants keep their own facts."""
    check(read, text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr K, 71. B12 141 pg/mL", ["-potassium 71", "age_years 71 years", "sex male"]),
        ("Dr K wrote: K 3.9 mmol/L, metformin MR 2 g", ["potassium 3.9 mmol/L", "-sex male"]),
        ("Anaphylaxis to IM hydroxocobalamin 2023 (resolved, adrenaline x1)", ["past_anaphylaxis", "-anaphylaxis"]),
        ("B12 1e9 ng/L", ["-total_b12 1", "-total_b12 1 ng/L"]),
        ("B12 1.2 x 10^3 ng/L", ["-total_b12 1.2", "-total_b12 1.2 ng/L"]),
        ("WBC 3.8 K/uL, PLT 142 x10^9/L", ["wbc 3.8 10^9/L", "platelets 142 10^9/L"]),
        ("B12 is\r\n150 ng/L", ["total_b12 150 ng/L"]),
        ("I take cyanocobalamin 1000\nmcg daily", ["cyanocobalamin_oral 1000 mcg"]),
        (
            "TEST: Vitamin B12\nRESULT: 150\nUNITS: ng/L\nREFERENCE RANGE: 180 - 900",
            ["total_b12 150 ng/L", "lab_reference_low 180 ng/L"],
        ),
    ],
)
def test_letters_powers_and_broken_lines(read, text, expected):
    """Initials are no tests, powers of ten are not cut short, and a break inside a value is white space."""
    check(read, text, expected)


@pytest.mark.parametrize(
    "text",
    [
        "| Test | Jan 2025 | Nov 2026 |\n|---|---|---|\n| B12 (ng/L) | 246 | 139 |",
        "| Test | Units | Nov 2026 | Jan 2025 | Ref |\n| B12 | ng/L | 139 | 246 | 180-900 |",
        "Test\tPrevious\tCurrent\nB12 (ng/L)\t246\t139",
        "Test,2024-01-02,2025-03-04\nB12 (ng/L),246,139",
    ],
)
def test_the_newest_column_of_a_table_is_now(read, text):
    """Whatever the order of the columns, the newest date is current and the older one past."""
    check(read, text, ["total_b12 139 ng/L", "past_total_b12 246 ng/L", "-total_b12 246 ng/L"])


@pytest.mark.parametrize(
    "text",
    [
        "I never took B12 tablets or injections, tingling and tired. B12 150 ng/L",
        "I take no B12 tablets, tingling and tired. B12 150 ng/L",
        "I take nothing. B12 150 ng/L. Tingling, tired.",
        "I'm on no tablets, tingling and tired. B12 150 ng/L",
    ],
)
def test_denied_treatment_does_not_reach_symptoms(read, text):
    """A denial of tablets ends before the symptoms behind it."""
    check(read, text, ["not b12_oral_unspecified", "paraesthesia", "fatigue", "-not paraesthesia"])


def test_generic_words_for_no_treatment_serve_rules_only(read):
    """The word "untreated" makes internal denials; "not on any B12 tablets" is told."""
    generic = read("B12 88 ng/L, untreated").current("b12_oral_unspecified")
    assert generic is not None
    assert (generic.presence, generic.internal) == (Presence.ABSENT, True)
    check(read, "B12 88 ng/L, not on any B12 tablets", ["not b12_oral_unspecified"])


@pytest.mark.parametrize(
    ("text", "concept", "course"),
    [
        ("My vision got worse suddenly this week", "visual_loss", {Course.NEW, Course.WORSENING}),
        ("my sight is getting worse", "visual_loss", {Course.WORSENING}),
        ("a blank patch in the middle of my sight since yesterday", "scotoma", {Course.NEW, Course.UNKNOWN}),
        ("reds have gone dull", "colour_vision_loss", {Course.UNKNOWN}),
    ],
)
def test_words_for_failing_sight(read, text, concept, course):
    """Everyday words for loss of sight give the symptom and how it is going."""
    fact = read(text).current(concept)
    assert fact is not None
    assert fact.course in course


@pytest.mark.parametrize(
    "text",
    ["?subacute combined degeneration", "Query SACD, B12 90", "possible subacute combined degeneration of the cord",
     "Could this be subacute combined degeneration?"],
)  # fmt: skip
def test_suspected_cord_degeneration_counts(read, text):
    """Suspicion of subacute combined degeneration is enough; a question about the illness in general is not."""
    assert read(text).current("subacute_combined_degeneration") is not None
    assert read("What is subacute combined degeneration?").current("subacute_combined_degeneration") is None
