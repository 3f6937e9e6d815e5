"""The migrations of the tables of the board, oldest first."""
