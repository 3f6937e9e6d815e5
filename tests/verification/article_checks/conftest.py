"""What the tests of articles stand on: the shipped vocabulary, and a function that checks a text."""

import pytest

import bedside
from bedside.verification.article_checks.finding import ReadArticle, Weight
from bedside.verification.document import document_of


@pytest.fixture(scope="session")
def vocabulary():
    """The words and units of the shipped content."""
    return bedside.open().vocabulary


@pytest.fixture
def read(vocabulary):
    """A plain text taken apart."""
    return lambda text: ReadArticle.of(document_of(text), vocabulary)


@pytest.fixture
def faults(read):
    """The faults that one check finds in a text."""
    return lambda check, text: [found for found in check(read(text)) if found.weight is Weight.FAULT]
