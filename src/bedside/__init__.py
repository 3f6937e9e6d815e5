"""bedside: clinical questions answered from named guidelines, each sentence checked and tied to its source.

Public names: :func:`open`, :func:`ask`, and the nouns of an answer. They are loaded on first use, so that importing
the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from bedside.answer import Answer
    from bedside.desk import Desk, ask, open  # noqa: A004  (bedside.open, never star-imported)
    from bedside.errors import (
        BedsideError,
        ClockSetBack,
        ContentError,
        ExtraMissing,
        InputRefused,
        LibraryBusy,
        LibraryUnusable,
        ReviewMoved,
        ReviewRefused,
        SettingsError,
        SignInRefused,
        ThreadMoved,
        ThreadNotFound,
        UsageError,
    )
    from bedside.question.question import Reader, Region
    from bedside.settings import Settings

_HOME = {
    "Answer": "bedside.answer",
    "BedsideError": "bedside.errors",
    "ClockSetBack": "bedside.errors",
    "ContentError": "bedside.errors",
    "Desk": "bedside.desk",
    "ExtraMissing": "bedside.errors",
    "InputRefused": "bedside.errors",
    "LibraryBusy": "bedside.errors",
    "LibraryUnusable": "bedside.errors",
    "Reader": "bedside.question.question",
    "Region": "bedside.question.question",
    "ReviewMoved": "bedside.errors",
    "ReviewRefused": "bedside.errors",
    "Settings": "bedside.settings",
    "SettingsError": "bedside.errors",
    "SignInRefused": "bedside.errors",
    "ThreadMoved": "bedside.errors",
    "ThreadNotFound": "bedside.errors",
    "UsageError": "bedside.errors",
    "ask": "bedside.desk",
    "open": "bedside.desk",
}

__all__ = [
    "Answer",
    "BedsideError",
    "ClockSetBack",
    "ContentError",
    "Desk",
    "ExtraMissing",
    "InputRefused",
    "LibraryBusy",
    "LibraryUnusable",
    "Reader",
    "Region",
    "ReviewMoved",
    "ReviewRefused",
    "Settings",
    "SettingsError",
    "SignInRefused",
    "ThreadMoved",
    "ThreadNotFound",
    "UsageError",
    "ask",
    "open",
]


def __getattr__(name: str) -> Any:
    """Load a public name from the module it lives in."""
    try:
        return getattr(import_module(_HOME[name]), name)
    except KeyError:
        raise AttributeError(f"module 'bedside' has no attribute {name!r}") from None
