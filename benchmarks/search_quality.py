"""Quality of the search on judged collections, beside plain BM25 in the same run.

    python benchmarks/search_quality.py FOLDER [--quick] [--halves]

FOLDER holds the data sets (see search_collections.py). Ours is what bedside does: the terms of `analysis` in one field
of a tantivy index, at most 150 candidates for the query, then `rank` with its defaults, the same for every collection.
Plain BM25 is bm25s with k1 0.9, b 0.4, Porter stems and its English stop words over title and text as one field.
``--quick`` leaves out what needs the large index. ``--halves`` prints the ratio for odd and even questions as well.
Figures to look at, not a test.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import bm25s
import Stemmer
import tantivy

from bedside.evidence.analysis import term_line
from bedside.evidence.candidate import Candidate, Statistics
from bedside.evidence.query import SearchQuery, build_query
from bedside.evidence.ranking import Preferences, rank
from search_collections import QUICK, Collection, Data, score

_CANDIDATES = 150
_DEEPEST = 10


def say(text: str) -> None:
    """Progress, on standard error."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")


class Ours:
    """The search of bedside over units in memory: tantivy for the candidates, `rank` for the order."""

    def __init__(self, units: Sequence[Candidate]) -> None:
        self._units = units
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        builder.add_unsigned_field("place", stored=True)
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(200_000_000, 1)
        words = dict.fromkeys(("title", "heading", "text", "mesh"), 0)
        for place, unit in enumerate(units):
            fields = {"title": unit.title, "heading": unit.heading, "text": unit.text, "mesh": ", ".join(unit.mesh)}
            writer.add_document(tantivy.Document(terms=term_line("\n".join(fields.values())), place=place))
            for name, text in fields.items():
                words[name] += len(text.split())
        writer.commit()
        index.reload()
        self._searcher = index.searcher()
        self._lengths = {name: count / len(units) for name, count in words.items()}
        self._of_source: dict[str, list[Candidate]] = defaultdict(list)
        for unit in units:
            self._of_source[unit.source].append(unit)
        self.walls: list[float] = []

    def search(self, question: str, per_source: int, within: str = "") -> list[str]:
        """The ids of the best ten for *question*, inside the source *within* where one is given."""
        query = build_query(question)
        candidates = self._of_source[within][:_CANDIDATES] if within else list(self._candidates(query))
        frequencies = {term: self._holding(term) for term, _ in query.terms}
        figures = Statistics(len(self._units), frequencies, self._lengths)
        began = time.perf_counter()
        hits = rank(query, candidates, figures, Preferences(per_source=per_source), _DEEPEST)
        self.walls.append((time.perf_counter() - began) * 1000)
        return [hit.candidate.id for hit in hits]

    def _candidates(self, query: SearchQuery) -> Iterator[Candidate]:
        parts = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._one(term), weight)) for term, weight in query.terms
        ]
        if parts:
            for _, address in self._searcher.search(tantivy.Query.boolean_query(parts), _CANDIDATES).hits:
                yield self._units[self._searcher.doc(address)["place"][0]]

    def _one(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "terms", term, index_option="freq")

    def _holding(self, term: str) -> int:
        return self._searcher.doc_freq("terms", term)


class Plain:
    """Plain BM25 over title and text as one field."""

    def __init__(self, units: Sequence[Candidate]) -> None:
        self._units = units
        self._stemmer = Stemmer.Stemmer("porter")
        self._model = bm25s.BM25(k1=0.9, b=0.4)
        self._model.index(self._tokens([f"{unit.title} {unit.text}" for unit in units]), show_progress=False)
        self._of_source: dict[str, list[int]] = defaultdict(list)
        for place, unit in enumerate(units):
            self._of_source[unit.source].append(place)

    def search(self, question: str, within: str = "") -> list[str]:
        """The ids of the best ten for *question*, inside the source *within* where one is given."""
        tokens = self._tokens([question], ids=False)[0]
        if not tokens:
            return []
        scores = self._model.get_scores(tokens)
        places = self._of_source[within] if within else (-scores).argpartition(_DEEPEST)[:_DEEPEST].tolist()
        return [self._units[place].id for place in sorted(places, key=lambda one: (-scores[one], one))[:_DEEPEST]]

    def _tokens(self, texts: list[str], *, ids: bool = True) -> Any:
        return bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, return_ids=ids, show_progress=False)


def compare(collection: Collection, ours: Ours, plain: Plain, *, halves: bool) -> None:
    """Ask every question of *collection* on both sides and print a line."""
    say(f"{collection.name}: {len(collection.questions)} questions over {len(collection.units):,} units")
    got: list[tuple[float, float]] = []
    for name, question in collection.questions.items():
        relevant = collection.relevant.get(name)
        if relevant:
            within = collection.within.get(name, "")
            mine, theirs = ours.search(question, collection.per_source, within), plain.search(question, within)
            got.append((score(collection.measure, mine, relevant), score(collection.measure, theirs, relevant)))
    line = f"{collection.name:26} {collection.measure:8} {len(got):5}  {_columns(got)}"
    if halves:
        line += f"   halves {_columns(got[::2])[-5:]} {_columns(got[1::2])[-5:]}"
    print(line, flush=True)


def _columns(got: list[tuple[float, float]]) -> str:
    ours, theirs = (statistics.fmean(side) for side in zip(*got, strict=True))
    return f"{theirs:.3f}  {ours:.3f}  {ours / theirs if theirs else 0:.3f}"


def indexed(units: Sequence[Candidate]) -> tuple[Ours, Plain]:
    """Both indexes of *units*, with the time each took on standard error."""
    began = time.perf_counter()
    ours = Ours(units)
    middle = time.perf_counter()
    plain = Plain(units)
    say(f"{len(units):,} units: ours {middle - began:.0f} s, bm25s {time.perf_counter() - middle:.0f} s")
    return ours, plain


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--halves", action="store_true")
    chosen = parser.parse_args()
    data = Data(chosen.folder)
    walls: list[float] = []
    print(f"{'collection':26} {'measure':8} {'asked':>5}  BM25   ours   ratio")
    for group in _groups(data, quick=chosen.quick):
        ours, plain = indexed(group[0].units)
        for collection in group:
            compare(collection, ours, plain, halves=chosen.halves)
        walls += ours.walls
    walls.sort()
    print(f"second stage: median {statistics.median(walls):.1f} ms, p95 {walls[int(0.95 * (len(walls) - 1))]:.1f} ms")


def _groups(data: Data, *, quick: bool) -> Iterator[list[Collection]]:
    """The collections, those that share an index together."""
    for read in QUICK:
        yield [read(data)]
    yield [data.plaba("PLABA, abstracts", data.abstracts())]
    if quick:
        return
    units = data.everything()
    yield [data.plaba("PLABA, 193k", units), data.pubmedqa(units)]
    yield [data.evidence_inference()]


if __name__ == "__main__":
    main()
