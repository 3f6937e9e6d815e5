"""What can be learnt of each public claim set by itself: a model per set, cross-validated, beside two baselines.

    python benchmarks/claim_set_models.py FOLDER [--model MODEL] [--vectors FILE] [--sets SET ...]

FOLDER holds the data sets (see bedside.evaluation.claim_sets). With MODEL, the folder of all-MiniLM-L6-v2
(docs/semantic.md), the models also read sentence vectors ("semantic", else "base"); FILE keeps them from run to run.
Nothing is written: these models are only measured (train_claim_aid.py makes the weights that are shipped).

A model has two levels. The first holds regressions on bags of words (the claim's, those it shares with the evidence,
those that either side lacks; where the evidence is short also pairs of a word of each) and support vector machines on
the figures of the aid, those of a trial record, the verdict of the deterministic checks, and what the other sets that
have NEUTRAL pairs teach of these; with MODEL also on sentence vectors, their products and differences. The second
level, the mean of boosted trees, random trees and a regression, reads the figures and what the first says of pairs it
was not trained on.

Five folds by claim or trial: scaling and both levels are learnt on four and judged on the fifth; within the four, the
first level is asked of a fold only when trained on the other three. A pair that the checks call contradicted is never
called SUPPORT. A claim on a trial record is read, by the baselines too, without its sentences that speak of no trial.
"plain overlap" is a boosted tree on word overlap weighted by rarity, "fitted overlap" the same figure with thresholds
chosen for macro-F1 on the other folds.
"""

from __future__ import annotations

import argparse
import math
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from bedside import desk
from bedside.evaluation.claim_scores import calibration_error, curve, fold_of, macro_f1, recall_at
from bedside.evaluation.claim_sets import CLAIM_SETS, Label, Pair, read_claim_set
from bedside.evidence.semantic import Embedder
from bedside.llm.embedding import open_embedder
from bedside.settings import Settings
from bedside.verification.aid.alignment import Alignment, align, sentence_texts
from bedside.verification.aid.features import features_of
from bedside.verification.aid.meaning import meaning_of
from bedside.verification.aid.trial_clauses import on_trials
from bedside.verification.aid.trial_figures import trial_figures
from bedside.verification.aid.trial_record import read_record
from bedside.verification.judging import judge
from bedside.verification.terms import Terms
from bedside.verification.verdict import SHOWN, Verdict
from train_claim_aid import Kept, Rows, by_overlap, by_overlap_tree

Array = Any
Learner = Callable[[Array, Array], Array]
"""Trained on the pairs at the first places, it gives a row of numbers for each pair at the second."""

FOLDS = 5
_SHORT = 3.0  # mean sentences of evidence below which pairs of words are learnt too
_LINES, _LONG = 2, 30  # the sentences whose words are taken up, one more where there are many
_LEAST, _LEAST_PAIR = 3, 4  # pairs of texts that must hold a word, or a pair of words
_PAIR_WEIGHT = 0.35
_BOUND = 3.0
_PRODUCT = 20.0  # brings products of unit vectors to the size of their differences
_AGAINST = (Verdict.CONTRADICTED, Verdict.WRONG_FIGURE, Verdict.OVERSTATED)
_STRICT = 0.9
_RECALLS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7)


@dataclass(frozen=True, slots=True)
class Table:
    """A set as its models read it: all arrays have a row for each pair. ``claims`` and ``evidence`` are unit vectors,
    None without a model; ``verdicts`` are those of the checks.
    """

    name: str
    pairs: tuple[Pair, ...]
    overlap: list[float]
    figures: Array
    bags: tuple[Array, ...]
    claims: Array | None
    evidence: Array | None
    verdicts: tuple[Verdict, ...]

    @property
    def labels(self) -> Array:
        """The label of each pair."""
        return np.array([pair.label.value for pair in self.pairs])

    @property
    def folds(self) -> Array:
        """The fold of each pair."""
        return np.array([fold_of(pair.group, FOLDS) for pair in self.pairs])


def read_table(folder: Path, name: str, checks: Terms, embedder: Embedder | None) -> Table:
    """Read a set and compute what its models are told."""
    pairs = tuple(
        replace(pair, claim=on_trials(pair.claim)) if read_record(pair.evidence) else pair
        for pair in read_claim_set(folder, name)
    )
    laid = [align(pair.claim, pair.evidence) for pair in pairs]
    judged = [judge(pair.claim, pair.evidence, checks) for pair in pairs]
    rows = [
        {
            **features_of(each),
            **dict(trial_figures(pair.claim, pair.evidence)),
            **{f"checks: {verdict}": float(one.verdict is verdict) for verdict in Verdict},
            "checks: coverage": one.coverage,
        }
        for pair, each, one in zip(pairs, laid, judged, strict=True)
    ]
    claims = evidence = None
    if embedder is not None:
        meant = []
        for pair in pairs:
            first, *others = embedder.embed([pair.claim, *sentence_texts(pair.evidence)])
            meant.append(meaning_of(first, others))
        claims, evidence = np.array([each.claim for each in meant]), np.array([each.evidence for each in meant])
        for row, each in zip(rows, meant, strict=True):
            row.update(each.figures)
    return Table(
        name, pairs, [row["coverage"] for row in rows], np.array([list(row.values()) for row in rows]),
        tuple(_bags(laid)), claims, evidence, tuple(one.verdict for one in judged),
    )  # fmt: skip


def _bags(laid: Sequence[Alignment]) -> Iterator[Array]:
    """The bags of words of each pair, and of pairs of words where the evidence is short."""
    yield _matrix([dict.fromkeys(_words(each), 1.0) for each in laid], _LEAST)
    if sum(len(each.sentences) for each in laid) / len(laid) < _SHORT:
        yield _matrix([_crossed(each) for each in laid], _LEAST_PAIR)


def _taken_up(laid: Alignment) -> list[str]:
    lines = _LINES if len(laid.sentences) < _LONG else _LINES + 1
    return [term for at in laid.order[:lines] for term in laid.sentences[at].terms]


def _words(laid: Alignment) -> Iterator[str]:
    claim, evidence = laid.claim.present, frozenset(_taken_up(laid))
    yield from (f"claim {term}" for term in sorted(claim))
    yield from (f"claim {one} {two}" for one, two in sorted(laid.claim.neighbours))
    yield from (f"missing {term}" for term in sorted(claim - evidence))
    yield from (f"shared {term}" for term in sorted(claim & evidence))
    yield from (f"added {term}" for term in sorted(evidence - claim))


def _crossed(laid: Alignment) -> dict[str, float]:
    evidence = sorted(set(_taken_up(laid)))
    bag = dict.fromkeys(_words(laid), 1.0)
    bag.update({f"evidence {term}": 1.0 for term in evidence})
    for at in laid.order[:_LINES]:
        bag.update({f"evidence {one} {two}": 1.0 for one, two in sorted(laid.sentences[at].neighbours)})
    bag.update({f"{mine} against {theirs}": _PAIR_WEIGHT for mine in laid.claim.present for theirs in evidence})
    return bag


def _matrix(bags: Sequence[dict[str, float]], least: int) -> Array:
    """A sparse row of unit length for each bag, of what at least *least* bags hold: a word that is rarer than that
    could be learnt from nothing. Which words are common is counted without looking at a label.
    """
    counts = Counter(word for bag in bags for word in bag)
    place = {word: at for at, word in enumerate(sorted(word for word, count in counts.items() if count >= least))}
    values, rows, columns = [], [], []
    for row, bag in enumerate(bags):
        own = [(place[word], value) for word, value in bag.items() if word in place]
        length = math.sqrt(sum(value * value for _, value in own)) or 1.0
        values += [value / length for _, value in own]
        columns += [column for column, _ in own]
        rows += [row] * len(own)
    return csr_matrix((values, (rows, columns)), shape=(len(bags), len(place)))


def helped(tables: Sequence[Table]) -> list[Table]:
    """The tables, each with what the other sets that have NEUTRAL pairs teach of its figures and vectors: whether
    evidence leaves a claim open, and whether it is against it. A set that has no NEUTRAL stays as it is.
    """
    three = [table for table in tables if Label.NEUTRAL in table.labels]
    return [
        _helped(table, [each for each in three if each is not table]) if table in three else table for table in tables
    ]


def _helped(table: Table, others: Sequence[Table]) -> Table:
    if not others:
        return table
    whole = [*others, table]
    kernel = _both(np.vstack([each.figures for each in whole]), *_stacked(whole))
    labels = np.concatenate([each.labels for each in whole])
    own = np.arange(len(labels) - len(table.pairs), len(labels))
    known = np.arange(own[0])
    decided = known[labels[known] != Label.NEUTRAL]
    columns = []
    for places, yes in ((known, labels[known] == Label.NEUTRAL), (decided, labels[decided] == Label.REFUTE)):
        model = SVC(kernel="precomputed", C=1, class_weight="balanced").fit(kernel(places, places), yes)
        columns.append(model.decision_function(kernel(own, places)))
    return replace(table, figures=np.column_stack([table.figures, *columns]))


def _stacked(tables: Sequence[Table]) -> tuple[Array | None, Array | None]:
    claims = [table.claims for table in tables if table.claims is not None]
    evidence = [table.evidence for table in tables if table.evidence is not None]
    if len(claims) < len(tables):
        return None, None
    return np.vstack(claims), np.vstack(evidence)


def _both(figures: Array, claims: Array | None, evidence: Array | None) -> Callable[[Array, Array], Array]:
    """A kernel over figures, and vectors where there are any. Scaling looks at no label."""
    scaled = np.clip(StandardScaler().fit_transform(figures), -_BOUND, _BOUND)
    by_meaning = _by_meaning(claims, evidence) if claims is not None and evidence is not None else None

    def near(one: Array, other: Array) -> Array:
        plain = _near(scaled[one], scaled[other], 1.2 / scaled.shape[1])
        return plain if by_meaning is None else plain + by_meaning(one, other) / 2

    return near


def _by_meaning(claims: Array, evidence: Array) -> Callable[[Array, Array], Array]:
    """A kernel over unit vectors, their products and their differences."""
    products, differences = claims * evidence * _PRODUCT, claims - evidence

    def near(one: Array, other: Array) -> Array:
        both = _near(claims[one], claims[other], 0.7) * _near(evidence[one], evidence[other], 0.7)
        return both + _near(differences[one], differences[other], 1) + _near(products[one], products[other], 1)

    return near


def learners(table: Table, train: Array) -> list[Learner]:
    """The models of the first level; scaling is learnt from the places *train*."""
    scaled = np.clip(StandardScaler().fit(table.figures[train]).transform(table.figures), -_BOUND, _BOUND)
    width = scaled.shape[1]

    def figures(one: Array, other: Array) -> Array:
        return _near(scaled[one], scaled[other], 1.2 / width)

    made: list[Learner] = [_regression(table, bag, 2.0) for bag in table.bags]
    made += [_regression(table, scaled, 0.02), _machine(table, figures)]
    if table.claims is not None and table.evidence is not None:
        meant = _by_meaning(table.claims, table.evidence)
        made += [
            _machine(table, meant),
            _machine(table, lambda one, other: meant(one, other) + 2 * figures(one, other)),
        ]
    return made


def _near(one: Array, other: Array, sharpness: float) -> Array:
    apart = (one**2).sum(1)[:, None] + (other**2).sum(1)[None] - 2 * one @ other.T
    return np.exp(-sharpness * apart)


def _regression(table: Table, rows: Array, strength: float) -> Learner:
    def said(train: Array, test: Array) -> Array:
        columns = []
        for label in _asked(table):
            model = LogisticRegression(C=strength, solver="liblinear", class_weight="balanced")
            columns.append(model.fit(rows[train], table.labels[train] == label).decision_function(rows[test]))
        return np.array(columns).T

    return said


def _machine(table: Table, kernel: Callable[[Array, Array], Array]) -> Learner:
    def said(train: Array, test: Array) -> Array:
        known, asked = kernel(train, train), kernel(test, train)
        columns = []
        for label in _asked(table):
            model = SVC(kernel="precomputed", C=2, class_weight="balanced")
            columns.append(model.fit(known, table.labels[train] == label).decision_function(asked))
        return np.array(columns).T

    return said


def _asked(table: Table) -> list[str]:
    """The labels a yes-or-no question is asked of: all, or one where there are two."""
    labels = sorted(set(table.labels.tolist()))
    return labels if Label.NEUTRAL in labels else labels[1:]


def cross_validated(table: Table) -> Array:
    """The probability of each label, in the order of their names, of each pair by what never saw its fold."""
    labels, folds = table.labels, table.folds
    found = np.zeros((len(labels), len(set(labels.tolist()))))
    for fold in range(FOLDS):
        train, test = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        inner, outer = [], []
        for learner in learners(table, train):
            said = np.zeros((len(labels), len(_asked(table))))
            for other in set(range(FOLDS)) - {fold}:
                own = np.flatnonzero(folds == other)
                said[own] = learner(train[folds[train] != other], own)
            inner.append(said[train])
            outer.append(learner(train, test))
        told, asked = np.hstack(inner), np.hstack(outer)
        whole, whole_asked = np.hstack([table.figures[train], told]), np.hstack([table.figures[test], asked])
        for model, known, new in (
            (_boosted(), whole, whole_asked),
            (_random(), whole, whole_asked),
            (LogisticRegression(class_weight="balanced", max_iter=1000), told, asked),
        ):
            found[test] += model.fit(known, labels[train]).predict_proba(new) / 3
    return found


def _boosted() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=100, learning_rate=0.05, max_leaf_nodes=8, min_samples_leaf=20, l2_regularization=5,
        class_weight="balanced", max_features=0.3, random_state=0,
    )  # fmt: skip


def _random() -> ExtraTreesClassifier:
    return ExtraTreesClassifier(
        300, min_samples_leaf=5, class_weight="balanced", max_features=0.3, random_state=0, n_jobs=1
    )


def bounded(table: Table, probabilities: Array) -> Array:
    """The same with no support where the checks found a contradiction."""
    held = probabilities.copy()
    at = sorted(set(table.labels.tolist())).index(Label.SUPPORT)
    held[[verdict is Verdict.CONTRADICTED for verdict in table.verdicts], at] = 0
    return held


def calibrated(table: Table, support: Array) -> Array:
    """Probabilities of support, each fold's fitted to what happened in the others."""
    held = np.clip(support, 1e-6, 1 - 1e-6)
    figure = np.log(held / (1 - held))[:, None]
    yes, folds = table.labels == Label.SUPPORT, table.folds
    found = np.zeros(len(yes))
    for fold in range(FOLDS):
        known = (folds != fold) & (support > 0)
        own = folds == fold
        found[own] = LogisticRegression(C=1e6).fit(figure[known], yes[known]).predict_proba(figure[own])[:, 1]
    return np.where(support > 0, found, 0)


def held_out(table: Table, support: Array, allowed: Array) -> tuple[float, float]:
    """The precision and recall of support where each fold's threshold is the lowest that reaches 0.90 on the others."""
    yes, folds = table.labels == Label.SUPPORT, table.folds
    named = np.zeros(len(yes), bool)
    for fold in range(FOLDS):
        known = (folds != fold) & allowed
        points = [p for p in curve(support[known].tolist(), yes[known].tolist()) if p.precision >= _STRICT]
        if points:
            named |= (folds == fold) & allowed & (support >= points[-1].threshold)
    hits = (named & yes).sum()
    return float(hits / max(1, named.sum())), float(hits / yes.sum())


def show(tables: Sequence[Table], title: str) -> None:
    """Cross-validate every set and print its scores."""
    print(f"\n{title}: macro-F1 and points over each baseline")
    print("| set | pairs | plain overlap | fitted overlap | model | over plain | over fitted | accuracy |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    results = []
    for table in tables:
        said = bounded(table, cross_validated(table))
        names = sorted(set(table.labels.tolist()))
        labels = np.array(names)[said.argmax(1)]
        rows = Rows(
            list(table.pairs), [table.name] * len(table.pairs), [{"coverage": each} for each in table.overlap], [], ()
        )
        scores = [
            macro_f1(table.labels.tolist(), list(each), names)
            for each in (by_overlap_tree(rows), by_overlap(rows), labels.tolist())
        ]
        gains = [100 * (scores[2] - each) for each in scores[:2]]
        right = (labels == table.labels).mean()
        print(
            f"| {table.name} | {len(labels)} | {' | '.join(f'{each:.3f}' for each in scores)} |"
            f" {gains[0]:+.1f} | {gains[1]:+.1f} | {right:.3f} |",
            flush=True,
        )
        results.append((table, said[:, names.index(Label.SUPPORT)]))
    _show_support(results)


def _show_support(results: Sequence[tuple[Table, Array]]) -> None:
    recalls = " | ".join(f"{each:.2f}" for each in _RECALLS)
    print(
        f"\n| precision of SUPPORT at recall | {recalls} | recall at 0.90 | threshold from other folds | calibration |"
    )
    for table, support in results:
        yes = table.labels == Label.SUPPORT
        fitted = calibrated(table, support)
        error = calibration_error(fitted.tolist(), yes.tolist())
        routes = {
            "aid alone": np.ones(len(yes), bool),
            "and checks not against": np.array([each not in _AGAINST for each in table.verdicts]),
            "and checks support": np.array([each in SHOWN for each in table.verdicts]),
        }
        for route, allowed in routes.items():
            figures = np.where(allowed, support, -1.0)
            points = [point for point in curve(figures.tolist(), yes.tolist()) if point.threshold >= 0]
            best = [max((p.precision for p in points if p.recall >= least), default=math.nan) for least in _RECALLS]
            cells = " | ".join("-" if math.isnan(each) else f"{each:.2f}" for each in best)
            precision, recall = held_out(table, support, allowed)
            print(
                f"| {table.name}, {route} | {cells} | {recall_at(points, _STRICT):.3f} |"
                f" {precision:.2f} at {recall:.3f} | {error:.3f} |",
                flush=True,
            )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--sets", nargs="+", choices=list(CLAIM_SETS), default=list(CLAIM_SETS), metavar="SET")
    given = parser.parse_args(arguments)
    warnings.simplefilter("ignore")  # the number of passes is the choice
    checks = desk.open(Settings.load({}), lambda _: None).checks
    if not given.model:
        show(helped([read_table(given.folder, name, checks, None) for name in given.sets]), "base")
        return 0
    embedder = open_embedder(given.model)
    kept = Kept(embedder, given.vectors) if given.vectors else None
    tables = [read_table(given.folder, name, checks, kept or embedder) for name in given.sets]
    if kept:
        kept.save()
    show(helped(tables), "semantic")
    return 0


if __name__ == "__main__":
    sys.exit(main())
