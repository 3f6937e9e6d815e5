"""The topics that the starter library is planned to have, whether they are there or not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bedside.errors import UsageError

PLANNED = Path(__file__).resolve().parent / "planned_topics.yaml"


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned topic. ``computable`` says that it is to have decision tables and not statements only."""

    id: str
    title: str
    computable: bool


def planned(path: Path = PLANNED) -> tuple[Planned, ...]:
    """The planned topics in their order. Raises UsageError when the list is not as it should be."""
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))["topics"]
        return tuple(Planned(row["id"], row["title"], row.get("computable", True)) for row in rows)
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: the planned topics cannot be read.", "See the list that ships.") from error
