"""The first tables: reports and their words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "report",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "items", "fingerprint", "received", "seal")),
    )
    op.create_index("ix_report_received", "report", ["received"])
    op.create_table(
        "report_words",
        sa.Column("report", sa.Text, sa.ForeignKey("report.id"), primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("text", "place", "question", "answer", "salt")),
    )
