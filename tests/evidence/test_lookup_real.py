"""On published abstracts: research questions find their answer, everyday questions find none."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest
import zstandard

from bedside.evidence.in_memory import InMemoryLibrary
from bedside.evidence.lookup import look_up
from tests.evidence.made_up import record

DATA = Path(__file__).parents[3] / "shared" / "data"
EVERYDAY = (
    "What is the capital of France?",
    "How do I change a tyre?",
    "asdf qwer zxcv",
    "Who won the football last night?",
    "Who wrote Pride and Prejudice?",
    "How do I reset my wifi router password?",
    "What should I cook for dinner tonight?",
    "flurbex dorvanitol zinquex treatment",
)


def rows(name: str):
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"{name} is not here")
    with zstandard.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


@pytest.fixture(scope="module")
def questions() -> list[dict]:
    return list(islice(rows("pubmedqa/pqal.dev.jsonl.zst"), 60))


@pytest.fixture(scope="module")
def abstracts(questions) -> InMemoryLibrary:
    """The abstracts of the questions, without their titles (a title is the question itself), among 1,500 others."""
    asked = {row["pmid"] for row in questions}
    kept, others = [], 0
    for row in rows("pubmed_abstracts/abstracts.jsonl.zst"):
        own = row["pmid"] in asked
        if row["abstract"] and (own or others < 1500):
            others += not own
            kept.append(record(row["pmid"], "" if own else row["title"], row["abstract"], year=row["year"] or ""))
    return InMemoryLibrary.of_records("abstracts", kept)


def test_research_questions_are_answered_from_their_own_abstract(questions, abstracts):
    """Most of them, although their titles are hidden; what is quoted is the right article."""
    found = {row["pmid"]: look_up(row["question"], abstracts) for row in questions}
    answered = {pmid: find for pmid, find in found.items() if not find.thin}
    right = [f"pmid-{pmid}" in {quote.source for quote in find.quotes} for pmid, find in answered.items()]
    assert len(answered) >= 0.4 * len(found)
    assert sum(right) >= 0.9 * len(right)


@pytest.mark.parametrize("question", EVERYDAY)
def test_everyday_questions_and_gibberish_are_not_answered(question, abstracts):
    """Some abstract always holds some of the words."""
    assert look_up(question, abstracts).thin
