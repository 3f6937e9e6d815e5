"""What a pack says of itself (``pack.yaml``), and the words that lead to its topics (``scope.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bedside.errors import BedsideError
from bedside.ingest.marked_yaml import Marked
from bedside.ingest.reading import Reading, nearest
from bedside.question.patterns import PatternBook

_REQUIRED = ("name", "title", "issuer", "country", "version", "date")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,30}")


class Country(StrEnum):
    """Whose practice a hospital's is. Its ``local`` rules are shown, and read limits, as this country's do."""

    GB = "GB"
    US = "US"


@dataclass(frozen=True, slots=True)
class Front:
    """``pack.yaml``. ``called`` is how its sentences name the hospital; the issuer's full name where it is left out."""

    name: str
    title: str
    issuer: str
    called: str
    country: Country
    version: str
    date: str

    @property
    def rule_prefix(self) -> str:
        """What each of its rules' ids begins with."""
        return f"{self.name.upper()}-"

    @property
    def prefix(self) -> str:
        """What the id of each of its statements and sources begins with."""
        return f"{self.name}-"


def read_front(node: Marked, folder: str, reading: Reading) -> Front:
    """What the pack in the folder of that name says of itself."""
    fields = reading.fields(node, "a pack", _REQUIRED, ("called",))
    text = {key: reading.text(fields.get(key), key) for key in _REQUIRED}
    if text["name"] and text["name"] != folder:
        what = f"the pack calls itself {text['name']!r} and its folder {folder!r}."
        reading.refuse(fields["name"].where, what, "Make them the same.")
    if text["version"] and not _VERSION.fullmatch(text["version"]):
        what = f"the version {text['version']!r} is more than letters, digits, '.' and '-'."
        reading.refuse(fields["version"].where, what, "Shorten it.")
    if text["date"] and not _is_date(text["date"]):
        what = f"date must be a date, and {text['date']!r} is not."
        reading.refuse(fields["date"].where, what, "Write it as 2026-11-22.")
    return Front(
        name=folder,
        title=text["title"],
        issuer=text["issuer"],
        called=reading.text(fields.get("called"), "called", text["issuer"]),
        country=reading.choice(fields.get("country"), "country", Country),
        version=text["version"],
        date=text["date"],
    )


def _is_date(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def read_scope(node: Marked | None, groups: Mapping[str, Any], reading: Reading) -> dict[str, dict[str, Any]]:
    """Topic -> ``words``, ``not_words`` and ``where``, each pattern one that can be read; *groups* are ours."""
    if node is None:
        return {}
    fields = reading.fields(node, "the scope of a pack", ("topics",))
    found = {}
    for topic, item in reading.entries(fields.get("topics"), "topics").items():
        parts = reading.fields(item, f"the topic {topic!r}", ("words",), ("not_words",))
        found[topic] = {
            "words": _patterns(parts.get("words"), "words", groups, reading),
            "not_words": _patterns(parts.get("not_words"), "not_words", groups, reading),
            "where": item.where,
        }
    return found


def _patterns(node: Marked | None, what: str, groups: Mapping[str, Any], reading: Reading) -> list[str]:
    """Patterns as in our own ``scope.yaml``."""
    patterns = []
    for item in reading.items(node, what):
        pattern = reading.text(item, f"an item of {what}")
        try:
            PatternBook.of({"topic": [pattern]}, groups)
        except BedsideError as error:
            reading.refuse(item.where, f"the pattern {pattern!r} cannot be read: {error.what}", error.remedy)
        patterns.append(pattern)
    return patterns


def unknown_topic(topic: str, where: str, known: list[str], reading: Reading) -> None:
    """Words for a topic that this pack does not add."""
    reading.refuse(where, f"this pack adds no topic {topic!r} with a protocol.", nearest(topic, known))
