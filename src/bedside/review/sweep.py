"""The sweep: what the content and the calendar did since anybody looked, as events of the system."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bedside.review.event import Draft, hash_of_text
from bedside.review.item import Item, Snapshot
from bedside.review.lapse import lapses
from bedside.review.standing import Standing
from bedside.review.state import SYSTEM, Action, State

GONE = "The content has it no more."


def sweep(
    standings: Mapping[str, Standing], snapshot: Snapshot, now: str, asked: Callable[[Item], int] = lambda _item: 1
) -> Iterator[Draft]:
    """Events that bring the standings up to the content at *now* (ISO time, UTC), none where they are: new items are
    submitted, changed ones are looked at again, approvals that no longer hold lapse, what is gone is withdrawn. *asked*
    says how many must sign an item."""
    missing = sorted(standings.keys() - snapshot.items.keys())
    gone = [
        item for item in missing if standings[item].state is not State.WITHDRAWN
    ]  # what an editor withdrew, stays so
    found = lapses(standings, snapshot, now[:10], asked)
    lapsed = {lapse.item: lapse for lapse in found if lapse.item in snapshot.items}
    for name in sorted(snapshot.items):
        item, standing = snapshot.items[name], standings.get(name, Standing(name))
        if name in lapsed:
            reasons = {"reasons": [reason.to_json() for reason in lapsed[name].reasons]}
            yield _draft(now, Action.LAPSE, item, standing, State.LAPSED, reasons)
        elif standing.state is State.NOT_SUBMITTED or standing.gone:
            yield _draft(now, Action.SUBMIT, item, standing, State.SUBMITTED)
        elif standing.fingerprint != item.fingerprint:
            back = standing.state is State.RETURNED  # the author has answered
            yield _draft(now, Action.CHANGE, item, standing, State.SUBMITTED if back else standing.state)
    for name in gone:
        standing = standings[name]
        yield Draft(
            at=now,
            actor=SYSTEM,
            role=SYSTEM,
            action=Action.WITHDRAW.value,
            subject=name,
            fingerprint=standing.fingerprint,
            before=standing.state.value,
            after=State.WITHDRAWN.value,
            note=hash_of_text(GONE),
        )


def _draft(
    now: str, action: Action, item: Item, standing: Standing, after: State, detail: Mapping[str, object] | None = None
) -> Draft:
    return Draft(
        at=now,
        actor=SYSTEM,
        role=SYSTEM,
        action=action.value,
        subject=item.id,
        fingerprint=item.fingerprint,
        before=standing.state.value,
        after=after.value,
        detail=detail or {},
    )
