"""Reports in memory: the reference that the database is held to, and for tests."""

from __future__ import annotations

from threading import Lock

from bedside.review.report_words import Filed, Words
from bedside.stores.token import hash_of, new_token


class ReportsInMemory:
    """The ``ReportStore`` port on dictionaries."""

    def __init__(self) -> None:
        self._filed: dict[str, Filed] = {}
        self._tokens: dict[str, str] = {}
        self._words: dict[str, Words] = {}
        self._lock = Lock()

    def file(self, filed: Filed, words: Words) -> str:
        """Keep a report and its words."""
        token = new_token()
        with self._lock:
            self._filed[filed.id], self._words[filed.id] = filed, words
            self._tokens[hash_of(token)] = filed.id
        return token

    def find(self, token: str) -> Filed | None:
        """The report of a link."""
        return self._filed.get(self._tokens.get(hash_of(token), ""))

    def filed(self) -> tuple[Filed, ...]:
        """Every report, oldest first."""
        return tuple(sorted(self._filed.values(), key=lambda each: (each.received, each.id)))

    def words(self, report_id: str) -> Words | None:
        """The words of a report."""
        return self._words.get(report_id)

    def worded(self) -> frozenset[str]:
        """The ids of reports whose words are kept."""
        return frozenset(self._words)

    def forget(self, report_id: str) -> bool:
        """Delete the words of a report."""
        return self._words.pop(report_id, None) is not None

    def remove(self, report_id: str) -> bool:
        """Delete the words and the link."""
        self._words.pop(report_id, None)
        self._tokens = {key: value for key, value in self._tokens.items() if value != report_id}
        return self._filed.pop(report_id, None) is not None

    def ready(self) -> None:
        """It always is."""

    def close(self) -> None:
        """Nothing to let go of."""
