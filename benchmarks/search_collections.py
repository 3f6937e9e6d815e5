"""Collections with questions and judgements that the search is measured on, read from a folder of data sets.

Nothing of them is part of bedside. Each reader gives a `Collection` in one form; the folder's README names origin and
licence of every set. A file that is not there raises FileNotFoundError.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import zstandard

from bedside.evidence.candidate import Candidate

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Collection:
    """Units to search, questions, and for each question the ids of what answers it with their grades.

    ``within`` maps a question to the source it is asked inside of; empty for a search of everything. ``per_source`` is
    0 where passages are judged, 1 where documents are. ``measure`` is "nDCG@10", "hit@3" or "hit@10".
    """

    name: str
    units: Sequence[Candidate]
    questions: Mapping[str, str]
    relevant: Mapping[str, Mapping[str, int]]
    measure: str = "nDCG@10"
    within: Mapping[str, str] = field(default_factory=dict)
    per_source: int = 1


def score(measure: str, ranked: Sequence[str], relevant: Mapping[str, int]) -> float:
    """*measure* for one question: ids in their order against the grades of those that answer it."""
    name, depth = measure.split("@")
    first = ranked[: int(depth)]
    if name == "hit":
        return float(any(found in relevant for found in first))
    gained = _gain(relevant.get(found, 0) for found in first)
    return gained / _gain(sorted(relevant.values(), reverse=True)[: int(depth)])


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades))


class Data:
    """A folder of data sets."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def rows(self, path: str) -> Iterator[Row]:
        """The rows of one file of JSON lines."""
        with zstandard.open(self._folder / path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)

    def scifact(self) -> Collection:
        """Claims and the abstracts they cite."""
        questions = {row["query_id"]: row["text"] for row in self.rows("scifact/queries_beir.dev.jsonl.zst")}
        rows = self.rows("scifact/qrels_train_beir.dev.jsonl.zst")
        relevant = _graded((row["query_id"], row["doc_id"], row["grade"]) for row in rows)
        return Collection("SciFact", list(self._scifact_units()), questions, relevant)

    def bioasq(self) -> Collection:
        """Questions of biomedical experts and the snippets they chose, all snippets in one pool."""
        ids: dict[tuple[str, str], str] = {}
        questions: dict[str, str] = {}
        judged: list[tuple[str, str, int]] = []
        for row in self.rows("bioasq/golden_7b_11b.dev.jsonl.zst"):
            questions[row["id"]] = row["question"]
            for snippet in row["snippets"]:
                name = ids.setdefault((snippet["pmid"], snippet["text"]), f"snippet-{len(ids)}")
                judged.append((row["id"], name, 1))
        units = [Candidate(name, f"pmid-{pmid}", "", "", text) for (pmid, text), name in ids.items()]
        return Collection("BioASQ snippets", units, questions, _graded(judged), per_source=0)

    def drug_reviews(self) -> Collection:
        """Names of drug classes and what systematic reviews of them included, grade 2 after the full text."""
        rows = [row for row in self.rows("cohen2006_sr/qrels.dev.jsonl.zst") if row["grade"]]
        relevant = _graded((row["topic"], f"pmid-{row['pmid']}", row["grade"]) for row in rows)
        units = [_abstract(row) for row in self.rows("cohen2006_sr/corpus.jsonl.zst")]
        return Collection("drug-class reviews", units, {topic: topic for topic in relevant}, relevant)

    def covid_claims(self) -> Collection:
        """Claims from the news and the journal abstract that settles each."""
        rows = [row for row in self.rows("check_covid/claims.dev.jsonl.zst") if row["label"] != "NOTENOUGHINFO"]
        relevant = _graded((f"{row['id']}/{row['cord_id']}", row["cord_id"], 1) for row in rows)
        units = [
            Candidate(row["cord_id"], row["cord_id"], row["title"], "", " ".join(row["abstract"]))
            for row in self.rows("check_covid/corpus.jsonl.zst")
        ]
        questions = {f"{row['id']}/{row['cord_id']}": row["claim"] for row in rows}
        return Collection("Check-COVID", units, questions, relevant)

    def plaba(self, name: str, units: Sequence[Candidate]) -> Collection:
        """Questions of the public and ten abstracts for each, over *units* that hold the PubMed abstracts."""
        rows = list(self.rows("plain_language/plaba.dev.jsonl.zst"))
        questions = {row["question_id"]: row["question"] for row in rows}
        relevant = _graded((row["question_id"], f"pmid-{row['pmid']}", 1) for row in rows)
        return Collection(name, units, questions, relevant)

    def pubmedqa(self, units: Sequence[Candidate]) -> Collection:
        """Questions that are titles of abstracts, to find that abstract among *units*, where it has no title."""
        rows = list(self.rows("pubmedqa/pqal.dev.jsonl.zst"))
        questions = {row["pmid"]: row["question"] for row in rows}
        relevant = {row["pmid"]: {f"pmid-{row['pmid']}": 1} for row in rows}
        return Collection("PubMedQA known item", units, questions, relevant, "hit@10")

    def evidence_inference(self) -> Collection:
        """Outcome, intervention and comparator, and the passages of one article that hold the annotated evidence."""
        units = [*self._passages(), *self._article_abstracts()]
        of_article: dict[str, list[Candidate]] = defaultdict(list)
        for unit in units:
            of_article[unit.source].append(unit)
        bare = {unit.id: _bare(unit.text) for unit in units}
        questions: dict[str, str] = {}
        within: dict[str, str] = {}
        judged: list[tuple[str, str, int]] = []
        for row in self.rows("evidence_inference/annotations.dev.jsonl.zst"):
            evidence = _bare(row["evidence"] or "")
            holding = [unit.id for unit in of_article[row["pmcid"]] if evidence and evidence in bare[unit.id]]
            if row["valid_label"] and holding:
                questions[row["prompt_id"]] = " ".join((row["outcome"], row["intervention"], row["comparator"]))
                within[row["prompt_id"]] = row["pmcid"]
                judged += [(row["prompt_id"], name, 1) for name in holding]
        return Collection("Evidence Inference", units, questions, _graded(judged), "hit@3", within, per_source=0)

    def abstracts(self, untitled: frozenset[str] = frozenset()) -> list[Candidate]:
        """The PubMed abstracts; those whose PMID is in *untitled* without their titles."""
        rows = self.rows("pubmed_abstracts/abstracts.jsonl.zst")
        return [_abstract(row | {"title": ""} if row["pmid"] in untitled else row) for row in rows]

    def everything(self) -> list[Candidate]:
        """Passages of articles, PubMed abstracts, patient pages and SciFact: some 193,000 units.

        The abstracts of PubMedQA have no titles: their titles are its questions.
        """
        untitled = frozenset(row["pmid"] for row in self.rows("pubmedqa/pqal.dev.jsonl.zst"))
        pages = (row for row in self.rows("medquad/qa.jsonl.zst") if row["answer"])
        answers = [_page(row) for row in pages]
        return [*self._passages(), *self.abstracts(untitled), *answers, *self._scifact_units()]

    def _scifact_units(self) -> Iterator[Candidate]:
        for row in self.rows("scifact/corpus.jsonl.zst"):
            yield Candidate(row["doc_id"], f"scifact-{row['doc_id']}", row["title"], "", " ".join(row["sentences"]))

    def _passages(self) -> Iterator[Candidate]:
        titles = {row["pmcid"]: row["title"] or "" for row in self.rows("pmc_fulltext/articles.jsonl.zst")}
        for row in self.rows("pmc_fulltext/passages.jsonl.zst"):
            yield Candidate(row["id"], row["pmcid"], titles[row["pmcid"]], row["section"] or "", row["text"])

    def _article_abstracts(self) -> Iterator[Candidate]:
        for row in self.rows("pmc_fulltext/articles.jsonl.zst"):
            for place, (heading, text) in enumerate(row["abstract"]):
                path = f"Abstract > {heading}" if heading else "Abstract"
                yield Candidate(f"{row['pmcid']}:abstract-{place}", row["pmcid"], row["title"] or "", path, text)


QUICK: tuple[Callable[[Data], Collection], ...] = (Data.scifact, Data.bioasq, Data.drug_reviews, Data.covid_claims)
"""Readers of the collections that take seconds."""


def _abstract(row: Row) -> Candidate:
    name = f"pmid-{row['pmid']}"
    return Candidate(name, name, row["title"] or "", "", row["abstract"] or "", tuple(row["mesh"] or ()))


def _page(row: Row) -> Candidate:
    name = f"medquad-{row['collection']}-{row['qid']}"
    return Candidate(name, name, row["question"], row["qtype"] or "", row["answer"])


def _graded(judged: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    relevant: dict[str, dict[str, int]] = defaultdict(dict)
    for question, name, grade in judged:
        relevant[question][name] = grade
    return dict(relevant)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())
