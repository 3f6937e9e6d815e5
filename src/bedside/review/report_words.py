"""The words of a report: what a reader wrote, and a copy of question and answer where they asked for one. They are kept
beside the trail, and deleted for good when the reader withdraws the report or its time has come."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, fields
from typing import Protocol

from bedside.answer import fingerprint
from bedside.review.report import ReportKind

LONGEST_WORDS = 4_000
"""Characters of a report."""
LONGEST_PLACE = 300
KEPT_DAYS = 400
"""For how many days after a report was answered or closed its words are kept."""


@dataclass(frozen=True, slots=True)
class Words:
    """``text`` is what the reader wrote, ``place`` the page or statement they named by hand. ``question`` and
    ``answer`` are copies, "" unless the reader ticked that they may be sent. ``salt`` makes the seal tell nothing."""

    text: str = ""
    place: str = ""
    question: str = ""
    answer: str = ""
    salt: str = ""

    @property
    def seal(self) -> str:
        """What the trail keeps of them: proves them while they are there, tells nothing once they are deleted."""
        return fingerprint([getattr(self, each.name) for each in fields(self)])


def salted(text: str, place: str = "", question: str = "", answer: str = "") -> Words:
    """The words of a new report. Lone surrogates, which a form can bring, become question marks."""
    said, where, asked, told = (part.encode("utf-8", "replace").decode() for part in (text, place, question, answer))
    return Words(said, where, asked, told, secrets.token_hex(16))


@dataclass(frozen=True, slots=True)
class Filed:
    """A report as it was put down before its first row stood in the trail: everything that row says."""

    id: str
    kind: ReportKind
    items: tuple[str, ...]
    fingerprint: str
    received: str
    seal: str


class ReportStore(Protocol):
    """What is kept of reports outside the trail. What a method returned from is on the disk."""

    def file(self, filed: Filed, words: Words) -> str:
        """Keep a report and its words; gives the token of its private link, which is kept nowhere."""
        ...

    def find(self, token: str) -> Filed | None:
        """The report of a link, None where there is none."""
        ...

    def filed(self) -> tuple[Filed, ...]:
        """Every report that is kept, oldest first."""
        ...

    def words(self, report_id: str) -> Words | None:
        """The words of a report, None when they are deleted."""
        ...

    def worded(self) -> frozenset[str]:
        """The ids of reports whose words are kept."""
        ...

    def forget(self, report_id: str) -> bool:
        """Delete the words of a report for good; whether there were any."""
        ...

    def remove(self, report_id: str) -> bool:
        """Delete the words and the link; whether there was one."""
        ...

    def ready(self) -> None:
        """Return where reports can be read now. Raises LibraryUnusable otherwise."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
