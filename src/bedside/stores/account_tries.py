"""Tries to sign in, counted in the database so that every process slows them down together.

A try is counted before the password is looked at: of many at once each counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select, update

from bedside.review.account import FORGET, Slow, later, locked
from bedside.stores.account_schema import failure
from bedside.stores.token import hash_of

Counted = tuple[str, Slow]
"""What is counted ("handle:mary"), and how tries of it are slowed down."""


def let_in(connection: Connection, counted: Iterable[Counted], now: str) -> bool:
    """Whether a try may be made now; where it may, it counts as a failure until :func:`forgive` takes it back."""
    connection.execute(delete(failure).where(failure.c.at < later(now, -FORGET)))
    keys = {hash_of(what): slow for what, slow in counted}
    rows = connection.execute(select(failure).where(failure.c.key.in_(keys))).mappings().all()
    found = {row["key"]: row for row in rows}
    if any(locked(found[key]["until"], now, slow) for key, slow in keys.items() if key in found):
        return False
    for key, slow in keys.items():
        count = (found[key]["count"] if key in found else 0) + 1
        values = {"count": count, "at": now, "until": later(now, timedelta(seconds=slow.wait(count)))}
        if key in found:
            connection.execute(update(failure).where(failure.c.key == key).values(values))
        else:
            connection.execute(insert(failure).values({"key": key, **values}))
    return True


def forgive(connection: Connection, account: str, client: str) -> None:
    """After a right password: the tries of the *account* are forgotten, and this one is taken off those of the
    *client*. Whoever has an account cannot use it to wash a client's other failures away."""
    connection.execute(delete(failure).where(failure.c.key == hash_of(account)))
    if client:
        one_less = {"count": failure.c.count - 1, "until": ""}
        connection.execute(update(failure).where(failure.c.key == hash_of(client)).values(one_less))
