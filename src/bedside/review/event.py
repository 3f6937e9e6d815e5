"""The event: one row of the audit trail, bound to the row before it by a hash.

A row holds ids, fingerprints, states and times: no text of a reader. What a member wrote (a comment, a reason, a
proposed wording) is kept beside the trail under its hash, so that a text can be deleted and the chain stays whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import rfc8785

GENESIS = "0" * 64
"""The ``previous`` of the first row."""

LONGEST_NOTE = 20_000
"""Characters of a text beside the trail."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before it has its place in the trail.

    ``at`` is an ISO time in UTC to the second. ``actor`` is a member's handle or "system", ``role`` the role it acts
    in. ``subject`` is what it is about: an item id, ``source:KEY``, ``report:ID``, ``member:HANDLE``, ``pack:HASH``.
    ``fingerprint`` is that of the item's content, "" for other subjects. ``before`` and ``after`` are states.
    ``detail`` is plain JSON of ids, fingerprints, dates and what a member signs with; ``note`` the SHA-256 of a text
    that is kept beside, or "".
    """

    at: str
    actor: str
    role: str
    action: str
    subject: str
    fingerprint: str = ""
    before: str = ""
    after: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict, hash=False)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event(Draft):
    """A row of the trail. ``number`` counts from 1 without a gap; ``revision`` counts the events of its subject from 1;
    ``hash`` is SHA-256 over the canonical JSON of everything else, ``previous`` being the hash of the row before."""

    number: int = 0
    revision: int = 0
    previous: str = ""
    hash: str = ""


def chained(draft: Draft, number: int, revision: int, previous: str) -> Event:
    """The draft as row *number*, bound to the row before it."""
    values = asdict(draft) | {"number": number, "revision": revision, "previous": previous}
    return Event(**values, hash=hash_of_row(values))


def hash_of_row(values: Mapping[str, Any]) -> str:
    """The hash of a row from its other columns."""
    return hashlib.sha256(rfc8785.dumps({key: value for key, value in values.items() if key != "hash"})).hexdigest()


def hash_of_text(text: str) -> str:
    """The SHA-256 under which a text is kept beside the trail; "" for no text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if text else ""
