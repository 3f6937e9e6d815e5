"""The tables of threads, in SQLAlchemy Core: what they are. The migrations in ``thread_migrations/`` make them.

They stand in a database of their own, or beside other tables: what changes them is counted in ``VERSIONS``.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text

HEAD = "0001"
"""The newest migration."""

VERSIONS = "thread_version"
"""The table that says which migration a database has."""

metadata = MetaData()

thread = Table(
    "thread",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),  # SHA-256 of the token, in hex; never the token
    Column("created", Text, nullable=False, index=True),  # ISO time, UTC
    Column("expires", Text, nullable=False, index=True),
)

turn = Table(
    "turn",
    metadata,
    Column("thread", ForeignKey("thread.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 0
    Column("text", Text, nullable=False),  # as written
    Column("edits", Text, nullable=False),  # JSON: [[name, value], ...]
    Column("reader", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("asked_at", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("run", Text, nullable=False),
    Column("answer", LargeBinary, nullable=False),  # the JSON in UTF-8, deflated (zlib)
)
