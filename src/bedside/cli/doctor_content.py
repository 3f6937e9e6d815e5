"""``bedside doctor --content``: what of the content is due, on a day and in the days after it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bedside.cli.output import write, write_json, write_table

if TYPE_CHECKING:
    from bedside.desk import Desk
    from bedside.evaluation.due_content import DueItem

SHOWN = 20
"""How many lines are shown for one reason; the JSON has all."""


def say_due(desk: Desk, on: str, within: int, *, as_json: bool) -> int:
    """Print what is due; 1 when something has to be done now (see :attr:`Why.pressing`), else 0.

    *on* is an ISO date, *within* a number of days after it.
    """
    from bedside.evaluation.due_content import due_items

    rules = ((protocol.id, rule) for protocol in desk.protocols.values() for rule in protocol.rules)
    items = due_items(on, within, desk.library.sources(), desk.library.statements(), rules)
    if as_json:
        write_json({"schema": "bedside.due/1", "on": on, "within": within, "due": [_as_json(each) for each in items]})
    else:
        _say(items, on, within)
    return int(any(each.why.pressing for each in items))


def _as_json(item: DueItem) -> dict[str, object]:
    return {
        "kind": item.kind,
        "id": item.id,
        "why": item.why.value,
        "pressing": item.why.pressing,
        "day": item.day or None,
        "detail": item.detail or None,
        "statements": list(item.concerns),
        "where": item.where or None,
    }


def _say(items: tuple[DueItem, ...], on: str, within: int) -> None:
    counted = Counter((each.why, each.kind) for each in items)
    if not items:
        write(f"Nothing is due on {on} or within {within} days.")
        return
    write(f"Due on {on} or within {within} days:")
    for (why, kind), count in counted.items():
        mine = [each for each in items if (each.why, each.kind) == (why, kind)]
        write("")
        write(f"{why.value}: {count} {kind}{'' if count == 1 else 's'}{'' if why.pressing else ' (not pressing)'}")
        write_table([_row(each) for each in mine[:SHOWN]])
        if count > SHOWN:
            write(f"  and {count - SHOWN} more: --json")


def _row(item: DueItem) -> tuple[str, ...]:
    touched = f"; {len(item.concerns)} statements" if item.concerns else ""
    return (f"  {item.id}", item.day or "-", f"{item.detail}{touched}")
