"""The tables of reports, in SQLAlchemy Core: what they are. The migrations in ``report_migrations/`` make them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, MetaData, Table, Text

HEAD = "0001"
"""The newest migration."""

VERSIONS = "report_version"
"""The table that says which migration a database has."""

metadata = MetaData()

report = Table(
    "report",
    metadata,
    Column("id", Text, primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),  # SHA-256 of the token, in hex; never the token
    Column("kind", Text, nullable=False),
    Column("items", Text, nullable=False),  # JSON: a list of ids
    Column("fingerprint", Text, nullable=False),
    Column("received", Text, nullable=False, index=True),  # ISO time, UTC
    Column("seal", Text, nullable=False),
)

report_words = Table(
    "report_words",
    metadata,
    Column("report", ForeignKey("report.id"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("salt", Text, nullable=False),
)
