"""What a report is about: the item that an address or an id names, and what items are called."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from bedside.rendering.public.review_view import href
from bedside.review.item import Snapshot

_PATHS = {"statements": "statement", "patterns": "pattern"}
_ID = re.compile(r"[a-z0-9_-]{1,80}/[A-Za-z0-9_.-]{1,120}")


def item_named(written: str, snapshot: Snapshot) -> str:
    """The id of the item that a reader names by its page's address or by its id, "" for none of ours."""
    text = written.strip()
    kind, colon, name = text.partition(":")
    if colon and kind in ("statement", "pattern", "rule"):
        return text if text in snapshot.items else ""
    try:
        parts = unquote(urlsplit(text).path).strip("/").split("/")
    except ValueError:
        return ""
    if len(parts) == 3 and parts[0] in _PATHS:  # noqa: PLR2004  kind, topic, name
        found = f"{_PATHS[parts[0]]}:{parts[1]}/{parts[2]}"
        return found if found in snapshot.items else ""
    name = f"statement:{text}"
    return name if _ID.fullmatch(text) and name in snapshot.items else ""


def links_of(items: tuple[str, ...], snapshot: Snapshot) -> tuple[tuple[str, str, str], ...]:
    """Id, title and public address of each item; the id for a title where the content has it no more."""
    titles = {each: snapshot.items[each].title for each in items if each in snapshot.items}
    return tuple((each, titles.get(each, each), href(each) if each in titles else "") for each in items)
