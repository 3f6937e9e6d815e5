"""The checks between a claim and a passage: small pure functions that yield findings with spans on both sides."""
