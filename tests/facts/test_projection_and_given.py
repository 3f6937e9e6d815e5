"""Projected names and values, and facts given by name: each the inverse of the other."""

from decimal import Decimal

import pytest

from bedside.facts.fact import Comparator, Course, Fact, Facts, Kind, Presence, Quantity, Subject, When
from bedside.facts.given import UnreadableFact, given
from bedside.facts.projection import project

CASES = [
    ("total_b12", "268 pg/mL", 268, "pg/mL"),
    ("total_b12", "268", 268, None),
    ("total_b12", "<50 ng/L", "<50", "ng/L"),
    ("egfr", ">90", ">90", "mL/min/1.73m2"),
    ("mma_serum", "0.48 umol/L", 0.48, "umol/L"),
    ("mma_urine_creatinine", "4.2 mmol/mol creatinine", 4.2, "mmol/mol creatinine"),
    ("cyanocobalamin_oral", "1000 mcg", 1000, "mcg"),
    ("cyanocobalamin_oral_frequency", "daily", "daily", None),
    ("metformin_duration", "6 months", 6, "months"),
    ("anti_intrinsic_factor", "positive", "positive", None),
    ("full_blood_count", "normal", "normal", None),
    ("age_years", "34 years", 34, "years"),
    ("sex", "female", "female", None),
    ("numbness", "present", None, None),
    ("past_nitrous_oxide", "present", None, None),
    ("planned_hydroxocobalamin_im", "present", None, None),
    ("hypothetical_pregnancy", "present", None, None),
    ("family_history_pernicious_anaemia", "present", None, None),
    ("infant_hypotonia", "present", None, None),
    ("infant_age_months", "5 months", 5, "months"),
    ("adherence", "80 %", 80, "%"),
    ("b12_im_unspecified", "1 mg", 1, "mg"),
]


@pytest.mark.parametrize(("name", "value", "shown", "unit"), CASES)
def test_a_given_fact_is_projected_under_its_name(vocabulary, name, value, shown, unit):
    """Given and projected are inverse: name, value and unit come back."""
    [item] = project(Facts((given(name, value, vocabulary),)))
    assert (item["name"], item["value"], item["unit"], item["negated"]) == (name, shown, unit, False)


def test_a_course_is_given_with_its_symptom(vocabulary):
    """The value "new" is a course, and the symptom is present."""
    fact = given("confusion", "new", vocabulary)
    assert (fact.course, fact.presence) == (Course.NEW, Presence.PRESENT)


def test_absent_is_a_denial(vocabulary):
    """An absent fact is projected as negated."""
    [item] = project(Facts((given("gait_ataxia", "absent", vocabulary),)))
    assert item["negated"]


def test_internal_facts_are_left_out(vocabulary):
    """Facts that serve rules only are not projected."""
    assert project(Facts((given("injections_refused", "present", vocabulary),))) == []


def test_a_name_that_begins_like_a_prefix_is_itself(vocabulary):
    """The name "planned_surgery" is a concept and not a planned thing."""
    fact = given("planned_surgery", "present", vocabulary)
    assert (fact.concept, fact.when) == ("planned_surgery", When.CURRENT)


@pytest.mark.parametrize(
    ("name", "value"),
    [("vitamin_zz", "present"), ("total_b12", "268 bananas"), ("total_b12", ""), ("pregnancy", "no"),
     ("paraesthesia", "maybe"), ("cyanocobalamin_oral", "about 1 mg")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_remedy(vocabulary, name, value):
    """An unknown name or unit, or a word that would count as present, says what is wrong and what to do."""
    with pytest.raises(UnreadableFact) as caught:
        given(name, value, vocabulary)
    assert name in caught.value.what
    assert caught.value.remedy


def test_a_range_and_a_decimal_are_shown_as_written():
    """A range is text, a decimal a float, a whole number an int."""

    def value(quantity):
        return project(Facts((Fact("total_b12", Kind.LAB, quantity=quantity),)))[0]["value"]

    assert value(Quantity(Decimal(250), "ng/L", upper=Decimal(300))) == "250-300"
    assert value(Quantity(Decimal("0.280"), "umol/L")) == 0.28
    assert isinstance(value(Quantity(Decimal(1000), "ng/L")), int)
    assert value(Quantity(Decimal(90), "", Comparator.AT_LEAST)) == ">=90"


def test_somebody_elses_facts_are_not_projected():
    """Another adult's body is nobody's fact here."""
    assert project(Facts((Fact("numbness", Kind.SYMPTOM, subject=Subject.OTHER),))) == []
