"""The signed pack: what one board approved, as lines that another installation can check and accept.

Canonical JSON (RFC 8785), one value a line: a manifest, then every approved item with its body, the fingerprints of
everything beneath it and its signatures, last the public key and the signature (Ed25519 over the SHA-256 of all lines
before). A line that is not exactly its own canonical form is refused, so no byte can be changed without it showing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from bedside.answer import fingerprint
from bedside.errors import InputRefused
from bedside.review.item import Item, Snapshot
from bedside.review.lapse import stands
from bedside.review.pack_line import line_of, mapping_in, text_in, texts_in, unfit, value_of
from bedside.review.standing import Signature, Standing

FORMAT = "bedside.review-pack/1"
MOST_BYTES = 64_000_000
MOST_ITEMS = 100_000
LONGEST_LINE = 2_000_000

ORDER = ("statement", "rule", "pattern")
"""The order in which a pack is loaded: a pattern needs its statements and rules approved first."""

_SIGNED = tuple(each.name for each in fields(Signature) if each.name not in {"item", "rests", "board"})
_HEX = re.compile(r"[0-9a-f]+")
_ENDS = 3  # a manifest and the seal, at least, and the end of the last line


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack is: of which board, over which release of the content, made when; ``head`` and ``rows`` are the hash
    and number of the last row of the board's audit trail then, ``items`` how many follow."""

    board: str
    release: str
    content: str
    made_at: str
    head: str
    rows: int
    items: int


@dataclass(frozen=True, slots=True)
class Packed:
    """One approved item. ``grounds`` maps each ref beneath it to its fingerprint; ``signatures`` rest on exactly those,
    and carry the name of the board that made the pack."""

    id: str
    kind: str
    title: str
    fingerprint: str
    seal: str
    body: Mapping[str, Any] = field(hash=False)
    grounds: Mapping[str, str] = field(hash=False)
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack whose signature holds. ``key`` is the public key in hex, ``hash`` the SHA-256 of the whole file."""

    manifest: Manifest
    items: tuple[Packed, ...]
    key: str
    hash: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What goes into a pack, and what is left out because another board's signatures, not ours, stand behind it."""

    items: tuple[tuple[Item, Standing], ...]
    others: tuple[str, ...]


def chosen(standings: Mapping[str, Standing], snapshot: Snapshot, today: str) -> Chosen:
    """Every item whose approval holds on *today* by signatures of this board alone, statements first."""
    held = [
        (snapshot.items[name], standings[name])
        for name in sorted(standings)
        if name in snapshot.items and stands(name, standings, snapshot, today)
    ]
    held.sort(key=lambda pair: (ORDER.index(pair[0].kind), pair[0].id))
    brought = {item.id for item, standing in held if any(signature.board for signature in standing.signatures)}
    return Chosen(tuple(pair for pair in held if pair[0].id not in brought), tuple(sorted(brought)))


def write(
    manifest: Manifest,
    approved: Iterable[tuple[Item, Standing]],
    snapshot: Snapshot,
    key: str,
    sign: Callable[[bytes], bytes],
) -> bytes:
    """The pack as it is written to a file. ``key`` is the public key in hex, *sign* signs with the private one."""
    lines = [line_of({"format": FORMAT} | _plain(manifest))]
    lines += [_item_line(item, standing, snapshot) for item, standing in approved]
    whole = b"".join(lines)
    return whole + line_of({"key": key, "signature": sign(message(whole)).hex()})


def message(lines: bytes) -> bytes:
    """What is signed of a pack's lines."""
    return FORMAT.encode() + b"\n" + hashlib.sha256(lines).digest()


def read(data: bytes, trusts: Callable[[str, str], None]) -> Pack:
    """The pack of a file's bytes. *trusts* is called with key and board as soon as the signature holds, before any item
    is looked at, and raises where that key is not trusted for that board.

    Raises InputRefused for what is no pack, is damaged or was changed.
    """
    if len(data) > MOST_BYTES:
        raise unfit(f"is larger than {MOST_BYTES:,} bytes")
    lines = data.split(b"\n")
    if len(lines) < _ENDS or lines.pop():
        raise unfit("is cut off")
    if len(lines) - 2 > MOST_ITEMS:
        raise unfit(f"holds more than {MOST_ITEMS:,} items")
    if max(map(len, lines)) > LONGEST_LINE:
        raise unfit(f"has a line longer than {LONGEST_LINE:,} bytes")
    manifest = _manifest(value_of(lines[0], 1), len(lines) - 2)
    seal = value_of(lines[-1], len(lines))
    if set(seal) != {"key", "signature"}:
        raise unfit("has other things in its last line than key and signature", len(lines))
    key = text_in(seal, "key", len(lines))
    _verified(data[: -len(lines[-1]) - 1], key, text_in(seal, "signature", len(lines)))
    trusts(key, manifest.board)
    items = tuple(_packed(value_of(line, n), n, manifest.board) for n, line in enumerate(lines[1:-1], 2))
    if len({item.id for item in items}) != len(items):
        raise unfit("names an item twice")
    return Pack(manifest, items, key, hashlib.sha256(data).hexdigest())


def _plain(manifest: Manifest) -> dict[str, Any]:
    return {each.name: getattr(manifest, each.name) for each in fields(Manifest)}


def _item_line(item: Item, standing: Standing, snapshot: Snapshot) -> bytes:
    return line_of({
        "id": item.id,
        "kind": item.kind.value,
        "title": item.title,
        "fingerprint": item.fingerprint,
        "seal": snapshot.seal(item.id),
        "body": dict(item.body),
        "grounds": dict(snapshot.beneath(item.id)),
        "signatures": [{name: getattr(each, name) for name in _SIGNED} for each in standing.signatures],
    })  # fmt: skip


def _manifest(value: Mapping[str, Any], items: int) -> Manifest:
    if value.get("format") != FORMAT:
        raise InputRefused("This file is no review pack of a format that is read here.", f"It should say {FORMAT}.")
    if set(value) != {"format", *(each.name for each in fields(Manifest))}:
        raise unfit("has a manifest with other keys than it should", 1)
    if any(type(value[name]) is not int or value[name] < 0 for name in ("rows", "items")):
        raise unfit("has a manifest whose counts are no numbers", 1)
    texts = {name: text_in(value, name, 1) for name in ("board", "release", "content", "made_at", "head")}
    if not texts["board"].strip():
        raise unfit("does not say of which board it is", 1)
    if value["items"] != items:
        raise unfit(f"should hold {value['items']} items and holds {items}")
    return Manifest(**texts, rows=value["rows"], items=value["items"])


def _verified(lines: bytes, key: str, signature: str) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    lower = _HEX.fullmatch(key) and _HEX.fullmatch(signature)
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key if lower else ""))
        public.verify(bytes.fromhex(signature), message(lines))
    except (InvalidSignature, ValueError):
        raise InputRefused(
            "This pack does not hold: its signature is not that of its content.",
            "It was damaged on the way, or changed by somebody: ask for it again.",
        ) from None


_PACKED = {each.name for each in fields(Packed)}


def _packed(value: Mapping[str, Any], number: int, board: str) -> Packed:
    """The item of a line. What it says of itself must agree with itself."""
    if set(value) != _PACKED:
        raise unfit("has an item with other keys than it should", number)
    texts = {name: text_in(value, name, number) for name in ("id", "kind", "title", "fingerprint", "seal")}
    body, grounds = mapping_in(value, "body", number), texts_in(mapping_in(value, "grounds", number), number)
    if texts["kind"] not in ORDER or not texts["id"].startswith(f"{texts['kind']}:"):
        raise unfit("has an item of a kind that is not reviewed", number)
    if fingerprint(body) != texts["fingerprint"] or fingerprint([texts["fingerprint"], grounds]) != texts["seal"]:
        raise unfit("has an item whose fingerprint is not that of its content", number)
    given = value["signatures"]
    if not isinstance(given, list) or not given:
        raise unfit("has an item that nobody signed", number)
    signatures = tuple(_signature(each, texts, grounds, number, board) for each in given)
    return Packed(**texts, body=body, grounds=grounds, signatures=signatures)


def _signature(
    value: object, item: Mapping[str, str], grounds: Mapping[str, str], number: int, board: str
) -> Signature:
    if not isinstance(value, dict) or set(value) != set(_SIGNED):
        raise unfit("has a signature with other keys than it should", number)
    texts = texts_in(value, number)
    if not all(texts[name].strip() for name in ("handle", "name", "registration", "interests", "signed_at")):
        raise unfit("has a signature that does not say who signed", number)
    if texts["fingerprint"] != item["fingerprint"] or texts["seal"] != item["seal"]:
        raise unfit("has a signature of something else", number)
    return Signature(item=item["id"], rests=dict(grounds), board=board, **texts)


def same_signatures(some: Sequence[Signature], others: Sequence[Signature]) -> bool:
    """Whether the same members of the same boards signed the same at the same time."""
    return _who(some) == _who(others)


def _who(signatures: Sequence[Signature]) -> set[tuple[str, ...]]:
    return {(each.board, each.handle, each.seal, each.signed_at) for each in signatures}
