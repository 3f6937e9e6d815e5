"""Many rows into one table, straight through the driver.

SQLAlchemy looks at every value of every row before the driver does, which takes as long as SQLite takes to write them.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table


def insert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> None:
    """Insert rows into a table; each has its values in the order of *columns*, of types that the driver takes as they
    are (text and whole numbers). None is needed. Raises what the driver raises, as SQLAlchemy wraps it."""
    if not rows:
        return
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    marks = ", ".join([mark] * len(columns))
    statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608  names of our own
    connection.exec_driver_sql(statement, list(rows))
