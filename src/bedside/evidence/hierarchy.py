"""The hierarchy of evidence: which kind of document weighs more when two speak of the same thing.

The default order, and why:

- a guideline has weighed all the evidence and says what to do; guidance of the reader's own hospital adapts one;
- a systematic review has looked for everything; a regulator's notice, the licensed label and the formulary rest on all
  data a regulator holds, and bind where a medicine is prescribed;
- then a single trial, and observational studies that compare;
- a consensus is the opinion of many, without a search that can be repeated: below every study that compares, above one
  case;
- a narrative review, a laboratory's notice, a summary and other documents point to evidence and are none;
- bedside's own safety rules are last: no document stands behind them, and they are never ranked against one.

The order says nothing about how well a study was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from bedside.errors import SettingsError
from bedside.evidence.source import SourceKind

ORDER: tuple[SourceKind, ...] = (
    SourceKind.GUIDELINE,
    SourceKind.LOCAL_GUIDANCE,
    SourceKind.SYSTEMATIC_REVIEW,
    SourceKind.REGULATOR_NOTICE,
    SourceKind.LABEL,
    SourceKind.FORMULARY,
    SourceKind.TRIAL,
    SourceKind.COHORT,
    SourceKind.CONSENSUS,
    SourceKind.CASE_REPORT,
    SourceKind.REVIEW,
    SourceKind.LABORATORY_NOTICE,
    SourceKind.SUMMARY,
    SourceKind.REFERENCE,
    SourceKind.SAFETY_RULE,
)
"""Every kind, the one that weighs most first."""

BOOSTS: tuple[float, ...] = (1.15, 1.14, 1.12, 1.1, 1.08, 1.08, 1.06, 1.02, 1.0, 0.97, 0.95, 0.94, 0.93, 0.92, 0.9)
"""Factors for the score of a search, by place in the order: enough to part near ties, too little to beat relevance."""


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """An order of all kinds. Rank 0 weighs most."""

    order: tuple[SourceKind, ...] = ORDER
    _ranks: Mapping[SourceKind, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if sorted(self.order) != sorted(SourceKind):
            raise ValueError("a hierarchy names every kind once")
        object.__setattr__(self, "_ranks", {kind: rank for rank, kind in enumerate(self.order)})

    @classmethod
    def parse(cls, written: str, where: str = "evidence order") -> Hierarchy:
        """The order a reader wrote: "guideline, systematic-review, trial". Kinds left out follow in their own order.

        Raises SettingsError, naming *where*, for a name that is no kind (with the nearest one) or stands twice.
        """
        named: list[SourceKind] = []
        for name in filter(None, (part.strip().lower().replace("_", "-") for part in written.split(","))):
            kind = _kind(name, where)
            if kind in named:
                raise SettingsError(f"{where}: {name!r} stands twice.", "Name each kind once.")
            named.append(kind)
        return cls((*named, *(kind for kind in ORDER if kind not in named)))

    def rank_of(self, kind: SourceKind) -> int:
        """The place of *kind*, from 0."""
        return self._ranks[kind]

    def boost(self, kind: SourceKind) -> float:
        """The factor for the score of a document of this kind, from 0.9 to 1.15."""
        return BOOSTS[self._ranks[kind]]


def _kind(name: str, where: str) -> SourceKind:
    spelled = name.replace(" ", "-")
    try:
        return SourceKind(spelled)
    except ValueError:
        close = get_close_matches(spelled, [kind.value for kind in SourceKind], n=1)
        remedy = f"Did you mean {close[0]!r}?" if close else f"Choose from: {', '.join(ORDER)}."
        raise SettingsError(f"{where}: there is no kind of document {name!r}.", remedy) from None


DEFAULT = Hierarchy()


def rank_of(kind: SourceKind) -> int:
    """The place of *kind* in the default order, from 0 (weighs most)."""
    return DEFAULT.rank_of(kind)


def boost(kind: SourceKind) -> float:
    """The factor of *kind* in the default order."""
    return DEFAULT.boost(kind)
