"""The tables of the board, in SQLAlchemy Core: what they are. The migrations in ``review_migrations/`` make them, and
the triggers that let rows of ``review_event`` and ``review_version`` only ever be added.

They stand beside the tables of threads: what changes them is counted in ``VERSIONS``. A migration that has SQLite make
``review_event`` or ``review_version`` anew must make their triggers anew, too.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

HEAD = "0001"
"""The newest migration."""

VERSIONS = "review_migration"
"""The table that says which migration a database has."""

metadata = MetaData()

review_event = Table(
    "review_event",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1, without a gap
    Column("subject", Text, nullable=False),
    Column("revision", Integer, nullable=False),  # from 1 in each subject, without a gap
    Column("at", Text, nullable=False),  # ISO time, UTC
    Column("actor", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("detail", Text, nullable=False),  # JSON
    Column("note", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("subject", "revision", name="uq_review_event_subject_revision"),
    Index("ix_review_event_subject_number", "subject", "number"),
)

review_text = Table(
    "review_text",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("text", LargeBinary, nullable=False),  # UTF-8, lone surrogates kept: whatever a form can bring
)

review_version = Table(
    "review_version",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),  # in the order in which they were seen
    Column("ref", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # canonical JSON in UTF-8, deflated (zlib)
    Column("seen_at", Text, nullable=False),  # ISO time, UTC
    UniqueConstraint("ref", "fingerprint", name="uq_review_version_ref_fingerprint"),
)

review_reading = Table(
    "review_reading",
    metadata,
    Column("day", Text, primary_key=True),  # ISO date
    Column("item", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)
