"""The exam of the checker: every item is put to it, and what it caught, missed and wrongly refused is counted.

The items come from :mod:`bedside.evaluation.exam_items`. This package imports nothing of the checker: who runs the
exam hands in a function that says whether an item may stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from bedside.evaluation.exam_items import Expect, Item, items

__all__ = ["Count", "Expect", "Item", "Report", "Wrong", "items", "run", "wilson"]

_MOST_EXAMPLES = 5
_Z = 1.959963984540054  # two-sided 95 % of the normal distribution


@dataclass(frozen=True, slots=True)
class Count:
    """How many of ``n`` items were judged rightly: for spoiled ones caught, for the others let stand.

    ``low`` and ``high`` bound ``share`` by Wilson's 95 % interval. Of no items the share is 0 and the interval 0 to 1.
    """

    name: str
    group: str
    expect: Expect
    n: int
    right: int

    @property
    def wrong(self) -> int:
        """Spoiled items let stand (missed), or true ones refused (false alarms)."""
        return self.n - self.right

    @property
    def share(self) -> float:
        """The share judged rightly, from 0 to 1."""
        return self.right / self.n if self.n else 0.0

    @property
    def low(self) -> float:
        """The lower end of the interval of ``share``."""
        return wilson(self.right, self.n)[0]

    @property
    def high(self) -> float:
        """The upper end of the interval of ``share``."""
        return wilson(self.right, self.n)[1]


@dataclass(frozen=True, slots=True)
class Wrong:
    """An item judged wrongly, with the passages it cites, kept as an example."""

    id: str
    kind: str
    expect: Expect
    sentence: str
    cited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of an exam: counts by kind and by group in the order of the items, and examples of wrong verdicts.

    ``reworded`` counts, by group, the spoiled items that were reworded before they were spoiled.
    """

    kinds: tuple[Count, ...]
    groups: tuple[Count, ...]
    reworded: tuple[Count, ...]
    examples: tuple[Wrong, ...]

    def group(self, name: str) -> Count:
        """The count of one group. Raises KeyError when no item is of it."""
        found = [count for count in self.groups if count.name == name]
        if not found:
            raise KeyError(name)
        return found[0]

    def as_json(self) -> dict[str, Any]:
        """The report as plain JSON: shares as numbers from 0 to 1, rounded to four places."""
        return {
            "kinds": [_count_json(count) for count in self.kinds],
            "groups": [_count_json(count) for count in self.groups],
            "reworded": [_count_json(count) for count in self.reworded],
            "examples": [
                {"id": each.id, "kind": each.kind, "expect": str(each.expect), "sentence": each.sentence,
                 "cited": list(each.cited)}
                for each in self.examples
            ],
        }  # fmt: skip

    def table(self) -> tuple[str, ...]:
        """The report as lines of text: a line each kind, under a line for its group."""
        head = f"{'kind':<26}{'n':>6}{'right':>7}{'wrong':>7}{'share':>9}   95 % interval"
        lines = [head, "-" * len(head)]
        for group in self.groups:
            word = "caught" if group.expect is Expect.REFUSE else "let stand"
            lines.append(_line(f"{group.name} ({word})", group))
            lines += [_line(f"  {count.name}", count) for count in self.kinds if count.group == group.name]
        lines += [_line(f"{count.name}, reworded first", count) for count in self.reworded]
        return tuple(lines)


def run(
    asked: Sequence[Item], stands: Callable[[Item], bool], progress: Callable[[int, int], None] | None = None
) -> Report:
    """Put every item to *stands*, which says whether its sentence may stand on what it cites.

    *progress* is told after each item how many of how many are done. At most five wrong verdicts a kind are kept.
    """
    verdicts: list[tuple[Item, bool]] = []
    for item in asked:
        verdicts.append((item, stands(item) == (item.expect is Expect.STAND)))
        if progress:
            progress(len(verdicts), len(asked))
    return Report(
        kinds=tuple(_counts((item.kind, item, right) for item, right in verdicts)),
        groups=tuple(_counts((item.group, item, right) for item, right in verdicts)),
        reworded=tuple(_counts((item.group, item, right) for item, right in verdicts if item.reworded)),
        examples=tuple(_examples(verdicts)),
    )


def wilson(right: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of the share *right* of *n*; (0, 1) when *n* is 0.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, J Am Stat Assoc 1927.
    """
    if n == 0:
        return 0.0, 1.0
    share = right / n
    weight = 1 + _Z * _Z / n
    middle = (share + _Z * _Z / (2 * n)) / weight
    half = _Z * sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n)) / weight
    return max(0.0, middle - half), min(1.0, middle + half)


def _counts(verdicts: Iterable[tuple[str, Item, bool]]) -> Iterator[Count]:
    tallies: dict[str, list[int]] = {}
    firsts: dict[str, Item] = {}
    for name, item, right in verdicts:
        tally = tallies.setdefault(name, [0, 0])
        firsts.setdefault(name, item)
        tally[0] += 1
        tally[1] += int(right)
    for name, (n, judged_rightly) in tallies.items():
        yield Count(name, firsts[name].group, firsts[name].expect, n, judged_rightly)


def _examples(verdicts: Iterable[tuple[Item, bool]]) -> Iterator[Wrong]:
    kept: dict[str, int] = {}
    for item, right in verdicts:
        if not right and kept.setdefault(item.kind, 0) < _MOST_EXAMPLES:
            kept[item.kind] += 1
            cited = tuple(item.passages[place] for place in item.cited if place < len(item.passages))
            yield Wrong(item.id, item.kind, item.expect, item.sentence, cited)


def _count_json(count: Count) -> dict[str, Any]:
    return {
        "name": count.name, "group": count.group, "expect": str(count.expect), "n": count.n, "right": count.right,
        "wrong": count.wrong, "share": round(count.share, 4), "low": round(count.low, 4), "high": round(count.high, 4),
    }  # fmt: skip


def _line(name: str, count: Count) -> str:
    interval = f"{count.low:.1%} to {count.high:.1%}"
    return f"{name:<26}{count.n:>6}{count.right:>7}{count.wrong:>7}{count.share:>9.1%}   {interval}"
