"""Doubts about values, and the dose a day."""

from decimal import Decimal

import pytest

from bedside.facts.concerns import concerns
from bedside.facts.daily import daily_dose, times_a_day
from bedside.facts.fact import ConcernKind, Facts
from bedside.facts.given import given


def kinds(read, text):
    """The kinds of doubt a text raises."""
    return {concern.kind for concern in read(text).concerns}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my B12 is 268", ConcernKind.UNIT_MISSING),
        ("B12 60 pmol/L", ConcernKind.ASSAY_UNSTATED),
        ("B12 3 ng/L", ConcernKind.REJECTED),
        ("B12 200000 ng/L", ConcernKind.REJECTED),
        ("B12 9999999", ConcernKind.REJECTED),
        ("B12 20 ng/L", ConcernKind.IMPLAUSIBLE),
        ("Hb 300 g/L", ConcernKind.REJECTED),
        ("potassium 9 mmol/L", ConcernKind.IMPLAUSIBLE),
        ("I take B12 tablets 1000 mg daily", ConcernKind.DOSE_UNIT_DOUBTFUL),
        ("cyanocobalamin 5000 IU by mouth daily", ConcernKind.DOSE_UNIT_DOUBTFUL),
        ("cyanocobalamin 20 mg by mouth daily", ConcernKind.DOSE_UNIT_DOUBTFUL),
        ("hydroxocobalamin 5 g IV", ConcernKind.OTHER_INDICATION),
        ("lab A total B12 165 ng/L, lab B total B12 395 ng/L", ConcernKind.CONFLICT),
    ],
)
def test_each_doubt_is_raised(read, text, kind):
    """What section 2.2 and table DQ call doubtful is said."""
    assert kind in kinds(read, text)


@pytest.mark.parametrize(
    "text",
    [
        "B12 268 pg/mL",
        "total B12 60 pmol/L",
        "active B12 60 pmol/L",
        "B12 <50 ng/L",
        "B12 >2000 ng/L",
        "MCV 112, eGFR 90, platelets 200",
        "on hydroxocobalamin 1 mg injections every 3 months, B12 9000 ng/L",
        "cyanocobalamin 2 mg by mouth twice daily",
        "B12 310 pg/mL in 2024, 198 pg/mL now",
        "B12 268 pg/mL, that is 268 ng/L",
        "my gran had a B12 of 3 ng/L, my B12 is 268 ng/L",
    ],
)
def test_sound_values_raise_no_doubt(read, text):
    """Ordinary values, comparators, a series and another person's value are not doubted."""
    assert kinds(read, text) == set()


def test_a_bare_haemoglobin_is_judged_in_the_unit_it_can_be_in(read):
    """98 can only be g/L and 9.8 only g/dL: neither is refused, the unit is still missing."""
    for text in ("Hb 98", "Hb 9.8"):
        assert kinds(read, text) == {ConcernKind.UNIT_MISSING}


def test_given_facts_are_judged_alike(vocabulary):
    """Concerns depend on facts alone, whoever stated them."""
    [concern] = concerns((given("total_b12", "3 ng/L", vocabulary),), vocabulary)
    assert (concern.kind, concern.concept) == (ConcernKind.REJECTED, "total_b12")


@pytest.mark.parametrize(
    ("dose", "often", "expected"),
    [
        ("1000 mcg", "daily", "1000"),
        ("1 mg", "daily", "1000"),
        ("2 mg", "twice daily", "4000"),
        ("50 mcg", "three times daily", "150"),
        ("1 mg", "2 per day", "2000"),
        ("1 mg", "alternate days", "500"),
        ("7 mg", "weekly", "1000"),
    ],
)
def test_the_dose_a_day_is_exact(vocabulary, dose, often, expected):
    """Dose times frequency, in micrograms, without rounding."""
    facts = Facts(
        (given("cyanocobalamin_oral", dose, vocabulary), given("cyanocobalamin_oral_frequency", often, vocabulary))
    )
    found = daily_dose(facts, ["cyanocobalamin_oral"], vocabulary.units)
    assert found.quantity.value == Decimal(expected)
    assert not found.assumed


def test_a_dose_by_mouth_without_frequency_is_assumed_daily(vocabulary):
    """The assumption is made and told."""
    found = daily_dose(Facts((given("cyanocobalamin_oral", "1000 mcg", vocabulary),)), ["cyanocobalamin_oral"])
    assert (found.quantity.value, found.assumed) == (Decimal(1000), True)


@pytest.mark.parametrize(("name", "value"), [("hydroxocobalamin_im", "1 mg"), ("cyanocobalamin_oral", "present")])
def test_without_frequency_or_dose_there_is_no_daily_dose(vocabulary, name, value):
    """An injection without an interval and a tablet without a dose give none."""
    assert daily_dose(Facts((given(name, value, vocabulary),)), [name]) is None


def test_two_products_add_up(vocabulary):
    """The dose a day is of all the products that are taken."""
    facts = Facts(
        (given("cyanocobalamin_oral", "1 mg", vocabulary), given("b12_oral_unspecified", "50 mcg", vocabulary))
    )
    assert daily_dose(facts, ["cyanocobalamin_oral", "b12_oral_unspecified"]).quantity.value == 1050


def test_words_that_say_no_number_give_no_rate():
    """The words "as needed" are not a number of times."""
    assert times_a_day("as needed") is None
    assert times_a_day("every 2 days") == Decimal("0.5")
