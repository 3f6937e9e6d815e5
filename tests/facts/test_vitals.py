"""Vital signs, heights, ages and trends: which number is which, in what unit, and what is only a limit."""

import pytest

from bedside.facts.fact import Subject, When


def measured(facts, concept):
    """Value and unit of every fact of one concept, the newest last."""
    found = sorted(facts.of(concept), key=lambda fact: (fact.when is When.CURRENT, fact.order))
    return [(str(each.quantity.value), each.quantity.unit) for each in found]


@pytest.mark.parametrize(
    ("text", "concept", "value", "unit"),
    [
        ("HR 104, sats 95% on air, temp 36.8.", "heart_rate", "104", "/min"),
        ("my pulse is 102", "heart_rate", "102", "/min"),
        ("pulse is 95/min", "heart_rate", "95", "/min"),
        ("my resting heart rate is 54 bpm", "heart_rate", "54", "/min"),
        ("heart rate shoots up to 140 when i stand", "heart_rate", "140", "/min"),
        ("P 76 reg, BP 134/82", "heart_rate", "76", "/min"),
        ("AF with ventricular rate 145/min", "heart_rate", "145", "/min"),
        ("Respirations are 22/min", "respiratory_rate", "22", "/min"),
        ("T 38.9, HR 118, RR 26", "respiratory_rate", "26", "/min"),
        ("respiratory rate 30 breaths per minute", "respiratory_rate", "30", "/min"),
        ("SpO2 91% RA", "oxygen_saturation", "91", "%"),
        ("oxygen is 92% on my finger thing", "oxygen_saturation", "92", "%"),
        ("O2 sat 88% on 2 L", "oxygen_saturation", "88", "%"),
        ("pulse oximetry on room air shows 93%.", "oxygen_saturation", "93", "%"),
        ("sats 89 at rest", "oxygen_saturation", "89", "%"),
        ("Obs: T 38.9, HR 118", "temperature", "38.9", "Cel"),
        ("my temp is 101.3 and im shivering", "temperature", "101.3", "degF"),
        ("fever 102.4 F since yesterday", "temperature", "102.4", "degF"),
        ("temperature 37\u00b0C (98.6\u00b0F)", "temperature", "37", "Cel"),
        ("running a temperature, 39.1 degrees", "temperature", "39.1", "Cel"),
        ("temperature of 99 degrees Fahrenheit", "temperature", "99", "degF"),
        ("T 101.2 F, P 110, R 20", "respiratory_rate", "20", "/min"),
        ("weight 95kg height 172cm", "height", "172", "cm"),
        ("I'm 1.75m tall and 68 kg", "height", "175", "cm"),
        ("I am 170 tall and 90 kg", "height", "170", "cm"),
        ("im 163 cm, 54kg", "height", "163", "cm"),
        ("I'm 5 ft 6 and weigh 12 stone 4.", "height", "66", "inches"),
        ("im 5'11\" and 210 lbs", "height", "71", "inches"),
        ("10st 7lb, 5ft 4in, female", "height", "64", "inches"),
        ("I weigh 14st and I am 6ft tall", "height", "72", "inches"),
        ("5 foot 2, 130 pounds", "height", "62", "inches"),
        ("has a normal temperature of 36.6 degrees celsius", "temperature", "36.6", "Cel"),
        ("a height of 69 in", "height", "69", "inches"),
        ("normal mobility and a body mass index of 22 kg/m^2", "bmi", "22", "kg/m2"),
        ("BMI 26.9 kg/m2", "bmi", "26.9", "kg/m2"),
    ],
)
def test_a_vital_sign_or_a_height_is_read_with_its_unit(read, text, concept, value, unit):
    """The number behind the name, in the unit it is written in or that its size tells."""
    assert measured(read(text), concept) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "what is a normal pulse for a 60 year old?",
        "target heart rate 120",
        "a normal pulse is 60",
        "call if temp goes over 38",
        "transferrin saturation 61%",
        "I had a fever for 40 days",
        "A lump of 2 cm on my neck",
        "waist 104 cm",
        "troponin at 2 hr 38 ng/L",
        "oxygen 2 L by mask",
        "B12 150 in 2021",
        "I ran 5 km and 10 miles",
        "HR told me to rest for 60 days",
    ],
)
def test_a_limit_or_another_number_is_no_vital_sign(read, text):
    """What is asked about, aimed at, or measures something else is not the patient's."""
    facts = read(text)
    for concept in ("heart_rate", "respiratory_rate", "oxygen_saturation", "temperature", "height", "bmi"):
        assert not facts.of(concept)


@pytest.mark.parametrize(
    "text",
    ["fever 102.4 F since yesterday", "Ht 1.63 m, Wt 71.5 kg", "I'm 1.75m tall", "T 101 F, HR 90", "98.6\u00b0F"],
)
def test_a_temperature_or_a_height_is_no_age_and_no_sex(read, text):
    """Words such as "102.4 F" is no woman of four years, "1.63 m" no man of 63."""
    facts = read(text)
    assert not facts.of("age_years")
    assert not facts.of("sex")


def test_half_years_are_not_cut_off(read):
    """Words such as "2.5 yr old" is two and a half, not five."""
    assert measured(read("2.5 yr old boy, noisy breathing at night"), "age_years") == [("2.5", "years")]


def test_old_years_between_commas_are_an_age(read):
    """Words such as "On omeprazole, 81 yrs," says how old, "12 yrs," may say how long."""
    assert measured(read("crcl 34, on omeprazole 20mg, 81 yrs, 52kg"), "age_years") == [("81", "years")]
    assert not read("on omeprazole 20mg, 12 yrs, 52kg").of("age_years")


def test_an_infants_age_in_weeks(read):
    """A baby of weeks is told from one of months."""
    assert measured(read("our baby boy is 3 weeks old"), "infant_age_weeks") == [("3", "weeks")]


def test_a_childs_age_in_months_behind_the_person(read):
    """Words such as "My son is 9 months" is an age; a pregnancy of months or a time ago is none."""
    assert measured(read("my son is 9 months, 8.5kg, fever 39"), "infant_age_months") == [("9", "months")]
    assert not read("my son is 9 months into his course").of("infant_age_months")


@pytest.mark.parametrize(
    ("text", "concept", "values"),
    [
        ("Temp down from 39.3 to 37.6.", "temperature", ["39.3", "37.6"]),
        ("HR 130 -> 96 after fluids", "heart_rate", ["130", "96"]),
        ("had a fever of 39.5 yesterday but 37.1 today", "temperature", ["39.5", "37.1"]),
        ("eGFR 62 -> 51 -> 44 over 18 months", "egfr", ["62", "51", "44"]),
        ("Potassium 5.2 -> 5.7 -> 6.3 mmol/L", "potassium", ["5.2", "5.7", "6.3"]),
        ("Hb 132 (2021), 121 (2022), 109 (2023) g/L", "haemoglobin", ["132", "121", "109"]),
        ("B12: 2021 - 402 ng/L, 2023 - 288 ng/L, 2025 - 191 ng/L", "total_b12", ["402", "288", "191"]),
        ("eGFR 45 (3 months ago 47, last year 58).", "egfr", ["47", "58", "45"]),
        ("vitamin d 18 ng/ml, was 11 last autumn", "vitamin_d_25oh", ["11", "18"]),
    ],
)
def test_a_trend_keeps_every_value_and_the_newest_is_now(read, text, concept, values):
    """The older values are past, the last is current, and an arrow is no "more than"."""
    facts = read(text)
    found = measured(facts, concept)
    assert sorted(value for value, _ in found) == sorted(values)
    assert str(facts.current(concept).quantity.value) == values[-1]
    assert all(fact.when is When.PAST for fact in facts.of(concept) if fact is not facts.current(concept))
    assert all(fact.quantity.comparator == "=" for fact in facts.of(concept))
    assert len({unit for _, unit in found}) == 1


def test_a_relatives_pulse_is_not_the_patients(read):
    """Whose it is follows the words."""
    facts = read("I am fine, but my mother's pulse is 120.")
    assert all(fact.subject is not Subject.PATIENT for fact in facts.of("heart_rate"))
