"""A dose that is taken and not named, in a text about vitamin B12."""

import pytest

from tests.facts.lines import lines
from tests.facts.test_iron import line


@pytest.mark.parametrize(
    "text",
    [
        "My serum vitamin b12 is 268 pg/mL and I already take 1000 mcg by mouth every day",
        "My B12 was 150 ng/L. I take 1000 mcg by mouth every day",
        "low b12 last year. I take 1000 mcg a day, level now 620 pg/mL. keep going?",
        "B12 190 ng/L, taking 1000 micrograms daily",
    ],
)
def test_it_is_b12_by_mouth(read, text):
    """Nothing else is named that it could be of."""
    assert {"b12_oral_unspecified 1000 mcg", "b12_oral_unspecified_frequency daily"} <= lines(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "B12 190 ng/L and hypothyroid, I take 100 mcg levothyroxine a day",
        "B12 190 ng/L. Vitamin D is fine, I take 10 micrograms a day",
        "On folic acid, I take 400 mcg a day. B12 190 ng/L",
        "B12 190 ng/L. Should I take 1000 mcg by mouth every day?",
        "I am tired, B12 190 ng/L. My sister has pernicious anaemia too, she takes 1000 mcg a day",
        "my thyroid level is off, I take 100 mcg a day",
    ],
)
def test_it_is_not(read, text):
    """Another medicine or vitamin is named, it is only asked about, or it is somebody else's."""
    assert not [line for line in lines(read(text)) if line.startswith("b12_oral")]


@pytest.mark.parametrize(
    "text",
    [
        "can vitamin d make my calcium high? I take 10000 units daily",
        "Is vitamin D safe? I take 10000 IU a day",
        "vit d 60 ng/ml and i take 10000 iu daily",
    ],
)
def test_it_is_vitamin_d(read, text):
    """International units that are taken, where vitamin D is spoken of and nothing else that is counted in them."""
    assert {"vitamin_d 10000 IU", "vitamin_d_frequency daily"} <= set(map(line, read(text).items))


@pytest.mark.parametrize(
    "text",
    [
        "vitamin D low. I take 20 units daily of insulin",
        "is vitamin d good? should I take 4000 units a day?",
        "sugar is high, I take 20 units a day",
        "vitamin D 18 nmol/L, on insulin, I take 20 units daily",
    ],
)
def test_it_is_not_vitamin_d(read, text):
    """Insulin and heparin are counted in units too."""
    assert "vitamin_d_frequency daily" not in map(line, read(text).items)
