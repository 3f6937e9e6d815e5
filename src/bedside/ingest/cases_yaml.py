"""Cases as they stand in ``cases.yaml`` and ``cases/*.yaml``, to compiled form."""

from __future__ import annotations

from typing import Any

from bedside.ingest.marked_yaml import Marked
from bedside.ingest.reading import Reading, Referent
from bedside.question.question import Intent

_EXPECTATIONS = ("band", "warn", "class", "fires", "undecided", "never", "asks_first", "pattern", "scope")
_LISTS = {
    "fires": Referent.RULE,
    "undecided": Referent.RULE,
    "never": Referent.RULE,
    "asks_first": Referent.ASK,
}
_ASKED_BANDS = frozenset({"ask_unit", "ask_assay", "ask_value", "ask_conflict"})
_WARNINGS = frozenset({"unit", "assay", ""})
_TRUTHS = ("true", "false", "unknown")


def read_cases(node: Marked, reading: Reading, topic: str, seen: dict[str, str]) -> list[dict[str, Any]]:
    """The cases of one file; *seen* holds the names used so far in the topic, and where."""
    compiled = []
    for item in reading.items(node, "cases"):
        fields = reading.fields(item, "a case", ("name", "expect"), ("question", "facts", "asked", "subjects"))
        name = reading.text(fields.get("name"), "name")
        if name in seen:
            reading.refuse(item.where, f"the case {name!r} is given twice (first at {seen[name]}).", "Rename one.")
        seen[name] = item.where
        if "question" in fields and "facts" in fields:
            reading.refuse(item.where, "a case has a question or facts.", "Make it two cases.")
        case: dict[str, Any] = {
            "name": name,
            "where": item.where,
            "expect": _expect(fields.get("expect"), reading, topic),
        }
        if "question" in fields:
            case["question"] = reading.text(fields["question"], "question")
        case["facts"] = _facts(fields.get("facts"), reading, topic)
        case["asked"] = _asked(fields.get("asked"), reading)
        if subjects := reading.texts(fields.get("subjects"), "subjects"):
            reading.refer(Referent.SUBJECT, subjects, fields["subjects"].where, topic)
            case["subjects"] = subjects
        compiled.append(case)
    return compiled


def _facts(node: Marked | None, reading: Reading, topic: str) -> list[list[str]]:
    """What is known, as pairs of name and value, in the order written."""
    pairs = []
    for name, value in reading.entries(node, "facts").items():
        reading.refer(Referent.FACT, [name], value.where, topic)
        pairs.append([name, reading.text(value, f"the value of {name!r}")])
    return pairs


def _asked(node: Marked | None, reading: Reading) -> list[str]:
    """The intents of the question; "manage" when none is given."""
    if node is None:
        return [Intent.MANAGE]
    return [intent for item in reading.items(node, "asked") if (intent := reading.choice(item, "asked", Intent))]


def _expect(node: Marked | None, reading: Reading, topic: str) -> dict[str, Any]:
    """What must come out."""
    if node is None:
        return {}
    fields = reading.fields(node, "expect", (), _EXPECTATIONS)
    if not fields:
        reading.refuse(node.where, "the case expects nothing.", f"Give one of {', '.join(_EXPECTATIONS)}.")
    expected: dict[str, Any] = {}
    for key, referent in _LISTS.items():
        if key in fields:
            names = reading.texts(fields[key], key)
            reading.refer(referent, names, fields[key].where, topic)
            expected[key] = names
    for key in ("band", "warn", "class"):
        if key in fields:
            expected[key] = _of_measures(key, fields[key], reading, topic)
    if "pattern" in fields:
        expected["pattern"] = reading.text(fields["pattern"], "pattern")
        reading.refer(Referent.PATTERN, [expected["pattern"]], fields["pattern"].where, topic)
    if "scope" in fields:
        expected["scope"] = str(fields["scope"].value).lower()
        if expected["scope"] not in _TRUTHS:
            reading.refuse(
                fields["scope"].where, f"scope cannot be {fields['scope'].value!r}.", "true, false or unknown."
            )
    return expected


def _of_measures(key: str, node: Marked, reading: Reading, topic: str) -> dict[str, str]:
    """Measure -> band, warning or class."""
    found = {}
    for measure, word in reading.entries(node, key).items():
        found[measure] = "" if word.value == "" else reading.text(word, key)
        if key == "warn" and found[measure] not in _WARNINGS:
            reading.refuse(word.where, f"warn cannot be {found[measure]!r}.", "Allowed: unit, assay.")
        reading.refer(Referent.MEASURE if key == "band" else Referent.NAME, [measure], word.where, topic)
        if key == "class" or (key == "band" and found[measure] not in _ASKED_BANDS):
            reading.refer(Referent.BAND, [f"{measure} {found[measure]}"], word.where, topic)
    return found
