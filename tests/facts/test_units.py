"""Units and conversions, against the table of the specification, pint and UCUM."""

import io
import json
from decimal import Decimal
from pathlib import Path

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.facts.fact import Comparator, Quantity
from bedside.facts.units import UnknownUnit

from .conftest import CONTENT, compiled_vocabulary

UCUM = Path(__file__).parents[2].parent / "shared" / "data" / "ucum"
COMPILED = compiled_vocabulary()


def amount(value, unit, **more):
    """A quantity from text."""
    return Quantity(Decimal(value), unit, **more)


@pytest.fixture
def units(vocabulary):
    """The units of the shipped content."""
    return vocabulary.units


@pytest.mark.parametrize(
    ("written", "token"),
    [
        ("pg/ml", "pg/mL"),
        ("PG/ML", "pg/mL"),
        ("pg per mL", "pg/mL"),
        ("pg / ml", "pg/mL"),
        ("ng/l", "ng/L"),
        ("pmol/l", "pmol/L"),
        ("pmol per litre", "pmol/L"),
        ("nmol/L", "nmol/L"),
        ("umol/L", "umol/L"),
        ("\u00b5mol/L", "umol/L"),
        ("\u03bcmol/L", "umol/L"),
        ("mcmol/L", "umol/L"),
        ("micromol/L", "umol/L"),
        ("ug/L", "ug/L"),
        ("mcg/L", "ug/L"),
        ("g/dl", "g/dL"),
        ("mEq/L", "mEq/L"),
        ("mcg", "mcg"),
        ("ug", "mcg"),
        ("\u00b5g", "mcg"),
        ("\u03bcg", "mcg"),
        ("microg", "mcg"),
        ("micrograms", "mcg"),
        ("microgram", "mcg"),
        ("milligram", "mg"),
        ("IU", "IU"),
        ("x10^9/L", "10^9/L"),
        ("10\u2079/L", "10^9/L"),
        ("mL/min/1.73 m2", "mL/min/1.73m2"),
        ("ml/min/1.73m\u00b2", "mL/min/1.73m2"),
        ("yrs", "years"),
        ("mmol/mol creatinine", "mmol/mol creatinine"),
        ("banana", None),
    ],
)
def test_every_spelling_of_the_specification_has_its_token(units, written, token):
    """Section 2.2 names the unit spellings that must be accepted."""
    assert units.normalise(written) == token


def test_every_spelling_is_read_behind_a_number(units):
    """A spelling of units.yaml is found in text, and names its own token."""
    for written, token in units.tokens.spellings.items():
        assert units.tokens.at(f" {written.lower()} ", 0) is not None, written
        assert units.normalise(written) == token, written


@pytest.mark.parametrize(
    ("analyte", "value", "source", "target", "expected"),
    [
        ("total_b12", "268", "pg/mL", "pmol/L", "197.7304"),
        ("total_b12", "350", "ng/L", "pmol/L", "258.23"),
        ("total_b12", "26.8", "ng/dL", "ng/L", "268"),
        ("total_b12", "0.268", "ug/L", "ng/L", "268"),
        ("total_b12", "0.198", "nmol/L", "pmol/L", "198"),
        ("active_b12", "100", "pg/mL", "pmol/L", "73.78"),
        ("mma_serum", "0.48", "umol/L", "nmol/L", "480"),
        ("mma_serum", "1", "ng/mL", "nmol/L", "8.468"),
        ("homocysteine", "1", "mg/L", "umol/L", "7.397"),
        ("haemoglobin", "9.8", "g/dL", "g/L", "98"),
        ("haemoglobin", "1", "mmol/L", "g/L", "16.11"),
        ("folate_serum", "1", "ug/L", "nmol/L", "2.266"),
        ("ferritin", "100", "pmol/L", "ug/L", "44.5"),
        ("gastrin", "10", "pmol/L", "ng/L", "21"),
        ("potassium", "3.5", "mEq/L", "mmol/L", "3.5"),
        ("platelets", "150", "10^3/uL", "10^9/L", "150"),
    ],
)
def test_conversions_are_exact(units, analyte, value, source, target, expected):
    """The factors of section 2.2 give exact decimals."""
    assert units.convert(amount(value, source), target, analyte).value == Decimal(expected)


@pytest.mark.parametrize("analyte", [name for name, entry in COMPILED["analytes"].items() if "molar_mass" in entry])
def test_named_factors_come_from_the_molar_mass(units, analyte):
    """Each mass-to-molar factor agrees with pint and the molar mass to the digits that were published."""
    registry = pint.UnitRegistry()
    known = units.analytes[analyte]
    [conversion] = known.conversions
    mass_first = units.units[conversion.source].dimension == "mass_concentration"
    mass, molar = (conversion.source, conversion.target) if mass_first else (conversion.target, conversion.source)
    grams = registry.Quantity(1.0, mass.replace("/", "/").replace("ug", "microgram"))
    moles = (
        (grams / registry.Quantity(float(known.molar_mass), "g/mol")).to(molar.replace("umol", "micromol")).magnitude
    )
    published = float(conversion.factor) if mass_first else 1 / float(conversion.factor)
    assert moles == pytest.approx(published, rel=2e-3)


@given(
    value=st.decimals("0.001", "100000", places=3),
    pair=st.sampled_from(
        [("total_b12", "ng/L", "pmol/L"), ("mma_serum", "ng/mL", "nmol/L"), ("haemoglobin", "g/dL", "mmol/L")]
    ),
)
def test_there_and_back_is_the_same_value(value, pair):
    """A conversion and its inverse give the value back to 20 digits."""
    units = _units()
    analyte, source, target = pair
    there = units.convert(Quantity(value, source), target, analyte)
    back = units.convert(there, source, analyte).value
    assert abs(back - value) <= value * Decimal("1e-20")


@given(value=st.integers(1, 10**6), upper=st.integers(1, 10**6))
def test_scaling_keeps_order_comparator_and_range(value, upper):
    """What was less stays less, and sign and range travel with the number."""
    units = _units()
    scaled = units.scale(Quantity(Decimal(value), "ng/L", Comparator.BELOW, Decimal(upper)), "ug/L")
    assert scaled is not None
    assert scaled.comparator is Comparator.BELOW
    assert (scaled.value < scaled.upper) == (value < upper)
    assert scaled.value * 1000 == value


def test_scaling_never_crosses_from_mass_to_amount(units):
    """Rule DQ2: a mass is not turned into an amount by scaling."""
    assert units.scale(amount("268", "pg/mL"), "pmol/L") is None
    assert not units.same_scale("pg/mL", "pmol/L")
    assert not units.same_scale("pg/mL", "")


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        ("2", "weeks", "days", "14"),
        ("1", "years", "months", "12"),
        ("12", "months", "years", "1"),
        ("1", "months", "days", "30.4375"),
        ("48", "hours", "days", "2"),
    ],
)
def test_durations_compare_across_units(units, value, source, target, expected):
    """Weeks and days, months and years are exact; a month is 365.25/12 days."""
    assert units.scale(amount(value, source), target).value == Decimal(expected)


def test_without_a_named_factor_there_is_no_conversion(units):
    """An analyte without a factor is refused, with the remedy."""
    with pytest.raises(UnknownUnit, match="no named factor"):
        units.convert(amount("5", "ng/L"), "pmol/L", "mcv")


def test_every_analyte_unit_is_a_known_unit(units):
    """The data names only units that exist."""
    for analyte in units.analytes.values():
        assert analyte.units <= units.units.keys(), analyte.name
        assert analyte.unit in units.units


def _units():
    from bedside.facts.units import Units

    return Units.from_mapping(COMPILED["units"], COMPILED["analytes"])


def _records(name):
    path = UCUM / name
    if not path.is_file():
        pytest.skip(f"the UCUM data ({name}) is not beside the project")
    import zstandard

    with path.open("rb") as raw, zstandard.ZstdDecompressor().stream_reader(raw) as stream:
        return [json.loads(line) for line in io.TextIOWrapper(stream, encoding="utf-8")]


# Our token for a UCUM code, where ours has another spelling.
OURS = {
    "10*9/L": "10^9/L",
    "10*3/uL": "10^3/uL",
    "ug": "mcg",
    "umol/L": "umol/L",
    "meq/L": "mEq/L",
    "[iU]": "IU",
    "a": "years",
    "mo": "months",
    "wk": "weeks",
    "d": "days",
    "h": "hours",
    "mL/min/{1.73_m2}": "mL/min/1.73m2",
}


def test_ucum_codes_mean_the_same_here(units):
    """Every common UCUM code that is one of our tokens is read as that token."""
    shared = [record["ucum_code"] for record in _records("common_units.jsonl.zst")]
    ours = [code for code in shared if code in units.units or code in OURS]
    assert len(ours) > 15
    for code in ours:
        token = OURS.get(code, code)
        assert units.normalise(token) == token, code


def test_the_functional_tests_that_use_our_units_agree(units):
    """Every unit code of the 564 UCUM functional tests that is one of ours is valid there and known here.

    Their conversions are of lengths and speeds, which no laboratory reports, so that our factors are held against
    the codes themselves in the next test.
    """
    checked = 0
    for record in _records("functional_tests.jsonl.zst"):
        code = record.get("unit", "")
        if record["kind"] == "validation" and (code in units.units or code in OURS):
            checked += 1
            assert record["valid"] == "true", record
            assert units.normalise(OURS.get(code, code)) == OURS.get(code, code), record
    assert checked > 60


def test_our_factors_agree_with_ucum_through_pint(units):
    """Every factor inside one dimension equals that of the UCUM code read by ucumvert."""
    ucumvert = pytest.importorskip("ucumvert")
    registry = ucumvert.PintUcumRegistry()
    codes = {token: code for code, token in OURS.items()} | {token: token for token in units.units}
    codes |= {
        "mcg": "ug",
        "10^9/L": "10*9/L",
        "10^3/uL": "10*3/uL",
        "years": "a",
        "months": "mo",
        "weeks": "wk",
        "days": "d",
        "hours": "h",
        "minutes": "min",
    }
    dimensions = ("mass_concentration", "molar_concentration", "mass", "time")
    for dimension in dimensions:
        group = [unit for unit in units.units.values() if unit.dimension == dimension]
        first = group[0]
        for unit in group[1:]:
            theirs = (1 * registry.from_ucum(codes[unit.token])).to(registry.from_ucum(codes[first.token])).magnitude
            assert float(unit.factor / first.factor) == pytest.approx(float(theirs), rel=1e-9), unit.token


def test_the_content_folder_is_the_one_that_ships():
    """The tests read the files of the package."""
    assert (CONTENT / "units.yaml").is_file()
