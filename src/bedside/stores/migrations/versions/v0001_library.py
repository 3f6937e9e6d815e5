"""The first tables: sources, passages, what was removed, notices, runs, synonyms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _sources()
    _notices()
    _runs()
    _synonyms()
    op.create_table(
        "figure",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )


def _sources() -> None:
    op.create_table(
        "source",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "status", "status_why", "superseded_by")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("design", "jurisdiction")),
        sa.Column("year", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("pmid", "pmcid", "doi", "title", "shown", "mesh")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("brief_part", "full_part", "digest")),
        sa.Column("units", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("run", sa.Integer, nullable=False),
    )
    op.create_index("ix_source_generation", "source", ["generation"])
    for name in ("pmid", "pmcid", "doi"):
        known = sa.text(f"{name} <> ''")
        op.create_index(f"source_{name}", "source", [name], sqlite_where=known, postgresql_where=known)
    for name in ("pmcid", "doi"):
        known = sa.text(f"pmid = '' AND {name} <> ''")
        op.create_index(f"source_{name}_only", "source", [name], sqlite_where=known, postgresql_where=known)
    op.create_table(
        "passage",
        sa.Column("source", sa.Integer, sa.ForeignKey("source.id"), primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("heading", "locator", "text", "terms", "licence", "sha256")
        ),
        sa.Column("language", sa.Text, nullable=False),
    )
    op.create_table(
        "removed",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("run", sa.Integer, nullable=False),
    )
    op.create_index("ix_removed_generation", "removed", ["generation"])


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("pmid", sa.Text, nullable=False),
        sa.Column("doi", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False, unique=True),
        sa.Column("run", sa.Integer, nullable=False),
    )
    op.create_index("notice_pmid", "notice", ["pmid"])
    op.create_index("notice_doi", "notice", ["doi"])
    op.create_table(
        "status_change",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("key", "before", "after", "why")),
        sa.Column("run", sa.Integer, nullable=False),
    )
    op.create_index("ix_status_change_key", "status_change", ["key"])


def _runs() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("command", "began", "ended", "summary")),
    )
    op.create_table(
        "import_file",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("modified", sa.Text, nullable=False),
        sa.Column("records", sa.Integer, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.Column("run", sa.Integer, nullable=False),
    )
    op.create_table(
        "skipped",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("identifier", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_skipped_run", "skipped", ["run"])


def _synonyms() -> None:
    op.create_table(
        "synonym",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("vocabulary", sa.Text, nullable=False),
        sa.Column("row", sa.Text, nullable=False),
    )
    op.create_table(
        "synonym_phrase",
        sa.Column("phrase", sa.Text, primary_key=True),
        sa.Column("synonym", sa.Integer, sa.ForeignKey("synonym.id"), primary_key=True),
    )
