"""The desk of the shipped content, for what the checks say of it."""

from __future__ import annotations

from tests.answers.conftest import desk

__all__ = ["desk"]
