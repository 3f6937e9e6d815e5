"""How the tables of threads came to be (Alembic)."""
