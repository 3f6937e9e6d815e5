"""Train the learned aid on the public claim sets, and print what cross-validation says of it.

    python benchmarks/train_claim_aid.py FOLDER [--model MODEL] [--vectors FILE] [--learn-from SET ...] [--write]
    python benchmarks/train_claim_aid.py FOLDER --rarities

FOLDER holds the data sets (see bedside.evaluation.claim_sets). With MODEL, the folder of all-MiniLM-L6-v2
(docs/semantic.md), the configuration "semantic" is trained as well; FILE keeps its vectors from run to run.
With ``--learn-from`` only the sets named are learnt from, and all are judged: what the aid makes of sets it never saw.
``--write`` trains on all pairs and writes the weights and the hashes of the data card into the package;
``--rarities`` instead counts terms in the abstracts and full texts of FOLDER and writes the rarities the weights need.

Every figure is from five folds in which no claim or trial is on both sides; scaling, reduction and calibration are
learnt inside the folds. Two questions are learnt: whether the evidence leaves a claim open (from the sets that have
NEUTRAL pairs), and whether it is against the claim (from all pairs that are not NEUTRAL). Each set and label weighs
as the square root of the set's size. "overlap" is word overlap weighted by rarity, with two thresholds (one for NLI4CT,
which has no NEUTRAL) that are best for macro-F1 on the other folds; "overlap, tree" is a boosted tree on that one
figure, which aims at accuracy instead. What can be learnt of each set by itself is measured by claim_set_models.py.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import pickle
import sys
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.decomposition import PCA
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

import bedside.verification.aid as aid_package
from bedside.evaluation.claim_scores import (
    calibration_error,
    curve,
    fitted_thresholds,
    fold_of,
    macro_f1,
    recall_at,
    splits,
)
from bedside.evaluation.claim_sets import CLAIM_SETS, Label, Pair, read_claim_set
from bedside.evidence.analysis import terms
from bedside.evidence.semantic import Embedder
from bedside.llm.embedding import open_embedder
from bedside.verification.aid.alignment import sentence_texts
from bedside.verification.aid.claim_aid import GRAIN, ClaimAid, Probabilities
from bedside.verification.aid.features import features
from bedside.verification.aid.meaning import Meaning, meaning_of
from search_collections import Data

HOME = Path(aid_package.__file__).parent
ORDER = (Label.NEUTRAL, Label.REFUTE, Label.SUPPORT)
PENALTY, PASSES, AXES = 0.1, 20, 40
NETWORKS = {False: (3, 24), True: (2, 16)}
"""Without and with vectors: networks, and units of each. What is written stays below 300 kB."""
TREES, LEAVES, RATE = 150, 10, 0.06
_SCALE, _BOUND = 0.5, 2.0
_DIGITS = 3
_LEAST_SEEN = 12

Array = Any


@dataclass(frozen=True, slots=True)
class Rows:
    """The pairs of all sets with their figures; ``meant`` is empty in the base configuration.

    Only pairs of the sets in ``learnt`` are trained on; all are judged.
    """

    pairs: list[Pair]
    sets: list[str]
    figures: list[dict[str, float]]
    meant: list[Meaning]
    learnt: tuple[str, ...]

    def labels(self) -> Array:
        """The label of each pair."""
        return np.array([pair.label.value for pair in self.pairs])


def gather(folder: Path, embedder: Embedder | None, learnt: Sequence[str]) -> Rows:
    """Read the sets and compute the figures of their pairs."""
    pairs: list[Pair] = []
    sets: list[str] = []
    for name in CLAIM_SETS:
        found = read_claim_set(folder, name)
        pairs += found
        sets += [name] * len(found)
    figures = [features(pair.claim, pair.evidence) for pair in pairs]
    meant = []
    if embedder is not None:
        for pair in pairs:
            first, *others = embedder.embed([pair.claim, *sentence_texts(pair.evidence)])
            meant.append(meaning_of(first, others))
    return Rows(pairs, sets, figures, meant, tuple(learnt))


class Kept:
    """An embedder that reads each text once, and keeps the vectors in a file from run to run."""

    def __init__(self, inner: Embedder, path: Path) -> None:
        self._inner, self._path = inner, path
        self._known: dict[str, Array] = {}
        if path.is_file():
            name, known = pickle.loads(path.read_bytes())  # noqa: S301 - this program's own file
            self._known = known if name == inner.name else {}

    @property
    def name(self) -> str:
        """That of the model."""
        return self._inner.name

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """The vectors, from memory where the text was read before."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(
            {text: np.array(vector, np.float32) for text, vector in zip(new, self._inner.embed(new), strict=True)}
        )
        return [self._known[text].tolist() for text in texts]

    def save(self) -> None:
        """Write the vectors."""
        self._path.write_bytes(pickle.dumps((self.name, self._known)))


def weights_of(sets: Array, yes: Array) -> Array:
    """A weight for each pair: within a set both answers weigh the same, a set as the square root of its size."""
    weights = np.zeros(len(yes))
    for name in sorted(set(sets)):
        for answer in (True, False):
            own = (sets == name) & (yes == answer)
            if own.any():
                weights[own] = math.sqrt((sets == name).sum()) / own.sum()
    return weights / weights.mean()


def prepared(rows: Rows, train: Sequence[int]) -> dict[str, Any]:
    """How inputs are made from figures and vectors, learnt from the pairs *train*: the head of a weights file."""
    known = [{**rows.figures[at], **(rows.meant[at].figures if rows.meant else {})} for at in train]
    names = list(known[0])
    table = np.array([[row[name] for name in names] for row in known])
    spread = table.std(axis=0)
    head: dict[str, Any] = {
        "figures": names,
        "centres": _short(table.mean(axis=0)),
        "scales": _short(np.where(spread > 0, _SCALE / np.where(spread > 0, spread, 1), 0)),
        "axes": [],
        "axis_centres": [],
    }
    if rows.meant:
        claims = np.array([rows.meant[at].claim for at in train])
        both = np.vstack([claims, np.array([rows.meant[at].evidence for at in train])])
        reduced = PCA(AXES, svd_solver="full").fit(both)
        axes = reduced.components_ * (_SCALE / reduced.transform(claims).std())
        head["axes"] = _short(axes)
        head["axis_centres"] = _short(axes @ reduced.mean_)
    return head


def inputs(rows: Rows, head: dict[str, Any]) -> Array:
    """The inputs of every pair, by the package's own code."""
    blank = {"networks": [], "trees": {"start": 0, "rate": 0, "roots": []}, "slope": 1, "offset": 0}
    aid = ClaimAid.of({**head, "left_open": blank, "against": blank})
    meant: Sequence[Meaning | None] = rows.meant or [None] * len(rows.pairs)
    return np.array([list(aid.inputs(*each)) for each in zip(rows.figures, meant, strict=True)])


@dataclass(frozen=True, slots=True)
class Trained:
    """What answers one question: networks that read all inputs, and trees that read the figures, the first *width*."""

    networks: list[MLPClassifier]
    trees: GradientBoostingClassifier
    width: int

    def probability(self, table: Array) -> Array:
        """The probability of a yes for each row of inputs, not calibrated."""
        by_networks = np.mean([network.predict_proba(table)[:, 1] for network in self.networks], axis=0)
        return (by_networks + self.trees.predict_proba(table[:, : self.width])[:, 1]) / 2


def trained(table: Array, yes: Array, weights: Array, width: int) -> Trained:
    """Train for one question. The weights are rounded as they are written, so what is measured is what is shipped."""
    networks = []
    number, units = NETWORKS[table.shape[1] > width]
    for seed in range(number):
        network = MLPClassifier((units,), alpha=PENALTY, max_iter=PASSES, batch_size=64, random_state=seed)
        network.fit(table, yes, sample_weight=weights)
        network.coefs_ = [np.array(_short(each)) for each in network.coefs_]
        network.intercepts_ = [np.array(_short(each)) for each in network.intercepts_]
        networks.append(network)
    trees = GradientBoostingClassifier(
        n_estimators=TREES, learning_rate=RATE, max_leaf_nodes=LEAVES, max_depth=None, min_samples_leaf=25,
        subsample=0.6, max_features=0.2, random_state=0,
    )  # fmt: skip
    trees.fit(table[:, :width], yes, sample_weight=weights)
    for [tree] in trees.estimators_:
        tree.tree_.value[:] = np.array(_short(tree.tree_.value))
    return Trained(networks, trees, width)


def calibration(raw: Array, yes: Array, weights: Array) -> tuple[float, float]:
    """Slope and offset that make *raw* probabilities, of pairs that were not trained on, fit what happened."""
    fit = LogisticRegression(C=1e6).fit(_logit(raw)[:, None], yes, sample_weight=weights)
    return round(float(fit.coef_[0, 0]), _DIGITS), round(float(fit.intercept_[0]), _DIGITS)


def exported(known: Trained, slope: float, offset: float) -> dict[str, Any]:
    """What answers a question as it is written."""
    networks = [
        {
            "hidden": network.coefs_[0].T.tolist(),
            "offsets": network.intercepts_[0].tolist(),
            "output": network.coefs_[1][:, 0].tolist(),
            "offset": float(network.intercepts_[1][0]),
        }
        for network in known.networks
    ]
    prior = float(known.trees.init_.class_prior_[1])
    trees = {
        "start": math.log(prior / (1 - prior)),
        "rate": RATE,
        "roots": [_nested(tree.tree_, 0) for [tree] in known.trees.estimators_],
    }
    return {"networks": networks, "trees": trees, "slope": slope, "offset": offset}


def _nested(tree: Any, at: int) -> Any:
    """A node as it is written: its edge half-way between two multiples of ``GRAIN``, which all inputs are."""
    lower, upper = int(tree.children_left[at]), int(tree.children_right[at])
    if lower == upper:
        return float(tree.value[at, 0, 0])
    edge = round((math.floor(tree.threshold[at] / GRAIN) + 0.5) * GRAIN, 5)
    return [int(tree.feature[at]), edge, _nested(tree, lower), _nested(tree, upper)]


@dataclass(frozen=True, slots=True)
class Question:
    """One of the two questions: which pairs it is learnt from, and which of them are a yes."""

    name: str
    asked: Array
    yes: Array


def questions(rows: Rows) -> tuple[Question, Question]:
    """Whether the evidence leaves the claim open, and whether it is against it."""
    labels, sets = rows.labels(), np.array(rows.sets)
    three = np.isin(sets, [name for name in CLAIM_SETS if ((sets == name) & (labels == Label.NEUTRAL)).any()])
    decided, learnt = labels != Label.NEUTRAL, np.isin(sets, rows.learnt)
    return (
        Question("left_open", learnt & three, ~decided),
        Question("against", learnt & decided, labels == Label.REFUTE),
    )


def cross_validated(rows: Rows) -> tuple[dict[str, Array], dict[str, Array]]:
    """For each question the probability of each pair by what was trained on neither its claim nor its trial: as it
    came out, and calibrated by the other folds.
    """
    sets = np.array(rows.sets)
    groups = [pair.group for pair in rows.pairs]
    raw = {question.name: np.zeros(len(sets)) for question in questions(rows)}
    for train, test in splits(groups):
        head = prepared(rows, [at for at in train if rows.sets[at] in rows.learnt])
        table = inputs(rows, head)
        chosen = np.zeros(len(sets), bool)
        chosen[train] = True
        for question in questions(rows):
            own = chosen & question.asked
            yes = question.yes[own]
            known = trained(table[own], yes, weights_of(sets[own], yes), len(head["figures"]))
            raw[question.name][test] = known.probability(table[test])
    calibrated = {name: each.copy() for name, each in raw.items()}
    fold = np.array([fold_of(group) for group in groups])
    for number in sorted(set(fold.tolist())):
        for question in questions(rows):
            own = (fold != number) & question.asked
            fit = calibration(raw[question.name][own], question.yes[own], weights_of(sets[own], question.yes[own]))
            calibrated[question.name][fold == number] = _logistic(
                fit[0] * _logit(raw[question.name][fold == number]) + fit[1]
            )
    return raw, calibrated


def final(rows: Rows, raw: dict[str, Array]) -> dict[str, Any]:
    """The weights file: trained on every pair, calibrated on what cross-validation said of them."""
    sets = np.array(rows.sets)
    head = prepared(rows, np.flatnonzero(np.isin(sets, rows.learnt)).tolist())
    table = inputs(rows, head)
    for question in questions(rows):
        own, yes = question.asked, question.yes[question.asked]
        weights = weights_of(sets[own], yes)
        known = trained(table[own], yes, weights, len(head["figures"]))
        head[question.name] = exported(known, *calibration(raw[question.name][own], yes, weights))
    return head


def said(rows: Rows, calibrated: dict[str, Array]) -> list[str]:
    """The label of each pair; NLI4CT has no NEUTRAL."""
    labels = []
    for name, neutral, against in zip(rows.sets, calibrated["left_open"], calibrated["against"], strict=True):
        neutral_here = 0.0 if name == "nli4ct" else float(neutral)
        stance = Probabilities((1 - neutral_here) * (1 - against), (1 - neutral_here) * against, neutral_here).likeliest
        labels.append(stance.upper())
    return labels


def by_overlap(rows: Rows) -> list[str]:
    """The labels of word overlap with thresholds."""
    labels = [pair.label.value for pair in rows.pairs]
    figures = [row["coverage"] for row in rows.figures]
    found = list(labels)
    for name in dict.fromkeys(rows.sets):
        places = [at for at, each in enumerate(rows.sets) if each == name]
        held = [label for label in ORDER if any(labels[at] == label for at in places)]
        for train, test in splits([rows.pairs[at].group for at in places]):
            chosen = [places[at] for at in train]
            fit = fitted_thresholds([figures[at] for at in chosen], [labels[at] for at in chosen], held)
            for at in test:
                found[places[at]] = fit.label(figures[places[at]])
    return found


def by_overlap_tree(rows: Rows) -> list[str]:
    """The labels of a boosted tree on word overlap."""
    labels = rows.labels()
    figures = np.array([[row["coverage"]] for row in rows.figures])
    found = labels.copy()
    for name in dict.fromkeys(rows.sets):
        places = np.flatnonzero(np.array(rows.sets) == name)
        for train, test in splits([rows.pairs[at].group for at in places]):
            tree = GradientBoostingClassifier(n_estimators=50, max_leaf_nodes=4, max_depth=None, random_state=0)
            tree.fit(figures[places[train]], labels[places[train]])
            found[places[test]] = tree.predict(figures[places[test]])
    return [str(each) for each in found]


def table_line(title: str, rows: Rows, labels: Sequence[str]) -> str:
    """The macro-F1 of *labels* on each set."""
    cells = []
    for name in CLAIM_SETS:
        own = [at for at, each in enumerate(rows.sets) if each == name]
        true = [rows.pairs[at].label.value for at in own]
        held = [label for label in ORDER if label in true]
        cells.append(f"{macro_f1(true, [labels[at] for at in own], held):.3f}")
    return f"| {title} | {' | '.join(cells)} |"


def show_curve(rows: Rows, calibrated: dict[str, Array]) -> None:
    """How precise "supported" is at each recall, on each set and on all."""
    support = (1 - calibrated["left_open"]) * (1 - calibrated["against"])
    recalls = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
    print("\n| precision of SUPPORT at recall |", " | ".join(map(str, recalls)), "| recall at precision 0.90 | share |")
    for name in (*CLAIM_SETS, "the three with NEUTRAL", "all"):
        own = [at for at, each in enumerate(rows.sets) if _belongs(each, name)]
        right = [rows.pairs[at].label is Label.SUPPORT for at in own]
        points = curve([float(support[at]) for at in own], right)
        best = [max(point.precision for point in points if point.recall >= least) for least in recalls]
        cells = " | ".join(f"{each:.2f}" for each in best)
        print(f"| {name} | {cells} | {recall_at(points, 0.9):.3f} | {sum(right) / len(right):.2f} |")


def _belongs(name: str, wanted: str) -> bool:
    return wanted in ("all", name) or (wanted.startswith("the three") and name != "nli4ct")


def show_calibration(rows: Rows, raw: dict[str, Array], calibrated: dict[str, Array]) -> None:
    """The expected calibration error of each question, before and after, every pair counted once."""
    for question in questions(rows):
        yes = question.yes[question.asked].tolist()
        errors = [calibration_error(each[question.name][question.asked].tolist(), yes) for each in (raw, calibrated)]
        print(f"calibration error of {question.name}: {errors[0]:.3f} as it came out, {errors[1]:.3f} calibrated")


def write_weights(configuration: str, weights: dict[str, Any]) -> None:
    """Write a weights file and its hash into the data card."""
    text = json.dumps(weights, separators=(",", ":"), ensure_ascii=False)
    _write(f"weights_{configuration}.json", text.replace('],"', '],\n"').replace('},"', '},\n"') + "\n")


def write_rarities(data: Data) -> None:
    """Count in how many texts each term is, and write the rarities of those that are not the rarest."""
    counts: Counter[str] = Counter()
    texts = 0
    sampled = (("pubmed_abstracts/abstracts.jsonl.zst", 2), ("pmc_fulltext/passages.jsonl.zst", 12))
    for path, step in sampled:
        for at, row in enumerate(data.rows(path)):
            if at % step == 0:
                texts += 1
                counts.update(set(terms(" ".join(str(row.get(key) or "") for key in ("title", "abstract", "text")))))
    lines: dict[str, list[str]] = {}
    for term, count in counts.items():
        if count >= _LEAST_SEEN and not term.replace(".", "").isdigit():
            lines.setdefault(f"{math.log(texts / count):.1f}", []).append(term)
    ordered = {rarity: " ".join(sorted(lines[rarity])) for rarity in sorted(lines, key=float)}
    _write("rarities.json", json.dumps(ordered, indent=0, ensure_ascii=False) + "\n")
    print(f"{texts} texts, {sum(map(len, lines.values()))} terms")


def _write(name: str, text: str) -> None:
    (HOME / name).write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    card = HOME / "DATA_CARD.md"
    lines = card.read_text(encoding="utf-8").splitlines()
    kept = [f"| `{name}` | {digest} |" if line.startswith(f"| `{name}` |") else line for line in lines]
    card.write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{name}: {len(text.encode())} bytes, sha256 {digest}")


def _short(values: Array) -> Any:
    """Numbers with three significant digits, as lists: what is written is what was measured."""
    if np.ndim(values):
        return [_short(each) for each in values]
    return float(f"{float(values):.{_DIGITS}g}")


def _logit(probabilities: Array) -> Array:
    held = np.clip(probabilities, 1e-12, 1 - 1e-12)
    return np.log(held / (1 - held))


def _logistic(values: Array) -> Array:
    return 1 / (1 + np.exp(-values))


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure and print."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--learn-from", nargs="+", choices=list(CLAIM_SETS), default=list(CLAIM_SETS), metavar="SET")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--rarities", action="store_true")
    given = parser.parse_args(arguments)
    if given.rarities:
        write_rarities(Data(given.folder))
        return 0
    warnings.simplefilter("ignore", ConvergenceWarning)  # the number of passes is the choice
    rows = gather(given.folder, None, given.learn_from)
    print("| macro-F1 |", " | ".join(CLAIM_SETS), "|\n| --- |", "--- | " * len(CLAIM_SETS))
    print(table_line("overlap", rows, by_overlap(rows)))
    print(table_line("overlap, tree", rows, by_overlap_tree(rows)), flush=True)
    measure("base", rows, write=given.write)
    if given.model:
        embedder = open_embedder(given.model)
        kept = Kept(embedder, given.vectors) if given.vectors else None
        rows = gather(given.folder, kept or embedder, given.learn_from)
        if kept:
            kept.save()
        measure("semantic", rows, write=given.write)
    return 0


def measure(configuration: str, rows: Rows, *, write: bool) -> None:
    """Cross-validate one configuration, print its figures, and train and write it where that is asked."""
    raw, calibrated = cross_validated(rows)
    print(table_line(configuration, rows, said(rows, calibrated)))
    show_curve(rows, calibrated)
    show_calibration(rows, raw, calibrated)
    if write:
        write_weights(configuration, final(rows, raw))


if __name__ == "__main__":
    sys.exit(main())
