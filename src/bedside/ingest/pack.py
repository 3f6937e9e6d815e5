"""The pack: a hospital's own statements, protocols and formulary notes, as the compiled content names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SHOWN = 12  # characters of a hash that are printed


@dataclass(frozen=True, slots=True)
class Pack:
    """One pack. ``date`` is an ISO date, ``country`` GB or US, ``sha256`` the hash of its files in hex.

    ``rules`` and ``sources`` are the ids it brings, ``topics`` the topics it adds; ``overrides`` are pairs of its
    rule and the rule of ours that this one silences.
    """

    name: str
    title: str
    issuer: str
    version: str
    date: str
    country: str
    sha256: str
    topics: tuple[str, ...]
    rules: tuple[str, ...]
    sources: tuple[str, ...]
    statements: int
    overrides: tuple[tuple[str, str], ...]

    @property
    def stated(self) -> str:
        """Name, version and hash, as an answer's release says them."""
        return f"{self.name} {self.version} ({self.sha256[:_SHOWN]})"

    @property
    def line(self) -> str:
        """The pack in one line: whose it is, what it adds and what it overrides."""
        silenced = ", ".join(dict.fromkeys(target for _, target in self.overrides)) or "nothing"
        added = f"{self.statements} statements, {len(self.rules)} rules, topics: {', '.join(self.topics) or 'none'}"
        return (
            f"{self.stated}: {self.title}, {self.issuer} [{self.country}], {self.date}; {added}; overrides: {silenced}"
        )


def pack_from(data: Mapping[str, Any]) -> Pack:
    """The pack of its compiled form. Raises KeyError or TypeError when *data* is not one."""
    texts = ("name", "title", "issuer", "version", "date", "country", "sha256")
    return Pack(
        **{key: str(data[key]) for key in texts},
        topics=tuple(data["topics"]),
        rules=tuple(data["rules"]),
        sources=tuple(data["sources"]),
        statements=int(data["statements"]),
        overrides=tuple((rule, target) for rule, target in data["overrides"]),
    )
