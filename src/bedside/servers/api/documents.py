"""What the API answers with, as plain values: the same as the commands write with ``--json``.

The words of a source are given as far as its licence lets them be shown to others than the owner of the library.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bedside.desk import Desk
from bedside.evidence.hit import Hit
from bedside.evidence.passage import Passage
from bedside.evidence.unit import WHOLE
from bedside.ingest.licences import Showing, may_show
from bedside.rendering.json_records import hit_json as whole_hit
from bedside.rendering.json_records import passage_json as whole_passage


def written(value: Any) -> bytes:
    """The value as the commands write it: indented JSON with ordered keys, in UTF-8, ending in a line break."""
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def passage_json(passage: Passage) -> dict[str, Any]:
    """A passage; ``text`` is cut to a quotation where ``shown`` says so, ``sha256`` is of the whole."""
    showing = may_show(passage.licence)
    return {**whole_passage(passage), "text": _quoted(passage.text, showing), "shown": _shown(showing)}


def hit_json(hit: Hit, desk: Desk) -> dict[str, Any]:
    """What a search found, with the reasons for its rank; ``shown`` as in a passage, None for our own wording."""
    document = whole_hit(hit)
    if desk.shipped.statement(hit.candidate.id):
        return {**document, "shown": None}
    showing = _strictest(_passages_of(hit, desk))
    return {**document, "text": _quoted(document["text"], showing), "shown": _shown(showing)}


def _passages_of(hit: Hit, desk: Desk) -> Sequence[Passage]:
    """The passages whose words a hit shows; none where they were taken out since."""
    found = hit.candidate
    every = desk.searchable.passages_of(found.source)
    return every if found.id.endswith(WHOLE) else [passage for passage in every if passage.id == found.id]


def _strictest(passages: Sequence[Passage]) -> Showing:
    """How words of all of these may be shown; of none, as under no licence that is known."""
    every = [may_show(passage.licence) for passage in passages] or [may_show("")]
    return min(every, key=lambda showing: (showing.verbatim, showing.words))


def _quoted(text: str, showing: Showing) -> str:
    if showing.verbatim:
        return text
    words = text.split()
    return text if len(words) <= showing.words else " ".join(words[: showing.words]) + " ..."


def _shown(showing: Showing) -> dict[str, Any]:
    return {"whole": showing.verbatim, "reason": showing.reason}
