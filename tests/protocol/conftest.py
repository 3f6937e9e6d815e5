"""Running the toy protocol on facts written as in a case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bedside.facts.fact import Facts
from bedside.facts.given import given
from bedside.facts.vocabulary import Vocabulary
from bedside.protocol.outcome import Run
from bedside.protocol.protocol import Protocol
from bedside.protocol.run import run
from bedside.question.question import Intent, Question, Reader, Region
from tests.facts.conftest import compiled_vocabulary
from tests.protocol.toy import protocol


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabulary of the shipped content."""
    return Vocabulary.from_mapping(compiled_vocabulary())


@pytest.fixture
def on(vocabulary: Vocabulary) -> Callable[..., Run]:
    """Run the toy protocol (or another) on facts given by name and value."""

    def running(of: Protocol | None = None, region: Region = Region.BOTH, as_of: str = "", **facts: str) -> Run:
        known = Facts(tuple(given(name, value, vocabulary) for name, value in facts.items()))
        question = Question("", Reader.CLINICIAN, region, (Intent.MANAGE,), ("toy",))
        return run(of or protocol(), known, question, vocabulary, as_of)

    return running
