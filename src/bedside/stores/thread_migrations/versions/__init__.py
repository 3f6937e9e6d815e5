"""The migrations of the tables of threads, oldest first."""
