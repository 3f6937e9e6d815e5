"""A bare number that is an age by where it stands, and numbers that are results, doses and rooms."""

import pytest


def _age(facts):
    fact = facts.current("age_years")
    return None if fact is None else int(fact.quantity.value)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("41 f, TSH 7.8", 41),
        ("57, on warfarin, INR 6", 57),
        ("57 on warfarin, INR 6", 57),
        ("63 and on warfarin, INR 6", 63),
        ("F41, TSH 7.8", 41),
        ("M57 INR 6 on warfarin", 57),
        ("ferritin 12. F 36", 36),
        ("woman of 41 with TSH 7.8", 41),
        ("I am 57, INR 6", 57),
        ("I am 57 on warfarin. INR 6", 57),
        ("Im 57 INR 6", 57),
        ("TSH 7.8, free T4 normal, first time ever tested. 41, feel ok, not pregnant.", 41),
        ("HbA1c 44 mmol/mol, nurse said 'pre'. 57, bit overweight. do i have diabetes?", 57),
        ("INR 6, 72, on coumadin", 72),
        ("TSH 7.8; 82, tired", 82),
        ("hi, 67 here, K 5.8", 67),
        ("44 male BP 150/95", 44),
        ("AF female 65 with hypertension", 65),
        ("79.6 year old man, potassium 6.1", 79),
        ("bp 148/92, 44, my mother had a stroke", 44),
        ("I've just turned 41, TSH 7", 41),
        ("41yrs, TSH 7", 41),
        ("61, INR 5", 61),
        ("ferritin 9 hb 10.2 g/dl im 26 heavy periods vegetarian", 26),
        ("I'm 34 and tired, TSH 6", 34),
        ("INR 5 and I am 71!", 71),
        ("my a1c is 6.3, im 52 overweight", 52),
        ("im 15 fainted, ferritin 4", 15),
        # Written in words, it leads.
        ("INR 6, 72, on coumadin for my 80 year old husband", 80),
    ],
)
def test_a_bare_number_is_an_age(read, text, age):
    """It opens the text or a sentence, or stands between commas, and a person goes on."""
    assert _age(read(text)) == age


@pytest.mark.parametrize(
    "text",
    [
        "HbA1c 57 mmol/mol",
        "57 mmol/mol, on metformin",
        "INR 57",
        "HbA1c is 57, on metformin",
        "ferritin 57, on iron",
        "ferritin 12, 41, 57",
        "ferritin was 12. 41, on iron now",
        "B12 180. 57 ng/L before",
        "egfr 57, on metformin",
        "pulse 88, on bisoprolol",
        "weight 82, on warfarin, INR 6",
        "levothyroxine 75, on it for years",
        "I take levothyroxine 50, feel tired",
        "ALT 57, on statins",
        "40 to 60, on warfarin",
        "room 41, bed 3, K 5.8",
        "I am 20 weeks pregnant, TSH 5",
        "im 30 lbs overweight, bp 150/95",
        "I'm 90 percent sure the B12 was 150",
        "im 24 hours post op, K 5.8",
        "I am 65 kg, INR 6",
        "I'm 50 50 about iron tablets",
        "im 48 mmol/mol now, on metformin",
        "I am 100 % vegan",
        "57 on my last blood test",
        "potassium 5.8, ramipril, 67",
        "accident on the M25, INR 6",
        "female 65 kg on apixaban",
    ],
)
def test_a_number_that_is_no_age(read, text):
    """A result, a dose, a range, a room and a road are none."""
    assert _age(read(text)) is None
