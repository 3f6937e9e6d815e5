"""Conditions as they stand in YAML: read with their line, and every name in them noted as a reference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bedside.ingest.marked_yaml import Marked
from bedside.ingest.reading import Reading, Referent
from bedside.protocol.condition import (
    ALWAYS,
    Asked,
    Compare,
    Condition,
    ConditionError,
    Has,
    Is,
    Known,
    leaves,
    parse,
    to_json,
)
from bedside.question.question import Intent

_NUMBER_ALONE = re.compile(r"\S+ (?:<=|>=|<|>|=) \d+(?:\.\d+)?")
_TREE_KEYS = ("all", "any", "not", "at_least")


def read_condition(node: Marked | None, reading: Reading, topic: str) -> list[Any]:
    """The compiled form of a condition; "always" for an absent one.

    Every leaf is read on its own, so that a problem names the line of the leaf and not of the whole tree.
    """
    if node is None:
        return to_json(ALWAYS)
    before = len(reading.problems)
    _check_leaves(node, reading, topic)
    if len(reading.problems) > before:
        return to_json(ALWAYS)
    try:
        return to_json(parse(node.plain()))
    except ConditionError as error:
        reading.refuse(node.where, error.what, error.remedy)
        return to_json(ALWAYS)


def _check_leaves(node: Marked, reading: Reading, topic: str) -> None:
    """Walk down to the leaves and note what is wrong with each."""
    if isinstance(node.value, Mapping):
        for item in reading.fields(node, "a condition", (), _TREE_KEYS).values():
            _check_leaves(item, reading, topic)
    elif isinstance(node.value, tuple):
        for item in node.value:
            _check_leaves(item, reading, topic)
    elif isinstance(node.value, str):
        _check_leaf(node.value, node.where, reading, topic)


def _check_leaf(written: str, where: str, reading: Reading, topic: str) -> None:
    """Read one line of a condition and note the names in it."""
    if _NUMBER_ALONE.fullmatch(written.strip()):
        reading.refuse(where, f"the number in {written!r} has no unit.", "Write its unit after it.")
        return
    try:
        condition: Condition = parse(written)
    except ConditionError as error:
        reading.refuse(where, error.what, error.remedy)
        return
    for leaf in leaves(condition):
        _refer(leaf, where, reading, topic)


def _refer(leaf: Has | Is | Compare | Known | Asked, where: str, reading: Reading, topic: str) -> None:
    """Note the names one leaf uses."""
    if isinstance(leaf, Asked):
        if leaf.word not in {intent.value for intent in Intent}:
            reading.refer(Referent.SUBJECT, [leaf.word], where, topic)
        return
    referent = Referent.FACT if isinstance(leaf, Has) and leaf.qualifier else Referent.NAME
    reading.refer(referent, [leaf.name], where, topic)
    if isinstance(leaf, Is):
        reading.refer(Referent.BAND, [f"{leaf.name} {leaf.word}"], where, topic)
    if isinstance(leaf, Compare) and leaf.parameter:
        reading.refer(Referent.PARAMETER, [leaf.parameter], where, topic)
    elif isinstance(leaf, Compare):
        reading.refer(Referent.UNIT, [leaf.unit], where, topic)
