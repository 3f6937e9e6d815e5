"""The public sets of claims with the evidence they were judged against, read into one shape.

The files are JSON lines, plain or compressed with zstd (then the package ``zstandard`` is needed), in one folder a set:

- ``scifact``: an expert's claim and a cited abstract, given whole; an abstract that is cited and not judged to decide
  the claim is NEUTRAL;
- ``healthver``: a claim found by a search engine and a snippet of a paper;
- ``check_covid``: a claim from the news and the sentences of an abstract it was judged by;
- ``nli4ct``: a statement on one or two trial records and the section it is about, given whole; never NEUTRAL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bedside.errors import InputRefused
from bedside.evaluation.data_rows import rows as _rows


class Label(StrEnum):
    """What a piece of evidence does to a claim."""

    SUPPORT = "SUPPORT"
    REFUTE = "REFUTE"
    NEUTRAL = "NEUTRAL"


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, the evidence it was judged against and the judgement.

    ``evidence`` is its sentences or lines, a line each. Pairs of one ``group`` share a claim or a trial and must never
    be on both sides of a split; groups of different sets have different names.
    """

    id: str
    group: str
    claim: str
    evidence: str
    label: Label


_LABELS = {
    "SUPPORT": Label.SUPPORT,
    "CONTRADICT": Label.REFUTE,
    "Supports": Label.SUPPORT,
    "Refutes": Label.REFUTE,
    "Neutral": Label.NEUTRAL,
    "REFUTE": Label.REFUTE,
    "NOTENOUGHINFO": Label.NEUTRAL,
    "Entailment": Label.SUPPORT,
    "Contradiction": Label.REFUTE,
}


def read_claim_set(folder: Path, name: str) -> tuple[Pair, ...]:
    """The pairs of the set *name* (see ``CLAIM_SETS``) below *folder*, in the order of its files.

    Raises InputRefused when the set is unknown, a file is missing, or a record has not the fields of its set.
    """
    if name not in CLAIM_SETS:
        raise InputRefused(f"There is no claim set {name!r}.", f"The sets are {', '.join(CLAIM_SETS)}.")
    try:
        return tuple(CLAIM_SETS[name](folder / name))
    except (KeyError, TypeError, ValueError) as error:
        raise InputRefused(f"{folder / name}: a record is not as in {name}: {error!r}.", "See its README.") from error


def _scifact(folder: Path) -> Iterator[Pair]:
    abstracts = {row["doc_id"]: "\n".join((row["title"], *row["sentences"])) for row in _rows(folder, "corpus")}
    for row in _rows(folder, "claims.dev"):
        labels = {each["doc_id"]: _LABELS[each["label"]] for each in row["evidence"]}
        for document in dict.fromkeys((*row["cited_doc_ids"], *labels)):
            label = labels.get(document, Label.NEUTRAL)
            group = f"scifact:{_claim_key(row['claim'])}"
            yield Pair(f"scifact:{row['id']}:{document}", group, row["claim"], abstracts[document], label)


def _healthver(folder: Path) -> Iterator[Pair]:
    for row in _rows(folder, "pairs.dev"):
        group = f"healthver:{_claim_key(row['claim'])}"
        yield Pair(f"healthver:{row['id']}", group, row["claim"], row["evidence"], _LABELS[row["label"]])


def _check_covid(folder: Path) -> Iterator[Pair]:
    abstracts = {row["cord_id"]: row["abstract"] for row in _rows(folder, "corpus")}
    rows = list(_rows(folder, "claims.dev"))
    # Claims were written in families: one from the news, its negation and its variants share the start of their id,
    # and a family may share a claim with another.
    family = joined((row["id"].rpartition("_")[0], _claim_key(row["claim"])) for row in rows)
    for row in rows:
        abstract = abstracts[row["cord_id"]]
        places = sorted({each["sent_index"] for each in row["evidence_set"]})
        evidence = "\n".join(abstract[place] for place in places)
        group = f"check_covid:{family[_claim_key(row['claim'])]}"
        yield Pair(f"check_covid:{row['id']}", group, row["claim"], evidence, _LABELS[row["label"]])


def _nli4ct(folder: Path) -> Iterator[Pair]:
    trials = {row["nct_id"]: row for row in _rows(folder, "trials")}
    rows = [row for year in (2023, 2024) for row in _rows(folder, f"statements_{year}.dev")]
    family = joined(_trials_of(row) for row in rows)
    for row in rows:
        sections = [trials[trial][row["Section_id"]] for trial in _trials_of(row)]
        evidence = "\n".join(_section(which, lines) for which, lines in zip(_TRIALS, sections, strict=False))
        label = _LABELS[row["Label"]]
        group = f"nli4ct:{family[row['Primary_id']]}"
        yield Pair(f"nli4ct:{row['year']}:{row['id']}", group, row["Statement"], evidence, label)


_TRIALS = ("primary", "secondary")


def _trials_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    second = row.get("Secondary_id")
    return (row["Primary_id"], second) if second else (row["Primary_id"],)


def _section(which: str, lines: Iterable[str]) -> str:
    return "\n".join((f"The {which} trial:", *(line.strip() for line in lines)))


def _claim_key(claim: str) -> str:
    return " ".join(claim.casefold().split()).rstrip(" .?!")


def joined(ties: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """For every name in *ties* the name of its family: names in one tie, or joined by a chain of ties, share it."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for first, *others in ties:
        for other in (first, *others):
            one, two = sorted((root(first), root(other)))
            parent[two] = one
    return {name: root(name) for name in parent}


CLAIM_SETS: Mapping[str, Callable[[Path], Iterator[Pair]]] = {
    "scifact": _scifact,
    "healthver": _healthver,
    "check_covid": _check_covid,
    "nli4ct": _nli4ct,
}
"""The reader of each set, by the name of its folder."""
