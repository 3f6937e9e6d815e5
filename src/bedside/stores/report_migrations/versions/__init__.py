"""The migrations of the tables of reports, oldest first."""
