"""A reference names the document, its kind, the places cited, and how its record was checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bedside.evidence.source import RecordCheck, SourceKind, SourceStatus
from bedside.evidence.statement import Basis
from bedside.rendering.basis import basis_line, basis_of, short_name, weakest
from bedside.rendering.citations import CHECK_LABELS, KIND_LABELS, make_reference, reference_line
from tests.rendering.sample import GUIDELINE, OWN, REVIEW


def test_a_guideline_is_named_with_issuer_title_version_and_section():
    """Everything a reader needs to open the document."""
    assert reference_line(GUIDELINE, ("section 1.3", "table 1")) == (
        "Guideline. NICE. Vitamin B12 deficiency in over 16s. 2024. NG239. Section 1.3; table 1. "
        "https://www.nice.org.uk/guidance/ng239 (record: seen through other documents, not opened itself)"
    )


def test_an_article_is_named_with_authors_journal_and_pmid():
    """Authors, journal, volume, pages and PubMed number."""
    line = reference_line(REVIEW, ())
    assert "Smith, J.; Jones, A. Vitamin B12 deficiency. Am Fam Physician 2025;112(3):1-9. PMID 40000000" in line


@pytest.mark.parametrize("kind", list(SourceKind))
def test_only_a_guideline_is_called_guideline(kind):
    """No other kind of document earns the word, and bedside's own rules say that they are none."""
    label = KIND_LABELS[kind]
    assert ("Guideline" in label) == (kind is SourceKind.GUIDELINE)
    if kind is SourceKind.SAFETY_RULE:
        assert label == "bedside's own rule, not a guideline"


def test_every_way_of_checking_has_its_words():
    """No record is shown without how it was checked."""
    assert len(set(CHECK_LABELS.values())) == len(CHECK_LABELS) == len(RecordCheck)


@pytest.mark.parametrize("status", [s for s in SourceStatus if s is not SourceStatus.CURRENT])
def test_a_source_that_no_longer_stands_says_so(status):
    """Superseded, retracted, doubted and overdue documents are marked in their line."""
    marked = reference_line(replace(GUIDELINE, status=status, superseded_by="nice-ng999"), ())
    assert "nice-ng999" in marked
    assert marked != reference_line(GUIDELINE, ())


def test_an_identifier_nobody_has_seen_is_not_printed():
    """No DOI, PMID or address is made up."""
    bare = reference_line(replace(GUIDELINE, url=""), ())
    assert "http" not in bare
    assert "PMID" not in bare


def test_long_author_lists_are_cut_with_words_that_say_so():
    """More than three authors become the first and others."""
    many = replace(REVIEW, authors=("A, B", "C, D", "E, F", "G, H"))
    assert "A, B and others" in reference_line(many, ())


@pytest.mark.parametrize("basis", [b for b in Basis if b is not Basis.VERBATIM])
def test_only_a_verbatim_basis_is_called_checked(basis):
    """Wording that was not held against the original never says that it was."""
    assert "checked against" not in basis_line(basis, GUIDELINE, ("section 1.3",))


def test_basis_lines_say_whose_words_these_are():
    """Our wording, where the original stands, and that it was seen through summaries."""
    assert (
        basis_line(Basis.READ, GUIDELINE, ("section 1.3",))
        == "our wording of NICE NG239, section 1.3: open the original"
    )
    assert "seen through summaries" in basis_line(Basis.SECONDHAND, GUIDELINE)
    assert "checked against the source text" in basis_line(Basis.VERBATIM, GUIDELINE)
    assert basis_line(Basis.READ, OWN) == "bedside's own rule, not a guideline"


def test_together_the_weakest_basis_counts():
    """One second-hand wording makes the reference second-hand."""
    assert weakest((Basis.READ, Basis.SECONDHAND, Basis.VERBATIM)) is Basis.SECONDHAND
    assert "summaries" in make_reference(1, GUIDELINE, (), (Basis.READ, Basis.SECONDHAND)).basis


def test_a_source_that_was_read_is_not_called_second_hand_for_its_neighbours_sake():
    """Of two sources of one second-hand statement only the unread one was seen through summaries."""
    cited = (GUIDELINE, REVIEW)
    assert basis_of(Basis.SECONDHAND, REVIEW, cited) is Basis.READ
    assert basis_of(Basis.SECONDHAND, GUIDELINE, cited) is Basis.SECONDHAND
    assert basis_of(Basis.SECONDHAND, REVIEW, (REVIEW,)) is Basis.SECONDHAND


def test_an_issuer_is_named_in_full_and_for_short():
    """The reference has both names, running text the short one."""
    full = replace(GUIDELINE, issuer="National Institute for Health and Care Excellence")
    assert "National Institute for Health and Care Excellence (NICE). " in reference_line(full, ())
    assert short_name(full) == "NICE NG239"


def test_an_own_rule_is_never_dressed_as_a_document():
    """Its line is the disclaimer, whatever the record says."""
    assert reference_line(OWN, ("own rule",)) == "bedside's own rule, not a guideline."


def test_short_names():
    """Documents go by issuer and number, articles by first author and year."""
    assert (short_name(GUIDELINE), short_name(REVIEW)) == ("NICE NG239", "Smith and others 2025")
