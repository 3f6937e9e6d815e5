"""Facts as short lines that a reader can compare at a glance: "not metformin", "total_b12 150 ng/L"."""

from bedside.facts.projection import project


def lines(facts):
    """The projection as a set of lines: "not" for a denial, then name, value and unit, without what is empty."""
    found = set()
    for item in project(facts):
        parts = ["not"] if item["negated"] else []
        parts += [item["name"], *(str(item[key]) for key in ("value", "unit") if item[key] is not None)]
        found.add(" ".join(parts))
    return found
