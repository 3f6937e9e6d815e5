"""Reference lists that lead nowhere, and pages that say two things about their review."""

import pytest

from bedside.verification.article_checks.finding import Weight
from bedside.verification.article_checks.reference_quality import own_summaries, reference_records
from bedside.verification.article_checks.review_claims import review_claims


def article(*entries, after=""):
    listed = "\n".join(f"{number}. {entry}" for number, entry in enumerate(entries, 1))
    return f"Salt raises blood pressure [1].\n\nReferences\n\n{listed}\n\n{after}"


def test_the_publishers_own_pages_are_no_sources(read):
    """Told by the name that the page's disclaimer gives its publisher."""
    text = article(
        "Salt and health. MediWise Editors, 2025.",
        "Adams B, Clark D. Salt. BMJ 2019;1:2. doi 10.1000/x",
        after="Disclaimer\n\nMediWise assumes no liability for what readers do.",
    )
    [found] = own_summaries(read(text))
    assert found.weight is Weight.FAULT
    assert "1 of 2 references" in found.message
    assert "MediWise published this page itself" in found.message


def test_summaries_of_guidelines_are_no_sources(read):
    """Told by what they call themselves."""
    [found] = own_summaries(read(article("Salt. HealthBits: Short Summaries of Clinical Guidelines, 2025.")))
    assert "calls itself" in found.message


@pytest.mark.parametrize(
    "entry",
    [
        "National Institute for Health and Care Excellence. Hypertension in adults (NG136). 2019.",
        "Smith AB, Jones C. A summary of guidelines on salt. Lancet 2019;1:2-3. doi 10.1000/x",
        "World Health Organization. Sodium reduction. 2023. https://example.org",
    ],
)
def test_real_works_are_sources_and_can_be_found(read, entry):
    """An issuing body or an author, and an identifier."""
    assert list(own_summaries(read(article(entry)))) == []
    assert list(reference_records(read(article(entry)))) == []


def test_entries_that_cannot_be_found_are_a_fault_and_thin_ones_are_noted(read):
    """No author and no identifier is a fault; an author without an identifier, or no year, is a note."""
    text = article(
        "Salt and you. Health pages, 2020.", "Adams B, Clark D. Salt. J Salt 2019;1:2.", "Brown C. Tea. 10.1000/tea"
    )
    found = [(each.weight, each.message) for each in reference_records(read(text))]
    assert found == [
        (
            Weight.FAULT,
            "1 of 3 references name neither an author or issuing body nor an identifier or address (entries 1).",
        ),
        (Weight.NOTE, "1 of 3 references give no DOI, PMID, guideline number or address (entries 2)."),
        (Weight.NOTE, "1 of 3 references give no year (entries 3)."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "All articles are reviewed for accuracy by our board.\n\nContent is pending human review.\n\nSalt is bad.",
        "Medically reviewed by Dr A. Smith\n\nSalt is harmful.\n\nThis page has not been reviewed by a doctor.",
        "Our pages are approved by nurses.\n\nThis answer is awaiting expert review.",
    ],
)
def test_reviewed_and_unreviewed_at_once_is_a_fault(faults, text):
    """In whatever words, wherever on the page."""
    assert len(faults(review_claims, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "All articles are reviewed for accuracy by our board.\n\nSalt raises pressure.",
        "Nothing here has been reviewed by a clinician.\n\nThis content is pending review.",
        "This page was reviewed in 2024.\n\nThe evidence on salt was not reviewed by the committee of the trial.",
        "This study was approved by the ethics committee.\n\nThe protocol was not reviewed by the sponsor.",
        "Content is not reviewed.\n\nNo article is reviewed or approved by a doctor.",
    ],
)
def test_one_story_about_review_is_no_fault(faults, text):
    """Reviewed only, unreviewed only, or about research and not about the page."""
    assert faults(review_claims, text) == []
