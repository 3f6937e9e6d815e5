"""How the tables of reports came to be (Alembic)."""
