"""Where a library is kept: a SQL database, which is the truth, and a search index derived from it."""
