"""What the thyroid protocol needs to read: TSH and hormones in their units, the laboratory's range, drugs, weight."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bedside.facts.read import read_facts
from tests.facts.test_iron import line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My TSH is 7.8", {"tsh 7.8 mIU/L"}),
        ("tsh 7.8 uIU/mL", {"tsh 7.8 uIU/mL"}),
        ("thyroid stimulating hormone 7.8 mU/l", {"tsh 7.8 mIU/L"}),
        ("TSH high, T4 normal", {"tsh raised", "free_t4 normal"}),
        ("TSH 7.2 mIU/L (0.4-4.5)", {"tsh 7.2 mIU/L", "tsh_in_range raised"}),
        ("TSH 0.3 (range 0.27 - 4.2)", {"tsh 0.3 mIU/L", "tsh_in_range normal"}),
        ("free T4 7 pmol/L (reference 10-22)", {"free_t4 7 pmol/L", "free_t4_in_range low"}),
        ("FT4 1.1 ng/dL", {"free_t4 1.1 ng/dL"}),
        ("ft3 9.8 pmol/L", {"free_t3 9.8 pmol/L"}),
        ("TPO antibodies positive", {"tpo_antibodies positive"}),
        ("TSH receptor antibodies positive", {"trab positive"}),
        ("I take 100 mcg of levothyroxine", {"levothyroxine 100 mcg"}),
        ("on Synthroid 88 mcg daily", {"levothyroxine 88 mcg", "levothyroxine_frequency daily"}),
        ("I take Eltroxin", {"levothyroxine"}),
        ("Should I take levothyroxine?", set()),
        ("What starting dose of levothyroxine?", set()),
        ("I take Armour Thyroid and biotin", {"thyroid_extract", "biotin"}),
        ("on propylthiouracil with mouth ulcers", {"antithyroid_drug", "mouth_ulcers"}),
        ("underactive thyroid", {"thyroid_disease", "hypothyroidism"}),
        ("Graves' disease", {"thyroid_disease", "hyperthyroidism"}),
        ("thyroid disease", {"thyroid_disease"}),
        ("I have Addison's disease", {"autoimmune_disease", "adrenal_insufficiency"}),
        ("no goitre", {"not neck_swelling"}),
        ("both raised, 3 months apart", {"tsh_confirmed"}),
        ("I weigh 72 kg", {"weight 72 kg"}),
        ("I weigh 11 stone 4", {"weight 158 lb"}),
        ("160 lbs", {"weight 160 lb"}),
        ("I have lost 12 kg", {"weight_loss"}),
        ("parathyroid hormone raised", {"pth raised"}),
    ],
)
def test_words_of_the_thyroid_are_read(text: str, expected: set[str], vocabulary) -> None:
    """Every fact that is read, and no other."""
    assert {line(fact) for fact in read_facts(text, vocabulary).items} == expected


def test_trying_for_a_baby_is_no_infant(vocabulary) -> None:
    """The results are the woman's own."""
    facts = read_facts("Trying for a baby, TSH 3.8, on levothyroxine 50 mcg", vocabulary)
    assert {fact.subject.value for fact in facts.items} == {"patient"}


@pytest.mark.parametrize(("text", "kg"), [("72 kg", "72"), ("160 lb", "72.6"), ("I weigh 11 stone 4 lb", "71.7")])
def test_every_unit_of_weight_is_one_weight(text: str, kg: str, vocabulary) -> None:
    """Pounds and stones become kilograms by one named factor."""
    quantity = next(fact.quantity for fact in read_facts(text, vocabulary).items if fact.concept == "weight")
    assert vocabulary.units.convert(quantity, "kg", "weight").value.quantize(Decimal("0.1")) == Decimal(kg)


@pytest.mark.parametrize(
    "text", ["lost 10 kg", "gained 12 kg", "My sister weighs 70 kg. My own TSH is 7", "5 mcg/kg", "March 21st"]
)
def test_what_is_no_weight_of_the_patient(text: str, vocabulary) -> None:
    """A change, another person, a dose and a date."""
    assert not [fact for fact in read_facts(text, vocabulary).items if fact.concept == "weight"]
