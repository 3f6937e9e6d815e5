"""The records of the board as plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bedside.review.event import Event
    from bedside.review.lapse import Lapse
    from bedside.review.member import Member
    from bedside.review.standing import Signature, Standing


def event_json(event: Event) -> dict[str, Any]:
    """A row of the trail, whole: its hash can be recomputed from it."""
    return asdict(event)


def signature_json(signature: Signature) -> dict[str, Any]:
    """A signature without the fingerprints it rests on: those stand in its row of the trail."""
    return {key: value for key, value in signature.to_json().items() if key != "rests"}


def standing_json(standing: Standing) -> dict[str, Any]:
    """Where an item stands."""
    return {
        "item": standing.item,
        "state": standing.state.value,
        "since": standing.since,
        "revision": standing.revision,
        "fingerprint": standing.fingerprint,
        "holder": standing.holder or None,
        "author": standing.author or None,
        "expires": standing.expires or None,
        "signatures": [signature_json(each) for each in standing.signatures],
        "reasons": [dict(each) for each in standing.reasons],
        "proposals": [asdict(each) for each in standing.proposals],
        "gone": standing.gone,
    }


def lapse_json(lapse: Lapse) -> dict[str, Any]:
    """What lapsed or would, and why."""
    return {"item": lapse.item, "reasons": [reason.to_json() for reason in lapse.reasons]}


def member_json(member: Member) -> dict[str, Any]:
    """A member as the board knows them."""
    plain: Mapping[str, Any] = asdict(member)
    return {**plain, "roles": sorted(member.roles)}
