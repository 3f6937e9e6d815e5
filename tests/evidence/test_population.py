"""Who was studied, in a few words, only where it is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.evidence.design import Design
from bedside.evidence.population import population_of
from tests.evidence.documents import record


@pytest.mark.parametrize(
    ("mesh", "title", "expected"),
    [
        (("Humans", "Adult", "Middle Aged", "Aged", "Male", "Female"), "B12", "adults"),
        (("Humans", "Adult", "Female"), "B12", "women"),
        (("Humans", "Child", "Adolescent"), "B12", "children; adolescents"),
        (("Humans", "Aged, 80 and over"), "B12", "older people (80 and over)"),
        (("Humans", "Aged", "Aged, 80 and over"), "B12", "older people (65 and over)"),
        (("Humans", "Pregnancy", "Female", "Adult"), "B12 in pregnant women", "pregnant women"),
        (("Humans", "Pregnancy", "Infant, Newborn"), "B12 of newborns", "newborn babies"),
        (("Animals", "Adult"), "B12", ""),
        ((), "B12 in children with asthma", "children"),
        ((), "B12 of parents of children with asthma", ""),
        ((), "B12 in healthy adults", "healthy volunteers"),
        ((), "B12 in older adults", "older people"),
        ((), "Adult-onset childhood disease", ""),
        ((), "B12 helps", ""),
    ],
)
def test_groups_of_people(mesh, title, expected):
    """Check tags first, then the title."""
    assert population_of(record(title, mesh=mesh), Design.COHORT) == expected


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("A total of 1,452 patients with low B12 were randomised.", "n = 1452 randomised"),
        ("We randomly assigned 452 adults to oral B12 or placebo.", "n = 452 randomised"),
        ("Of 600 people screened, 452 were randomised.", "n = 452 randomised"),
        ("120 patients were enrolled.", "n = 120 enrolled"),
        ("200 patients were enrolled. 120 patients were randomised.", "n = 120 randomised"),
        ("120 patients were randomised to oral B12 and 118 to placebo.", ""),
        ("120 women were randomised. 118 men were randomised.", ""),
        ("20 patients with ulcers and 30 patients with reflux were randomised.", ""),
        ("Of 57 patients with anaemia, 53 patients were enrolled.", "n = 53 enrolled"),
        ("Twelve patients were randomised.", ""),
        ("45% of patients were randomised.", ""),
        ("In 10 000 patients were randomised groups compared.", ""),
        ("Patients aged 1.5 years were randomised.", ""),
        ("0 patients were enrolled.", ""),
    ],
)
def test_how_many(abstract, expected):
    """One plain number, or none."""
    assert population_of(record("B12", abstract), Design.RANDOMISED) == expected


def test_a_review_has_no_number_of_its_own():
    """A number in it is that of some study."""
    assert population_of(record("B12", "120 patients were randomised."), Design.SYSTEMATIC_REVIEW) == ""


def test_a_letter_has_no_population():
    """What it comments on has one."""
    assert population_of(record("B12 in children"), Design.LETTER) == ""


@given(st.integers(1, 99_999), st.sampled_from(["patients", "women", "participants"]))
def test_the_number_is_the_one_written(number, people):
    """Never another one."""
    found = population_of(record("B12", f"A total of {number} {people} were randomised."), Design.RANDOMISED)
    assert found == f"n = {number} randomised"
