"""Units and analytes: what a unit is called, and what may be compared or converted, in exact decimals.

Two operations are kept apart on purpose. *Scaling* stays inside one dimension (ng/mL to ng/L) and never changes what
a guideline's limit means. *Conversion* from mass to amount needs the analyte and its named factor and serves display
and plausibility only, never a comparison with a limit (rule DQ2 of the vitamin B12 specification).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

from bedside.errors import UsageError
from bedside.facts.fact import Quantity
from bedside.text.matching import UnitTokens

_DIGITS = 28


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its dimension and the factor to the dimension's base unit."""

    token: str
    dimension: str
    factor: Fraction


@dataclass(frozen=True, slots=True)
class Conversion:
    """One named factor: 1 ``source`` = ``factor`` ``target``, and ``offset`` more where the scales do not begin
    together (HbA1c in per cent and in mmol/mol)."""

    source: str
    target: str
    factor: Decimal
    offset: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Range:
    """A closed range in an analyte's canonical unit."""

    low: Decimal
    high: Decimal

    def holds(self, value: Decimal) -> bool:
        """Whether *value* lies inside, ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Analyte:
    """What a laboratory measures: its units, its named conversions, and the ranges that make a value doubtful.

    ``unitless`` reads a bare number for the ranges only: the first entry whose limit is not passed gives the unit.
    ``called`` gives a unit as written the full name it has for this analyte ("mmol/mol" of creatinine).
    """

    name: str
    unit: str
    units: frozenset[str]
    usual_unit: str = ""
    conversions: tuple[Conversion, ...] = ()
    molar_mass: Decimal | None = None
    plausible: Range | None = None
    plausible_on_injections: Range | None = None
    reject: Range | None = None
    ask_unit: bool = False
    unitless: tuple[tuple[Decimal | None, str], ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)

    def assumed_unit(self, value: Decimal) -> str:
        """The unit in which a bare *value* is checked against the ranges."""
        for limit, unit in self.unitless:
            if limit is None or value <= limit:
                return unit
        return self.usual_unit or self.unit


class UnknownUnit(UsageError):
    """A unit token is not in ``content/units.yaml``, or no named factor leads from one unit to another."""


@dataclass(frozen=True, slots=True)
class Units:
    """Every unit and analyte. ``tokens`` finds unit spellings in text."""

    tokens: UnitTokens
    units: Mapping[str, Unit]
    analytes: Mapping[str, Analyte]
    _factors: dict[tuple[str, str], Fraction | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any], analytes: Mapping[str, Any] | None = None) -> Units:
        """Build from the content of ``units.yaml`` and ``analytes.yaml``."""
        units = {
            token: Unit(token, entry["dimension"], Fraction(entry["factor"])) for token, entry in data["units"].items()
        }
        known = {name: _analyte(name, entry) for name, entry in (analytes or {}).items()}
        return cls(UnitTokens(_spellings(data)), units, known)

    def normalise(self, token: str) -> str | None:
        """The normalised token of a unit as written ("pg per ml" gives "pg/mL"), or None when it is no unit."""
        return token if token in self.units else self.tokens.normalise(token)

    def factor(self, unit: str, other: str) -> Fraction | None:
        """What a number in *unit* is multiplied by to stand in *other*; None where they measure different things."""
        pair = (unit, other)
        if pair not in self._factors:
            same = self.same_scale(unit, other)
            self._factors[pair] = self.units[unit].factor / self.units[other].factor if same else None
        return self._factors[pair]

    def same_scale(self, a: str, b: str) -> bool:
        """Whether two unit tokens measure in one dimension, so that scaling between them is allowed."""
        return a in self.units and b in self.units and self.units[a].dimension == self.units[b].dimension

    def scale(self, quantity: Quantity, unit: str) -> Quantity | None:
        """*quantity* in *unit* when both are of one dimension, else None.

        Concentrations and doses differ by powers of ten. In time, 1 week is 7 days, 1 year 12 months, and 1 month
        365.25/12 days.
        """
        if quantity.unit == unit:
            return quantity
        factor = self.factor(quantity.unit, unit)
        return None if factor is None else _multiplied(quantity, unit, factor)

    def convert(self, quantity: Quantity, unit: str, analyte: str) -> Quantity:
        """*quantity* of *analyte* in *unit*, through scaling and the analyte's named factors.

        Raises UnknownUnit when no named factor leads there.
        """
        if scaled := self.scale(quantity, unit):
            return scaled
        for conversion in self.analytes[analyte].conversions if analyte in self.analytes else ():
            factor, more = Fraction(conversion.factor), Fraction(conversion.offset)
            for source, target, each, added in (
                (conversion.source, conversion.target, factor, more),
                (conversion.target, conversion.source, 1 / factor, -more / factor),
            ):
                if self.same_scale(quantity.unit, source) and self.same_scale(target, unit):
                    there = self.units[quantity.unit].factor / self.units[source].factor
                    back = self.units[target].factor / self.units[unit].factor
                    return _multiplied(quantity, unit, there * each * back, added * back)
        raise UnknownUnit(
            f"there is no named factor from {quantity.unit or 'no unit'} to {unit} for {analyte}.",
            "Add the conversion to content/analytes.yaml, or compare in the unit that was reported.",
        )


def _multiplied(quantity: Quantity, unit: str, factor: Fraction, added: Fraction = Fraction(0)) -> Quantity:
    upper = None if quantity.upper is None else _exact(quantity.upper, factor, added)
    return replace(quantity, value=_exact(quantity.value, factor, added), unit=unit, upper=upper)


@lru_cache(maxsize=4096)
def _exact(value: Decimal, factor: Fraction, added: Fraction = Fraction(0)) -> Decimal:
    product_ = Fraction(value) * factor + added
    with localcontext() as context:
        context.prec = _DIGITS
        result = Decimal(product_.numerator) / Decimal(product_.denominator)
        # Plain notation, no trailing zeros: 2.68E+2 and 268 are one value and print as one.
        normal = result.normalize(context)
        return normal.quantize(Decimal(1)) if normal == normal.to_integral_value() else normal


def _spellings(data: Mapping[str, Any]) -> dict[str, str]:
    atoms: dict[str, list[str]] = data["atoms"]
    spelt: dict[str, str] = {}
    for token, entry in data["units"].items():
        for spelling in (token, *entry.get("spellings", ())):
            spelt[spelling] = token
        numerator, slash, denominator = token.partition("/")
        if slash and numerator in atoms and denominator in atoms:
            for top, bottom in product(atoms[numerator], atoms[denominator]):
                spelt.setdefault(f"{top}/{bottom}", token)
        elif token in atoms:
            spelt.update(dict.fromkeys(atoms[token], token))
    return spelt


def _analyte(name: str, entry: Mapping[str, Any]) -> Analyte:
    return Analyte(
        name=name,
        unit=entry["unit"],
        units=frozenset(entry["units"]),
        usual_unit=entry.get("usual_unit", ""),
        conversions=tuple(
            Conversion(each["from"], each["to"], Decimal(each["factor"]), Decimal(each.get("offset", "0")))
            for each in entry.get("conversions", ())
        ),
        molar_mass=Decimal(entry["molar_mass"]) if "molar_mass" in entry else None,
        plausible=_range(entry.get("plausible")),
        plausible_on_injections=_range(entry.get("plausible_on_injections")),
        reject=_range(entry.get("reject")),
        ask_unit=entry.get("ask_unit", False),
        unitless=tuple(
            (Decimal(each["up_to"]) if "up_to" in each else None, each["unit"]) for each in entry.get("unitless", ())
        ),
        called=dict(entry.get("called", {})),
    )


def _range(ends: list[str] | None) -> Range | None:
    return None if ends is None else Range(Decimal(ends[0]), Decimal(ends[1]))
