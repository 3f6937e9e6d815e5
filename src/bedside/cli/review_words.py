"""What the board's commands say in words: a row of the trail, a standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedside.review.event import Event
    from bedside.review.standing import Standing


def row(event: Event) -> tuple[str, ...]:
    """A row of the trail as the columns of a table."""
    return (str(event.number), event.at, event.actor, event.role, event.action, event.subject, moved(event))


def moved(event: Event) -> str:
    """From where to where it went, "" for a subject that has no states."""
    return event.after if event.before == event.after else " -> ".join(filter(None, (event.before, event.after)))


def stands(standing: Standing) -> str:
    """Where an item stands, on one line."""
    said = [f"{standing.state.value} since {standing.since[:10]}"]
    if standing.holder:
        said.append(f"held by {standing.holder}")
    if standing.signatures:
        names = ", ".join(f"{each.name}{f' of {each.board}' if each.board else ''}" for each in standing.signatures)
        said.append(f"signed by {names} until {standing.expires}")
    if standing.gone:
        said.append("in the content no more")
    return ", ".join(said)
