"""Many rows at once, straight through the driver."""

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, select
from sqlalchemy.exc import IntegrityError

from bedside.stores.bulk import insert_rows

CUPS = Table("cup", MetaData(), Column("id", Integer, primary_key=True), Column("tea", Text), Column("text", Text))


@pytest.fixture
def connection():
    engine = create_engine("sqlite://")
    CUPS.metadata.create_all(engine)
    with engine.begin() as open_one:
        yield open_one
    engine.dispose()


def test_values_go_where_their_columns_say(connection):
    insert_rows(connection, CUPS, ("text", "id", "tea"), [("a 'quoted' % ? word", 1, "Assam"), ("", 2, "Darjeeling")])
    assert connection.execute(select(CUPS).order_by(CUPS.c.id)).fetchall() == [
        (1, "Assam", "a 'quoted' % ? word"),
        (2, "Darjeeling", ""),
    ]


def test_none_is_needed(connection):
    insert_rows(connection, CUPS, ("id", "tea", "text"), [])
    assert connection.execute(select(CUPS)).fetchall() == []


def test_a_failure_is_one_that_the_database_module_explains(connection):
    """Every writer catches DatabaseError of SQLAlchemy and says what to do."""
    with pytest.raises(IntegrityError):
        insert_rows(connection, CUPS, ("id", "tea", "text"), [(1, "", ""), (1, "", "")])
