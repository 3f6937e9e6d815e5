"""The migrations of the library's tables, oldest first."""
