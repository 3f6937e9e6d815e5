"""The migrations of the tables of accounts, oldest first."""
