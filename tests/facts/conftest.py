"""The vocabulary of the shipped content, built once from its YAML files."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bedside.facts.read import read_facts
from bedside.facts.vocabulary import Vocabulary

CONTENT = Path(__file__).parents[2] / "src" / "bedside" / "content"


def compiled_vocabulary() -> dict:
    """The part of the compiled content that facts are read with."""
    lexicon: dict = {}
    for file in sorted((CONTENT / "lexicon").glob("*.yaml")):
        lexicon.update(yaml.safe_load(file.read_text(encoding="utf-8")))
    named = {
        name: yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))
        for name in ("units", "analytes", "context")
    }
    return {**named, "lexicon": lexicon}


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabulary of the shipped content."""
    return Vocabulary.from_mapping(compiled_vocabulary())


@pytest.fixture(scope="session")
def read(vocabulary):
    """Read facts from a text with the shipped vocabulary."""
    return lambda text, turn=0: read_facts(text, vocabulary, turn)
