"""The first tables: accounts, sessions, wrong tries, known browsers, sign-ins under way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    texts = ("name", "roles", "credentials", "registration", "interests", "declared_on")
    op.create_table(
        "account",
        sa.Column("handle", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("active", sa.Integer, nullable=False),
        sa.Column("public", sa.Integer, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("one_time_until", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, unique=True),
        sa.Column("email", sa.Text, unique=True),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("handle", sa.Text, sa.ForeignKey("account.handle"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("way", "began", "seen", "expires")),
    )
    op.create_index("ix_account_session_handle", "account_session", ["handle"])
    op.create_index("ix_account_session_expires", "account_session", ["expires"])
    op.create_table(
        "account_failure",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("until", sa.Text, nullable=False),
    )
    op.create_index("ix_account_failure_at", "account_failure", ["at"])
    op.create_table(
        "account_device",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("handle", sa.Text, sa.ForeignKey("account.handle"), nullable=False),
        sa.Column("expires", sa.Text, nullable=False),
    )
    op.create_index("ix_account_device_handle", "account_device", ["handle"])
    op.create_index("ix_account_device_expires", "account_device", ["expires"])
    columns = ("browser_hash", "nonce", "verifier", "way_back", "expires")
    op.create_table(
        "account_flow",
        sa.Column("state_hash", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in columns),
    )
    op.create_index("ix_account_flow_expires", "account_flow", ["expires"])
