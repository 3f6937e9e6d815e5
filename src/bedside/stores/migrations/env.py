"""How Alembic runs the migrations of every kind of table: on a connection, and in a transaction, that the program hands
over, with the table that counts them."""

from __future__ import annotations

from alembic import context

given = context.config.attributes
context.configure(
    connection=given["connection"], transactional_ddl=True, render_as_batch=True, version_table=given["table"]
)
with context.begin_transaction():
    context.run_migrations()
