"""What the board's commands say in words: a row of the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedside.review.event import Event


def row(event: Event) -> tuple[str, ...]:
    """A row of the trail as the columns of a table."""
    return (str(event.number), event.at, event.actor, event.role, event.action, event.subject, moved(event))


def moved(event: Event) -> str:
    """From where to where it went, "" for a subject that has no states."""
    return event.after if event.before == event.after else " -> ".join(filter(None, (event.before, event.after)))
