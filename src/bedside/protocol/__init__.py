"""Computable guidelines: conditions in three-valued logic, a run with its trace, what is missing, how far it holds."""
