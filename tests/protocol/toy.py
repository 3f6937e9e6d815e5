"""A small protocol to run rules on: two bands, a red flag, a pair of branches, an override, two countries."""

from __future__ import annotations

from decimal import Decimal

from bedside.protocol.condition import ALWAYS, parse
from bedside.protocol.protocol import (
    Ask,
    Band,
    Edge,
    Effect,
    Measure,
    Parameter,
    Pattern,
    Protocol,
    Reading,
    Rule,
    Urgency,
    Wording,
)
from bedside.protocol.strength import Jurisdiction, Level, Strength

WORDS = Wording("clinical", "plain")
LOW = Edge({"ng/L": Decimal(180), "pmol/L": Decimal(133)}, inclusive=False)
FROM_LOW = Edge({"ng/L": Decimal(180), "pmol/L": Decimal(133)}, inclusive=True)
HIGH = Edge({"ng/L": Decimal(350), "pmol/L": Decimal(258)}, inclusive=True)
OVER_HIGH = Edge({"ng/L": Decimal(350), "pmol/L": Decimal(258)}, inclusive=False)


def rule(key: str, when: object = None, given: object = None, **changes: object) -> Rule:
    """A rule with plain defaults."""
    base = {
        "row": key.split("-", maxsplit=1)[0],
        "table": "toy",
        "order": 0,
        "jurisdiction": Jurisdiction.INT,
        "effect": Effect.RECOMMEND,
        "strength": Strength.DO,
        "level": Level.C,
        "statements": (f"toy/{key}",),
        "section": "do_now",
    } | changes
    return Rule(
        id=key,
        given=ALWAYS if given is None else parse(given),
        when=ALWAYS if when is None else parse(when),
        **base,
    )


def ask(key: str, *facts: str, **values: tuple[str, ...]) -> Ask:
    """A question about some facts."""
    return Ask(key, facts, WORDS, tuple(values.items()), WORDS)


def protocol(**changes: object) -> Protocol:
    """The toy protocol, with parts replaced."""
    base: dict[str, object] = {
        "id": "toy",
        "title": WORDS,
        "version": "1",
        "scope": parse({"not": "age_years < 16 years"}),
        "scope_wording": WORDS,
        "topics": ("total_b12",),
        "definitions": {
            "on_tablets": parse({"any": ["cyanocobalamin_oral", "b12_oral_unspecified"]}),
            "nerve_sign": parse({"any": ["gait_ataxia", "limb_weakness"]}),
        },
        "measures": {
            "total_b12": Measure(
                "total_b12",
                bands={
                    "": (
                        Band("low", None, LOW),
                        Band("indeterminate", FROM_LOW, HIGH),
                        Band("unlikely", OVER_HIGH, None),
                    )
                },
                unitless=(
                    Reading(None, False, Decimal(133), False, band="low", warn="unit"),
                    Reading(Decimal(133), True, Decimal(180), False, ask="unit"),
                    Reading(Decimal(180), True, Decimal(258), True, band="indeterminate", warn="unit"),
                    Reading(Decimal(258), False, Decimal(350), True, ask="unit"),
                    Reading(Decimal(350), False, None, False, band="unlikely", warn="unit"),
                ),
            )
        },
        "parameters": (
            Parameter("limit", Jurisdiction.GB, "2020-01-01", {"ng/L": Decimal(180)}, "s", "t"),
            Parameter("limit", Jurisdiction.GB, "2025-01-01", {"ng/L": Decimal(200)}, "s", "t"),
            Parameter("limit", Jurisdiction.US, "2020-01-01", {"ng/L": Decimal(300)}, "s", "t"),
        ),
        "rules": (
            rule("RF1", "nerve_sign", effect=Effect.RED_FLAG, urgency=Urgency.SAME_DAY, section="red_flags"),
            rule("LOW", "total_b12 is low"),
            rule("MID", "total_b12 is indeterminate", {"not": "on_tablets"}, branch=True),
            rule("PAIR", {"all": ["vegan_diet", "metformin"]}, branch=True),
            rule("GENERAL", "total_b12 is indeterminate", overrides=()),
            rule("SPECIAL", "pregnancy", overrides=("GENERAL",)),
            rule("LIMIT-GB", "total_b12 < limit", jurisdiction=Jurisdiction.GB),
            rule("LIMIT-US", "total_b12 < limit", jurisdiction=Jurisdiction.US),
            rule("CHILD", "age_years < 16 years", effect=Effect.ABSTAIN, section="none"),
            rule("UNIT", {"all": ["known total_b12", {"not": "known banded"}]}, effect=Effect.ABSTAIN, section="none"),
        ),
        "asks": (
            ask("unit", "total_b12", total_b12=("unit ng/L", "unit pmol/L")),
            ask("nerves", "gait_ataxia", "limb_weakness"),
            ask("tablets", "cyanocobalamin_oral", "b12_oral_unspecified"),
            ask("diet", "vegan_diet"),
            ask("medicines", "metformin"),
            ask("weather", "fever"),
            ask("pregnancy", "pregnancy"),
        ),
        "patterns": (
            Pattern("low", parse("total_b12 is low"), WORDS, (), (), (), ("total_b12",)),
            Pattern("other", ALWAYS, WORDS, (), (), (), ("total_b12",)),
        ),
    } | changes
    definitions = dict(base["definitions"])  # type: ignore[call-overload]
    definitions["banded"] = parse({"any": ["total_b12 is low", "total_b12 is indeterminate", "total_b12 is unlikely"]})
    return Protocol(**(base | {"definitions": definitions}))
