"""The view orders, numbers and hides, and loses nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.article.article import Section, SectionKey
from bedside.evidence.statement import Citation
from bedside.protocol.strength import Jurisdiction
from bedside.question.question import Reader, Region
from bedside.rendering.view import status_line, view
from tests.rendering.sample import FOLDED, TEST_GB, TEST_INT, TEST_US, claim, sample


def lines(seen):
    """Every line of a view, in reading order."""
    return [line for section in seen.sections for block in section.blocks for line in block.lines]


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("reader", list(Reader))
def test_every_reference_listed_is_used_and_every_number_used_is_listed(reader, full):
    """Numbers in the text and numbers in the list are the same set."""
    seen = view(sample(reader), full=full)
    used = {number for line in lines(seen) for number in line.numbers}
    assert used == {reference.number for reference in seen.references}


@given(st.lists(st.tuples(st.sampled_from(["nice-ng239", "afp-2025", "bedside-safety"]), st.booleans()), max_size=12))
def test_references_are_numbered_in_order_of_first_use(drawn):
    """Whatever is cited where, reading the text from the top meets 1, 2, 3 ... in that order."""
    sentences = tuple(claim(f"t/s{n}", "Words.", key, folded=folded) for n, (key, folded) in enumerate(drawn))
    seen = view(sample(sections=(Section(SectionKey.TESTS, sentences),)))
    met = list(dict.fromkeys(number for line in lines(seen) for number in line.numbers))
    assert met == list(range(1, len(seen.references) + 1))


def test_countries_never_share_a_block():
    """Shared lines come first, then the UK, then the US, each in a block of its own."""
    seen = view(sample())
    tests = next(section for section in seen.sections if section.key is SectionKey.TESTS)
    assert [block.label for block in tests.blocks] == ["", "UK", "US"]
    assert [[line.sentence.id for line in block.lines] for block in tests.blocks] == [
        ["t/fbc"],
        ["t/mma-gb"],
        ["t/mma-us"],
    ]


def test_the_two_positions_of_a_group_stand_together():
    """Sentences of one group follow each other, whatever their country."""
    first = tuple(replace(s, group="route") for s in (TEST_US, TEST_GB))
    second = (replace(TEST_INT, id="t/x", group="dose", jurisdiction=Jurisdiction.US),)
    seen = view(sample(sections=(Section(SectionKey.DISAGREEMENTS, (*first, *second)),)))
    assert [line.sentence.group for line in lines(seen)] == ["route", "route", "dose"]
    assert [line.sentence.jurisdiction.value for line in lines(seen)][:2] == ["GB", "US"]


def test_folded_sentences_are_hidden_and_counted():
    """A folded sentence is hidden until ``full``, its section says how many, a section folded whole is named."""
    seen = view(sample())
    tests = next(section for section in seen.sections if section.key is SectionKey.TESTS)
    assert FOLDED.id not in {line.sentence.id for line in lines(seen)}
    assert tests.folded == 1
    assert seen.hidden == (("Follow-up", 1),)


def test_full_shows_every_sentence_of_the_article_once():
    """Nothing is lost and nothing is shown twice."""
    answer = sample()
    shown = sorted(line.sentence.id for line in lines(view(answer, full=True)))
    assert shown == sorted(sentence.id for sentence in answer.article.sentences())


@pytest.mark.parametrize(
    ("reader", "start"), [(Reader.PATIENT, "Plainly"), (Reader.CARER, "For them"), (Reader.NURSE, "Go")]
)
def test_each_reader_gets_the_wording_made_for_them(reader, start):
    """Patients read the plain wording, carers theirs, the others the clinical one."""
    assert lines(view(sample(reader)))[0].text.startswith(start)


def test_headings_follow_the_reader():
    """Section titles are plain for patients and clinical for clinicians."""
    assert view(sample(Reader.PATIENT)).sections[0].heading == "When to get help at once"
    assert view(sample(Reader.CLINICIAN)).sections[0].heading == "Red flags"


def test_a_branch_and_an_unconfirmed_statement_are_marked():
    """Every reader sees that advice applies only in a case, and that its wording is not confirmed."""
    for reader in Reader:
        [line] = [line for line in lines(view(sample(reader))) if line.sentence.id == "t/mma-gb"]
        assert "if this applies" in line.mark
        assert "confirmed" in line.mark


def test_strength_and_level_are_shown_to_clinical_readers_only():
    """A clinician sees how strong and on what evidence; a patient reads it in the verb."""
    [clinical] = [line for line in lines(view(sample())) if line.sentence.id == "t/mma-gb"]
    [plain] = [line for line in lines(view(sample(Reader.PATIENT))) if line.sentence.id == "t/mma-gb"]
    assert "consider, level C" in clinical.mark
    assert "level" not in plain.mark


def test_a_source_cited_twice_in_one_sentence_has_one_number():
    """Two places in one document are one reference with both places."""
    twice = replace(TEST_INT, citations=(Citation("afp-2025", "page 2"), Citation("afp-2025", "page 5")))
    seen = view(sample(sections=(Section(SectionKey.TESTS, (twice,)),)))
    assert [line.numbers for line in lines(seen)] == [(1,)]
    assert seen.references[0].locators == ("page 2", "page 5")


def test_only_students_get_the_words_that_stand_in_their_text():
    """A term is explained to a student when it is used, and to nobody else."""
    glossary = {"MMA": "an acid", "indeterminate": "not decided", "zebra": "an animal"}
    assert [word for word, _ in view(sample(Reader.STUDENT), glossary=glossary).glossary] == ["indeterminate", "MMA"]
    assert view(sample(Reader.CLINICIAN), glossary=glossary).glossary == ()


def test_the_status_line_says_what_was_checked_and_by_whom():
    """Not reviewed, dated, fingerprinted, counted."""
    line = status_line(sample(region=Region.GB))
    for part in (
        "Not reviewed by a clinician",
        "2026-11-22",
        "cccccccccccc",
        "rrrrrrrrrrrr",
        "8 sentences passed",
        "1 withheld",
    ):
        assert part in line
    assert "c" * 13 not in line


def test_the_review_status_is_said_once():
    """Where a closing line says it, the status line does not say it again."""
    answer = sample()
    said = replace(answer.article.closing[0], clinical="Not reviewed by a clinician.")
    told = replace(answer, article=replace(answer.article, closing=(said,)))
    assert "Not reviewed" not in status_line(told)


def test_places_cited_are_in_the_order_of_the_document():
    """Section 1.2 stands before section 1.10, whatever was cited first."""
    places = [Citation("afp-2025", f"section 1.{n}") for n in (10, 2, 1)]
    seen = view(sample(sections=(Section(SectionKey.TESTS, (replace(TEST_INT, citations=tuple(places)),)),)))
    assert seen.references[0].locators == ("section 1.1", "section 1.2", "section 1.10")
