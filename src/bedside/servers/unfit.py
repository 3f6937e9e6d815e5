"""Unfit fields: what pydantic found wrong with a request, told without a word of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bedside.evidence.source import SourceKind, SourceStatus
from bedside.settings import READERS, REGIONS

UNKNOWN_FIELD = "(unknown field)"

_CHOICES: dict[str, tuple[str, ...]] = {
    "reader": READERS,
    "region": REGIONS,
    "kinds": tuple(SourceKind),
    "statuses": tuple(SourceStatus),
    "kind": tuple(SourceKind),
    "status": tuple(SourceStatus),
}
_SAID = {
    "missing": "is missing",
    "extra_forbidden": "is not a field here",
    "json_invalid": "not JSON",
    "enum": "is none of the choices",
    "literal_error": "is none of the choices",
    "string_type": "is not a text",
    "string_too_short": "is too short",
    "string_too_long": "is too long",
    "string_pattern_mismatch": "is not written as asked for",
    "string_unicode": "is not Unicode text",
    "int_type": "is not a whole number",
    "int_parsing": "is not a whole number",
    "int_from_float": "is not a whole number",
    "bool_type": "is not true or false",
    "bool_parsing": "is not true or false",
    "list_type": "is not a list",
    "too_long": "has too many items",
    "greater_than_equal": "is too small",
    "less_than_equal": "is too large",
    "model_attributes_type": "is not an object",
    "model_type": "is not an object",
    "dict_type": "is not an object",
}


def unfit_fields(errors: Sequence[Any]) -> list[dict[str, Any]]:
    """For each error the field ("edits.0.name"), what is wrong with it, the limit that was passed, and the choices
    where it has some. The name of a field that does not exist is the sender's own and is not repeated."""
    return [_told(error) for error in errors]


def _told(error: dict[str, Any]) -> dict[str, Any]:
    place = [part for part in error["loc"] if part not in ("body", "query", "path")]
    if error["type"] == "extra_forbidden" and place:
        place[-1] = UNKNOWN_FIELD
    if error["type"] == "json_invalid":
        place = []
    told: dict[str, Any] = {
        "field": ".".join(map(str, place)) or "(the body)",
        "problem": _SAID.get(error["type"], "does not fit"),
    }
    limit = next((value for value in (error.get("ctx") or {}).values() if type(value) is int), None)
    if limit is not None and error["type"] in _LIMITED:
        told["limit"] = limit
    named = next((part for part in reversed(place) if isinstance(part, str)), "")
    if named in _CHOICES and error["type"] in ("enum", "literal_error", "missing", "string_type"):
        told["choices"] = list(_CHOICES[named])
    return told


_LIMITED = ("string_too_short", "string_too_long", "too_long", "greater_than_equal", "less_than_equal")
