"""The first tables: threads and their turns."""

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
        "thread",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("expires", sa.Text, nullable=False),
    )
    op.create_index("ix_thread_created", "thread", ["created"])
    op.create_index("ix_thread_expires", "thread", ["expires"])
    texts = ("text", "edits", "reader", "region", "as_of", "asked_at", "content", "run")
    op.create_table(
        "turn",
        sa.Column("thread", sa.Integer, sa.ForeignKey("thread.id"), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("answer", sa.LargeBinary, nullable=False),
    )
