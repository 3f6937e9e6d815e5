"""The largest corpus there is here, as records of a library: about 193,000 units, from the data beside the checkout.

Paragraphs of PubMed Central articles, PubMed abstracts, answers of MedQuAD and abstracts of SciFact. The articles are
kept apart from the abstracts of the same papers (no PMID), so that every unit stays one.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import zstandard

from bedside.evidence.appraisal import appraise
from bedside.evidence.record import Heading, Record, make_passage, source_key
from bedside.evidence.source import RecordCheck, Source, SourceKind

DATA = Path(__file__).parents[2] / "shared" / "data"


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of ``FOLDER/FILE`` (without ``.jsonl.zst``)."""
    with (DATA / f"{name}.jsonl.zst").open("rb") as packed:
        stream = zstandard.ZstdDecompressor().stream_reader(packed)
        for line in io.TextIOWrapper(stream, encoding="utf-8"):
            yield json.loads(line)


def questions() -> list[str]:
    """Real questions of several kinds: research questions, consumers' questions, claims."""
    asked = [row["question"] for row in rows("pubmedqa/pqal.dev")]
    asked += list(dict.fromkeys(row["question"] for row in rows("plain_language/plaba.dev")))
    asked += [row["text"] for row in rows("scifact/queries_beir.dev")][:200]
    return asked


def records() -> Iterator[Record]:
    """Every document, the four kinds mixed, so that any part of the whole is like the whole."""
    streams = [articles(), abstracts(), answers(), claims()]
    weights = (1, 6, 4, 1)
    while streams:
        for stream, weight in list(zip(streams, weights, strict=False)):
            for _ in range(weight):
                record = next(stream, None)
                if record is None:
                    if stream in streams:
                        streams.remove(stream)
                    break
                yield record


def articles() -> Iterator[Record]:
    """The articles, each paragraph a passage."""
    about = {row["pmcid"]: row for row in rows("pmc_fulltext/articles")}
    for pmcid, paragraphs in groupby(rows("pmc_fulltext/passages"), lambda row: row["pmcid"]):
        row = about[pmcid]
        key = source_key(pmcid=pmcid)
        passages = tuple(
            make_passage(key, f"{p['section']}, paragraph {n}", p["text"], heading=p["section"] or "", position=n)
            for n, p in enumerate(paragraphs)
        )
        yield _record(key, row["title"], row["year"], passages, doi=row["doi"] or "", pmcid=pmcid, full=True)


def abstracts() -> Iterator[Record]:
    """The abstracts, with their subject headings and publication types."""
    for row in rows("pubmed_abstracts/abstracts"):
        key = source_key(pmid=row["pmid"])
        passages = (make_passage(key, "Abstract", row["abstract"]),) if row["abstract"] else ()
        headings = tuple(Heading(name) for name in row["mesh"] or ())
        types = tuple(row["pubtypes"] or ())
        yield _record(key, row["title"], row["year"], passages, pmid=row["pmid"], headings=headings, types=types)


def answers() -> Iterator[Record]:
    """The answers of MedQuAD, each a document named by its question."""
    for number, row in enumerate(rows("medquad/qa")):
        if row["answer"]:
            key = source_key(name=f"medquad {number}")
            yield _record(key, row["question"], "", (make_passage(key, "answer", row["answer"]),))


def claims() -> Iterator[Record]:
    """The abstracts of SciFact."""
    for row in rows("scifact/corpus"):
        key = source_key(name=f"scifact {row['doc_id']}")
        yield _record(key, row["title"], "", (make_passage(key, "Abstract", " ".join(row["sentences"])),))


def _record(  # noqa: PLR0913  one parameter a field
    key: str,
    title: str,
    year: str | None,
    passages: tuple[Any, ...],
    *,
    headings: tuple[Heading, ...] = (),
    types: tuple[str, ...] = (),
    full: bool = False,
    pmid: str = "",
    pmcid: str = "",
    doi: str = "",
) -> Record:
    source = Source(
        key=key,
        kind=SourceKind.REFERENCE,
        title=title or "(no title)",
        issuer="",
        check=RecordCheck.LOADED,
        year=str(year or ""),
        pmid=pmid,
        pmcid=pmcid,
        doi=doi,
    )
    return appraise(Record(source, passages, headings=headings, publication_types=types, full=full))
