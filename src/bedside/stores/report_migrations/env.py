"""How Alembic runs the migrations of reports: always on a connection, and in a transaction, that the program hands
over."""

from __future__ import annotations

from alembic import context

from bedside.stores.report_schema import VERSIONS

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True, render_as_batch=True, version_table=VERSIONS)
with context.begin_transaction():
    context.run_migrations()
