"""Reports in a SQL database: a SQLite file in the home, or PostgreSQL by its URL, beside threads and reviews."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, delete, insert, select

from bedside.review.report import ReportKind
from bedside.review.report_words import Filed, Words
from bedside.settings import Settings
from bedside.stores.report_schema import HEAD, VERSIONS, report, report_words
from bedside.stores.thread_row import checked_time
from bedside.stores.token import hash_of, new_token
from bedside.stores.transacting import Database, Kept, url_of

_MIGRATIONS = Path(__file__).with_name("report_migrations")
_OTHERWISE = "If the file is damaged, restore it from a backup."
_CONNECTIONS = 4
_WORDS = ("text", "place", "question", "answer", "salt")


def open_reports(settings: Settings) -> ReportDatabase:
    """The reports of these settings, their tables made or brought up to date. May be used from several threads.

    Raises SettingsError for a URL that names no database of ours, ExtraMissing where its driver is not installed, and
    LibraryUnusable when it cannot be opened, is damaged, or was written by a newer program.
    """
    return ReportDatabase(url_of(settings, "reports"))


class ReportDatabase(Database):
    """The ``ReportStore`` port on SQLite or PostgreSQL."""

    def __init__(self, url: URL) -> None:
        """Open the database at *url*; raises what :func:`open_reports` raises."""
        super().__init__(url, Kept("reports", _OTHERWISE, VERSIONS, HEAD, _MIGRATIONS, _CONNECTIONS))

    def file(self, filed: Filed, words: Words) -> str:
        """Keep a report and its words; gives the token of its link."""
        token = new_token()
        row = row_of(filed) | {"token_hash": hash_of(token)}
        texts = {name: getattr(words, name) for name in _WORDS} | {"report": filed.id}

        def work(connection: Connection) -> None:
            connection.execute(insert(report).values(row))
            connection.execute(insert(report_words).values(texts))

        self._change(work)
        return token

    def find(self, token: str) -> Filed | None:
        """The report of a link."""
        query = select(report).where(report.c.token_hash == hash_of(token))
        row = self._look(lambda connection: connection.execute(query).mappings().first())
        return filed_of(row) if row else None

    def filed(self) -> tuple[Filed, ...]:
        """Every report, oldest first."""
        query = select(report).order_by(report.c.received, report.c.id)
        rows = self._look(lambda connection: connection.execute(query).mappings().all())
        return tuple(filed_of(row) for row in rows)

    def words(self, report_id: str) -> Words | None:
        """The words of a report."""
        query = select(report_words).where(report_words.c.report == report_id)
        row = self._look(lambda connection: connection.execute(query).mappings().first())
        return Words(**{name: row[name] for name in _WORDS}) if row else None

    def worded(self) -> frozenset[str]:
        """The ids of reports whose words are kept."""
        query = select(report_words.c.report)
        return frozenset(self._look(lambda connection: connection.execute(query).scalars().all()))

    def forget(self, report_id: str) -> bool:
        """Delete the words of a report for good."""
        gone = self._change(lambda connection: _delete(connection, report_id, whole=False))
        self._forget(gone)
        return gone > 0

    def remove(self, report_id: str) -> bool:
        """Delete the words and the link."""
        gone = self._change(lambda connection: _delete(connection, report_id, whole=True))
        self._forget(gone)
        return gone > 0

    def ready(self) -> None:
        """Raise LibraryUnusable where the tables cannot be read."""
        self._look(lambda connection: connection.execute(select(report.c.id).limit(1)).first())


def row_of(filed: Filed) -> dict[str, Any]:
    """The row of a report, without its token."""
    return {
        "id": filed.id,
        "kind": filed.kind.value,
        "items": json.dumps(list(filed.items)),
        "fingerprint": filed.fingerprint,
        "received": checked_time(filed.received),
        "seal": filed.seal,
    }


def filed_of(row: Mapping[Any, Any]) -> Filed:
    """The report of a row."""
    return Filed(
        id=row["id"],
        kind=ReportKind(row["kind"]),
        items=tuple(json.loads(row["items"])),
        fingerprint=row["fingerprint"],
        received=row["received"],
        seal=row["seal"],
    )


def _delete(connection: Connection, report_id: str, *, whole: bool) -> int:
    gone = connection.execute(delete(report_words).where(report_words.c.report == report_id)).rowcount
    if whole:
        gone += connection.execute(delete(report).where(report.c.id == report_id)).rowcount
    return gone
