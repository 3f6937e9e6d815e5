"""Addresses of the board's pages. An item's id stands in its own as it is: ``/board/items/statement:TOPIC/NAME``."""

from __future__ import annotations

from urllib.parse import quote, urlencode

BOARD = "/board"


def item_href(item: str) -> str:
    """The workbench of an item."""
    return f"{BOARD}/items/{quote(item, safe=':/')}"


def source_href(key: str) -> str:
    """The board's page of a source."""
    return f"{BOARD}/sources/{quote(key, safe='')}"


def versions_href(item: str, before: str = "", after: str = "") -> str:
    """Every version of an item; with two fingerprints, what differs between them."""
    return "/".join(filter(None, (item_href(item), "versions", before, after)))


def queue_href(**fields: str) -> str:
    """The queue under a filter; empty fields are left out."""
    given = urlencode({name: value for name, value in fields.items() if value})
    return f"{BOARD}/queue?{given}" if given else f"{BOARD}/queue"


def ref_href(ref: str) -> str:
    """Where a ref is shown: items and sources have pages, other grounds have none ("")."""
    kind, _, name = ref.partition(":")
    if kind in ("statement", "rule", "pattern"):
        return item_href(ref)
    return source_href(name) if kind == "source" else ""
