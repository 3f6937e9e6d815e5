"""Scores as they stand in ``protocol.yaml``: items with points, and definitions by which conditions ask for the sum."""

from __future__ import annotations

from typing import Any

from bedside.ingest.condition_yaml import read_condition
from bedside.ingest.marked_yaml import Marked
from bedside.ingest.reading import Reading, Referent
from bedside.ingest.rules_yaml import statement_ids


def read_scores(node: Marked | None, reading: Reading, topic: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Every score in compiled form, and the definitions ``ID_from_N`` ("the sum is N or more"), in compiled form.

    A sum in three values: an item of two points stands twice among those of which N must hold.
    """
    scores: list[dict[str, Any]] = []
    definitions: dict[str, Any] = {}
    for node_of_score in reading.items(node, "scores"):
        fields = reading.fields(node_of_score, "a score", ("id", "clinical", "plain", "behind", "items"), ("stated",))
        name = reading.text(fields.get("id"), "id")
        items = [_item(item, reading, topic) for item in reading.items(fields.get("items"), "items")]
        stated = reading.text(fields["stated"], "stated") if "stated" in fields else ""
        if stated:
            reading.refer(Referent.NAME, [stated], fields["stated"].where, topic)
        scores.append(
            {
                "id": name,
                "stated": stated,
                "name": {key: reading.text(fields.get(key), key) for key in ("clinical", "plain")},
                "behind": statement_ids(fields.get("behind"), "behind", reading, topic),
                "items": items,
            }
        )
        points = [item["when"] for item in items for _ in range(item["points"])]
        definitions |= {f"{name}_from_{n}": ["at_least", n, *points] for n in range(1, len(points) + 1)}
    return scores, definitions


def _item(node: Marked, reading: Reading, topic: str) -> dict[str, Any]:
    """One item: its points, when it counts, and what it is called."""
    fields = reading.fields(node, "an item of a score", ("points", "when", "clinical", "plain"))
    points = fields.get("points")
    if points is None or not isinstance(points.value, int) or points.value < 1:
        reading.refuse(node.where, "an item of a score gives no whole number of points.", "Write points: 1.")
    return {
        "points": points.value if points is not None and isinstance(points.value, int) else 1,
        "when": read_condition(fields.get("when"), reading, topic),
        "name": {key: reading.text(fields.get(key), key) for key in ("clinical", "plain")},
    }
