"""The mark: what the board says of a source before the content does: superseded, retracted, doubted, due, current.

A mark lapses the approvals that rest on the source and is shown beside it. It changes no answer: a new release of the
content, or a notice that is loaded into the library, does that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bedside.errors import ReviewRefused
from bedside.evidence.source import Source, SourceStatus
from bedside.review.event import LONGEST_NOTE, Draft, Event, hash_of_text
from bedside.review.member import Member
from bedside.review.state import Role

MARK = "mark"
UNMARK = ""
"""The status that takes a mark away."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the board says of one source, since when, and by whom. ``note`` is the hash of the reason; ``over`` how the
    source stood in the content when it was marked."""

    key: str
    status: str
    superseded_by: str
    at: str
    by: str
    note: str
    over: str = ""


_GRAVE = (SourceStatus.CURRENT, SourceStatus.DUE, SourceStatus.SUPERSEDED, SourceStatus.CONCERN, SourceStatus.RETRACTED)
"""How a source may stand, the gravest last."""


def marks(events: Iterable[Event], before: Mapping[str, Mark] | None = None) -> dict[str, Mark]:
    """The marks that stand after these events, by source key; *before* stood before them."""
    found = dict(before or {})
    for event in events:
        if event.action == MARK:
            key = event.subject.removeprefix("source:")
            by, over = str(event.detail["superseded_by"]), str(event.detail.get("over", ""))
            found[key] = Mark(key, event.after, by, event.at, event.actor, event.note, over)
    return {key: mark for key, mark in found.items() if mark.status != UNMARK}


def marked(sources: Mapping[str, Source], given: Mapping[str, Mark]) -> dict[str, Source]:
    """The sources with their marks on them. What the content came to say of a source since it was marked counts where
    it is graver: a mark hides no retraction that nobody knew of."""
    return {key: _marked(source, given[key]) if key in given else source for key, source in sources.items()}


def _marked(source: Source, mark: Mark) -> Source:
    status = SourceStatus(mark.status)
    if source.status != mark.over and _GRAVE.index(source.status) > _GRAVE.index(status):
        return source
    return replace(source, status=status, superseded_by=mark.superseded_by)


def mark(
    key: str,
    status: str,
    superseded_by: str,
    note: str,
    who: Member,
    sources: Mapping[str, Source],
    before: str,
    now: str,
) -> Draft:
    """The event that marks a source (*status* "" takes the mark away). Raises ReviewRefused."""
    if Role.EDITOR not in who.roles or not who.active:
        raise ReviewRefused(f"{who.handle} may not mark a source: that takes the role editor.", "Ask an editor.")
    if key not in sources:
        raise ReviewRefused(f"There is no source {key!r}.", "See: bedside library list.")
    if status != UNMARK and status not in set(SourceStatus):
        raise ReviewRefused(f"{status!r} is no status of a source.", f"Choose from: {', '.join(SourceStatus)}.")
    unfit = superseded_by == key or superseded_by not in sources or status != SourceStatus.SUPERSEDED
    if superseded_by and unfit:
        raise ReviewRefused(f"{key} cannot be superseded by {superseded_by!r} so.", "Name a newer source by its key.")
    if not note.strip():
        raise ReviewRefused(f"Marking {key} needs a reason.", "Say why in a sentence, with where it was seen.")
    if len(note) > LONGEST_NOTE:
        raise ReviewRefused(f"Marking {key}: the reason is longer than {LONGEST_NOTE:,} characters.", "Shorten it.")
    return Draft(
        at=now,
        actor=who.handle,
        role=Role.EDITOR.value,
        action=MARK,
        subject=f"source:{key}",
        before=before,
        after=status,
        detail={"superseded_by": superseded_by, "over": sources[key].status.value},
        note=hash_of_text(note),
    )
