"""A small signed board for tests of packs: three items by hand, one on top of the others, and a key."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bedside.answer import fingerprint
from bedside.review.event import Draft, chained
from bedside.review.item import Ground, Item, ItemKind, Snapshot, Trait
from bedside.review.member import Member
from bedside.review.pack import Manifest, write
from bedside.review.standing import Signature, Standing, after
from bedside.review.state import Action, Role, State

NOW = "2026-11-22T10:00:00+00:00"
TODAY = NOW[:10]
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw().hex()
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
BOARD = "Board of St Elsewhere"


def ground(ref, **body):
    """A ground, as its body makes it."""
    return Ground(ref, ref, fingerprint(body), body)


def item(name, rests_on=(), needs=(), traits=(), **body):
    """An item, as its body makes it."""
    kind = ItemKind(name.partition(":")[0])
    return Item(
        name, kind, "t", f"title of {name}", fingerprint(body), body, tuple(rests_on), tuple(needs), tuple(traits)
    )


def snapshot(**changed):
    """Statement, rule and pattern over one source. *changed* replaces bodies by name."""
    source = ground("source:s", **changed.get("source", {"status": "current"}))
    statement = item("statement:t/a", ["source:s"], **changed.get("statement", {"clinical": "Ünï 说 one."}))
    dose = item("statement:t/dose", ["source:s"], traits=[Trait.DOSE], clinical="Take 1 mg.")
    rule = item("rule:t/R1", ["statement:t/a"], effect="recommend")
    needs = ("statement:t/a", "rule:t/R1")
    pattern = item("pattern:t/p", needs, needs, decisive="x")
    items = {each.id: each for each in (statement, dose, rule, pattern)}
    as_grounds = {i.id: Ground(i.id, i.title, i.fingerprint, i.body, i.rests_on) for i in items.values()}
    return Snapshot(fingerprint(sorted(changed)), items, {"source:s": source, **as_grounds})


def signature(name, where, handle="ruth", expires="2027-06-01", **changed):
    """A signature of an item in the state it has in *where*."""
    values = {
        "item": name,
        "fingerprint": where.items[name].fingerprint,
        "seal": where.seal(name),
        "handle": handle,
        "name": f"{handle} Ødegård",
        "role": Role.REVIEWER.value,
        "credentials": "MD",
        "registration": f"GMC {handle}",
        "interests": "None.",
        "signed_at": "2026-11-20T10:00:00+00:00",
        "expires": expires,
        "rests": where.beneath(name),
    }
    return Signature(**values | changed)


def approved(name, where, *signatures):
    """The standing of an item that these signatures approve."""
    detail = {"signatures": [each.to_json() for each in signatures or [signature(name, where)]]}
    fingerprint_of = where.items[name].fingerprint
    draft = Draft(
        NOW,
        "ruth",
        "reviewer",
        Action.APPROVE.value,
        name,
        fingerprint_of,
        "Under review",
        State.APPROVED.value,
        detail,
    )
    return after(Standing(name), chained(draft, 1, 1, "0" * 64))


def board():
    """The standings of a board that approved everything, and its content."""
    where = snapshot()
    both = [signature("statement:t/dose", where, handle) for handle in ("ruth", "omar")]
    standings = {name: approved(name, where) for name in where.items if not name.endswith("dose")}
    return {**standings, "statement:t/dose": approved("statement:t/dose", where, *both)}, where


def manifest(items, **changed):
    """The manifest of that board."""
    values = {"board": BOARD, "release": "b12-2026", "content": "c" * 64, "made_at": NOW, "head": "d" * 64, "rows": 9}
    return Manifest(**values | {"items": items} | changed)


def packed(pairs, where, key=KEY, **changed):
    """The pack of some items and their standings."""
    made = manifest(len(pairs), **changed)
    return write(made, pairs, where, key.public_key().public_bytes_raw().hex(), key.sign)


def whole():
    """A pack of everything."""
    standings, where = board()
    return packed([(where.items[name], standing) for name, standing in sorted(standings.items())], where)


EDITOR = Member("ed", "Ed", frozenset({Role.EDITOR}))
