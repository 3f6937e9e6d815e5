"""A dose that is taken and not named, in a text about vitamin B12."""

import pytest

from tests.facts.lines import lines


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
