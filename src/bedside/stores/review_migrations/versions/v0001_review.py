"""The first tables: the audit trail, the texts beside it, the versions of the content, and counts of what was read.

Triggers make the database itself refuse what the program never does: changing or removing a row of the trail or a
version, and adding a row that does not continue the trail.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# REPLACE would remove a row without asking the trigger of removals: so a row is added only where none is in its way.
_IN_SQLITE = (
    """
    CREATE TRIGGER review_event_no_update BEFORE UPDATE ON review_event BEGIN
        SELECT RAISE(ABORT, 'review_event: rows are only ever added to it');
    END
    """,
    """
    CREATE TRIGGER review_event_no_delete BEFORE DELETE ON review_event BEGIN
        SELECT RAISE(ABORT, 'review_event: rows are only ever added to it');
    END
    """,
    """
    CREATE TRIGGER review_event_link BEFORE INSERT ON review_event
    WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM review_event)
        OR NEW.revision IS NOT (SELECT coalesce(max(revision), 0) + 1 FROM review_event WHERE subject = NEW.subject)
        OR NEW.previous IS NOT coalesce(
            (SELECT hash FROM review_event ORDER BY number DESC LIMIT 1),
            '0000000000000000000000000000000000000000000000000000000000000000'
        )
    BEGIN
        SELECT RAISE(ABORT, 'review_event: the row does not continue the audit trail');
    END
    """,
    """
    CREATE TRIGGER review_version_no_update BEFORE UPDATE ON review_version BEGIN
        SELECT RAISE(ABORT, 'review_version: rows are only ever added to it');
    END
    """,
    """
    CREATE TRIGGER review_version_no_delete BEFORE DELETE ON review_version BEGIN
        SELECT RAISE(ABORT, 'review_version: rows are only ever added to it');
    END
    """,
    """
    CREATE TRIGGER review_version_next BEFORE INSERT ON review_version
    WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM review_version)
        OR EXISTS (SELECT 1 FROM review_version WHERE ref = NEW.ref AND fingerprint = NEW.fingerprint)
    BEGIN
        SELECT RAISE(ABORT, 'review_version: the row is not a new one');
    END
    """,
)

_IN_POSTGRESQL = (
    """
    CREATE FUNCTION review_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION '%: rows are only ever added to it', TG_TABLE_NAME;
    END $$
    """,
    """
    CREATE TRIGGER review_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON review_event
    FOR EACH STATEMENT EXECUTE FUNCTION review_refuse()
    """,
    """
    CREATE TRIGGER review_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON review_version
    FOR EACH STATEMENT EXECUTE FUNCTION review_refuse()
    """,
    """
    CREATE FUNCTION review_link() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last_number integer; last_hash text; last_revision integer;
    BEGIN
        SELECT number, hash INTO last_number, last_hash FROM review_event ORDER BY number DESC LIMIT 1;
        SELECT max(revision) INTO last_revision FROM review_event WHERE subject = NEW.subject;
        IF NEW.number <> coalesce(last_number, 0) + 1 OR NEW.revision <> coalesce(last_revision, 0) + 1
            OR NEW.previous <> coalesce(last_hash, repeat('0', 64))
        THEN
            RAISE EXCEPTION 'review_event: the row does not continue the audit trail';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER review_event_link BEFORE INSERT ON review_event
    FOR EACH ROW EXECUTE FUNCTION review_link()
    """,
)


def upgrade() -> None:
    """Make the tables and their triggers."""
    texts = ("at", "actor", "role", "action", "fingerprint", "before", "after", "detail", "note", "previous", "hash")
    op.create_table(
        "review_event",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.UniqueConstraint("subject", "revision", name="uq_review_event_subject_revision"),
    )
    op.create_index("ix_review_event_subject_number", "review_event", ["subject", "number"])
    op.create_table(
        "review_text",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("text", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "review_version",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("ref", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
        sa.UniqueConstraint("ref", "fingerprint", name="uq_review_version_ref_fingerprint"),
    )
    op.create_table(
        "review_reading",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _IN_SQLITE if on_sqlite else _IN_POSTGRESQL:
        op.execute(statement.strip())
