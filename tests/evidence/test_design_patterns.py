"""The stems by which a pattern is passed over never hide what it would have found."""

from pathlib import Path

import pytest

from bedside.evidence import design_patterns as patterns
from bedside.evidence.appraisal import abstract_of
from bedside.evidence.record import Record
from bedside.ingest.opening import opened
from bedside.ingest.pubmed_xml import read_pubmed
from bedside.text.folding import fold

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "pubmed_xml"
IN_TITLES = ("NOTICES", "LETTERS", "PROTOCOLS", "LABORATORY", "REVIEWS", "TITLES")
IN_ABSTRACTS = ("ANIMALS_TREATED", "ABSTRACTS")


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Real records of the shared files."""
    files = sorted(DATA.glob("*.xml.gz"))
    if not files:
        pytest.skip("the shared PubMed files are not here")
    found: list[Record] = []
    for file in files:
        with opened(file) as stream:
            found += [event for event in read_pubmed(stream, file.name) if isinstance(event, Record)]
    return found


@pytest.mark.parametrize("name", [*IN_TITLES, *IN_ABSTRACTS])
def test_no_real_text_that_a_pattern_finds_is_passed_over(name, records):
    """Every table reads every title and every abstract, also where it is not made for them."""
    texts = [fold(text) for record in records for text in (record.source.title, abstract_of(record))]
    for clue in getattr(patterns, name):
        assert [text for text in texts if clue.pattern.search(text) and not clue.may_match(text)] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("patients were then randomly allocated to tea", "were then randomly allocated"),
        ("the cups were assigned randomly", "assigned randomly"),
        ("randomly assigned to tea or milk", "randomly assigned to"),
        ("adults randomised into two groups", "randomised into two"),
        ("those randomized to receive tea", "randomized to receive"),
        ("in a double-blind, randomised study of tea", "in a double-blind, randomised study"),
    ],
)
def test_each_wording_of_a_randomised_trial_is_found_whole(text, words):
    [clue] = [clue for clue in patterns.ABSTRACTS if clue.design.name == "RANDOMISED"]
    found = clue.find(text)
    assert found is not None
    assert found.group() == words


@pytest.mark.parametrize(
    "text", ["they were not randomly assigned to tea", "not assigned randomly", "non-randomised to receive tea"]
)
def test_what_was_not_randomised_is_not_found(text):
    [clue] = [clue for clue in patterns.ABSTRACTS if clue.design.name == "RANDOMISED"]
    assert clue.find(text) is None
