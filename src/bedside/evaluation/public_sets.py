"""What the checks and the shipped aid make of the public claim sets, beside word overlap and published figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bedside.evaluation.claim_scores import (
    Point,
    calibration_error,
    curve,
    fitted_thresholds,
    macro_f1,
    recall_at,
    splits,
)
from bedside.evaluation.claim_sets import CLAIM_SETS, Label, Pair, read_claim_set
from bedside.evaluation.overlap_baseline import grown
from bedside.evaluation.published_scores import PUBLISHED
from bedside.verification.aid.claim_aid import ClaimAid, Probabilities, claim_aid
from bedside.verification.aid.features import features
from bedside.verification.aid.trial_stance import trial_support
from bedside.verification.judging import Judgement, judge
from bedside.verification.terms import Terms
from bedside.verification.verdict import SHOWN, Verdict

RECALLS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7)
PRECISE = 0.9
LEARNT_FROM = ("scifact", "check_covid")
"""The sets whose training parts the shipped aid learnt from: of pairs it knows, its figures say nothing."""

_KNOWN = "  The aid learnt from pairs of this set; of those, its figures flatter (see its data card)."
_ORDER = (Label.NEUTRAL, Label.REFUTE, Label.SUPPORT)
_AGAINST = frozenset({Verdict.CONTRADICTED, Verdict.WRONG_FIGURE})
_REFUSED = _AGAINST | {Verdict.OVERSTATED}

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """What one way of judging reached on a set: macro-F1 of its labels, and precision and recall of SUPPORT."""

    name: str
    macro_f1: float
    precision: float
    recall: float

    def as_json(self) -> dict[str, Any]:
        """As plain JSON, from 0 to 1, rounded to four places."""
        return {
            "name": self.name, "macro_f1": round(self.macro_f1, 4),
            "support_precision": round(self.precision, 4), "support_recall": round(self.recall, 4),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Route:
    """How precise SUPPORT is at each of ``RECALLS`` with pairs ranked by the aid; None where it is not reached.

    ``at_precise`` is the highest recall at a precision of 0.90. Thresholds are chosen on the pairs they are judged by.
    """

    name: str
    precisions: tuple[float | None, ...]
    at_precise: float

    def as_json(self) -> dict[str, Any]:
        """As plain JSON: a precision for each recall, null where that recall is not reached."""
        known = zip(RECALLS, self.precisions, strict=True)
        return {
            "name": self.name,
            "precision_at_recall": {f"{at}": None if each is None else round(each, 4) for at, each in known},
            "recall_at_precision_0.9": round(self.at_precise, 4),
        }


@dataclass(frozen=True, slots=True)
class SetScore:
    """The scores of one set. ``known`` says that the shipped aid learnt from a part of this set."""

    name: str
    pairs: int
    labels: Mapping[str, int]
    known: bool
    judged: tuple[Judged, ...]
    routes: tuple[Route, ...]
    calibration_error: float

    def as_json(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            "set": self.name, "pairs": self.pairs, "labels": dict(self.labels), "aid_learnt_from_this_set": self.known,
            "judged": [each.as_json() for each in self.judged], "support": [each.as_json() for each in self.routes],
            "calibration_error": round(self.calibration_error, 4), "published": list(PUBLISHED.get(self.name, ())),
        }  # fmt: skip

    def table(self) -> Iterator[str]:
        """The scores as lines of text."""
        counts = ", ".join(f"{count:,} {label}" for label, count in self.labels.items())
        yield f"{self.name}: {self.pairs:,} pairs ({counts})"
        yield f"  {'judged by':<34}{'macro-F1':>9}{'SUPPORT precision':>19}{'recall':>8}"
        for each in self.judged:
            yield f"  {each.name:<34}{each.macro_f1:>9.3f}{each.precision:>19.2f}{each.recall:>8.3f}"
        if self.known:
            yield _KNOWN
        heads = "".join(f"{each:>7.2f}" for each in RECALLS)
        yield f"  {'precision of SUPPORT at a recall of':<36}{heads}   recall at 0.90"
        for route in self.routes:
            cells = "".join(f"{'-' if each is None else f'{each:.2f}':>7}" for each in route.precisions)
            yield f"  {route.name:<36}{cells}{route.at_precise:>17.3f}"
        yield f"  calibration error of the aid's support: {self.calibration_error:.3f}"
        yield from (f"  published: {line}" for line in PUBLISHED.get(self.name, ()))


def score_sets(
    folder: Path, checks: Terms, progress: Progress | None = None, names: Sequence[str] = tuple(CLAIM_SETS)
) -> tuple[SetScore, ...]:
    """Score every set of *names* that *folder* has. *progress* is told how many pairs of a set are done.

    Raises InputRefused when a set is there and cannot be read.
    """
    aid = claim_aid()
    present = [name for name in names if (folder / name).is_dir()]
    return tuple(score_set(name, read_claim_set(folder, name), checks, aid, progress) for name in present)


def score_set(
    name: str, pairs: Sequence[Pair], checks: Terms, aid: ClaimAid, progress: Progress | None = None
) -> SetScore:
    """Score one set of at least one pair by both baselines, the checks, the aid, and both together."""
    verdicts: list[Judgement] = []
    stances: list[Probabilities] = []
    overlap: list[float] = []
    for at, pair in enumerate(pairs, 1):
        figures = features(pair.claim, pair.evidence)
        overlap.append(figures["coverage"])
        verdicts.append(judge(pair.claim, pair.evidence, checks))
        stances.append(bounded(_stance(aid, pair, figures), verdicts[-1].verdict))
        if progress:
            progress(at, len(pairs))
    true = [pair.label.value for pair in pairs]
    held = [label.value for label in _ORDER if label in true]
    open_ended = Label.NEUTRAL in held
    ways = {
        "plain word overlap": _plain(pairs, overlap),
        "word overlap, fitted thresholds": _fitted(pairs, overlap, held),
        "deterministic checks": [label_of(each.verdict, neutral=open_ended) for each in verdicts],
        _aid_row(name): [stance_label(each, neutral=open_ended) for each in stances],
    }
    right = [label == Label.SUPPORT for label in true]
    support = [each.support if open_ended else _decided(each) for each in stances]
    return SetScore(
        name,
        len(pairs),
        {label: true.count(label) for label in held},
        name in LEARNT_FROM,
        tuple(_judged(way, true, said, held) for way, said in ways.items()),
        tuple(_routes(support, right, [each.verdict for each in verdicts])),
        calibration_error(support, right),
    )


def bounded(stance: Probabilities, verdict: Verdict) -> Probabilities:
    """The probabilities with no support where the checks found a contradiction: the aid never overrules one."""
    if verdict is not Verdict.CONTRADICTED:
        return stance
    rest = stance.refute + stance.neutral
    return Probabilities(0.0, stance.refute / rest, stance.neutral / rest) if rest else Probabilities(0.0, 1.0, 0.0)


def _stance(aid: ClaimAid, pair: Pair, figures: Mapping[str, float]) -> Probabilities:
    """As ``ClaimAid.judge``, of figures that are known."""
    recorded = trial_support(pair.claim, pair.evidence)
    return aid.judged(figures) if recorded is None else Probabilities(recorded, 1 - recorded, 0.0)


def label_of(verdict: Verdict, *, neutral: bool) -> str:
    """The label a verdict of the checks stands for; where a set has no NEUTRAL, what is not shown is refuted."""
    if verdict in SHOWN:
        return Label.SUPPORT.value
    return Label.REFUTE.value if verdict in _AGAINST or not neutral else Label.NEUTRAL.value


def stance_label(stance: Probabilities, *, neutral: bool) -> str:
    """The label of what is likeliest; where a set has no NEUTRAL, of the other two."""
    if neutral:
        return stance.likeliest.upper()
    return Label.SUPPORT.value if stance.support > stance.refute else Label.REFUTE.value


def _aid_row(name: str) -> str:
    return "shipped aid (knows these pairs)" if name in LEARNT_FROM else "shipped aid"


def _decided(stance: Probabilities) -> float:
    """The probability of support where the evidence is known to decide the claim."""
    decided = stance.support + stance.refute
    return stance.support / decided if decided else 0.5


def _plain(pairs: Sequence[Pair], overlap: Sequence[float]) -> list[str]:
    said = [""] * len(pairs)
    for train, test in splits([pair.group for pair in pairs]):
        if test:
            tree = grown([overlap[at] for at in train or test], [pairs[at].label.value for at in train or test])
            for at in test:
                said[at] = tree.label(overlap[at])
    return said


def _fitted(pairs: Sequence[Pair], overlap: Sequence[float], held: Sequence[str]) -> list[str]:
    said = [""] * len(pairs)
    for train, test in splits([pair.group for pair in pairs]):
        if test:
            known = train or test
            fit = fitted_thresholds([overlap[at] for at in known], [pairs[at].label.value for at in known], held)
            for at in test:
                said[at] = fit.label(overlap[at])
    return said


def _judged(name: str, true: Sequence[str], said: Sequence[str], held: Sequence[str]) -> Judged:
    hits = sum(one == other == Label.SUPPORT for one, other in zip(true, said, strict=True))
    named, there = said.count(Label.SUPPORT), true.count(Label.SUPPORT)
    return Judged(name, macro_f1(true, said, held), hits / named if named else 0.0, hits / there if there else 0.0)


def _routes(support: Sequence[float], right: Sequence[bool], verdicts: Sequence[Verdict]) -> Iterator[Route]:
    allowed = {
        "aid alone": [True] * len(verdicts),
        "aid, and the checks not against": [each not in _REFUSED for each in verdicts],
        "aid, and the checks support": [each in SHOWN for each in verdicts],
    }
    for name, kept in allowed.items():
        figures = [figure if each else -1.0 for figure, each in zip(support, kept, strict=True)]
        points = [point for point in curve(figures, right) if point.threshold >= 0]
        yield Route(name, tuple(_best(points, least) for least in RECALLS), recall_at(points, PRECISE))


def _best(points: Sequence[Point], least: float) -> float | None:
    return max((point.precision for point in points if point.recall >= least), default=None)
