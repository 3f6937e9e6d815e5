"""What is due: sources that no longer stand or are to be reviewed, statements to be checked again, on a given day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bedside.evidence.source import Source, SourceStatus
from bedside.evidence.statement import Statement


@dataclass(frozen=True, slots=True)
class Due:
    """What is due on ``on`` (an ISO date). ``sources`` are those cited that are not current; ``late`` the statements
    whose next check has passed; ``coming`` how many are to be checked on which later day; ``undated`` how many
    name no day; ``unconfirmed`` the statements that two readings could not settle."""

    on: str
    sources: tuple[Source, ...]
    late: tuple[Statement, ...]
    coming: tuple[tuple[str, int], ...]
    undated: int
    unconfirmed: tuple[Statement, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing is due today."""
        return not self.sources and not self.late


def due(on: str, sources: Iterable[Source], statements: Iterable[Statement]) -> Due:
    """What is due on that day."""
    every = tuple(statements)
    days = Counter(each.next_check for each in every if each.next_check > on)
    return Due(
        on=on,
        sources=tuple(source for source in sources if source.status is not SourceStatus.CURRENT),
        late=tuple(each for each in every if "" < each.next_check <= on),
        coming=tuple(sorted(days.items())),
        undated=sum(not each.next_check for each in every),
        unconfirmed=tuple(each for each in every if each.unconfirmed),
    )
