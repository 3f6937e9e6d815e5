"""Whether a document still stands."""

import itertools

import pytest

from bedside.evidence.appraisal import appraise
from bedside.evidence.currency import change_of, implied, status_from
from bedside.evidence.notice import Direction, Notice, NoticeKind
from bedside.evidence.source import RecordCheck, SourceKind, SourceStatus
from tests.evidence.documents import record

IN, OF = Direction.IN, Direction.OF
RETRACTION = Notice(NoticeKind.RETRACTION, IN, pmid="20", doi="10.1/r", on="2019-05-01")
REINSTATED = Notice(NoticeKind.REINSTATEMENT, IN, pmid="30", on="2020-01-01")
CONCERN = Notice(NoticeKind.CONCERN, IN, pmid="21")
ERRATUM = Notice(NoticeKind.ERRATUM, IN, pmid="22", reference="J B12. 2020;1:2")
UPDATE = Notice(NoticeKind.UPDATE, IN, pmid="23")
COMMENT = Notice(NoticeKind.COMMENT, IN, pmid="24")


def own(title="Oral B12", kind=SourceKind.TRIAL, **fields):
    """A source."""
    return record(title, kind=kind, **fields).source


def test_without_a_notice_a_document_is_current():
    """A comment is no notice against it."""
    assert status_from((), own()).status is SourceStatus.CURRENT
    assert status_from((COMMENT,), own()).status is SourceStatus.CURRENT


def test_a_retraction_retracts_and_names_its_notice():
    """The reason says where it is found and when."""
    standing = status_from((RETRACTION,), own())
    assert standing.status is SourceStatus.RETRACTED
    assert standing.reason == "retracted: doi:10.1/r of 2019-05-01"
    assert standing.notice == RETRACTION


def test_the_worst_that_holds_counts_in_every_order():
    """The order in which notices are known changes nothing."""
    notices = (RETRACTION, CONCERN, ERRATUM, UPDATE, COMMENT)
    results = {status_from(order, own()) for order in itertools.permutations(notices)}
    assert len(results) == 1
    assert results.pop().status is SourceStatus.RETRACTED


@pytest.mark.parametrize(
    ("retracted", "reinstated", "status"),
    [
        ("2019-05-01", "2020-01-01", SourceStatus.CURRENT),
        ("2020-05-01", "2020-01-01", SourceStatus.RETRACTED),
        ("2020-01-01", "2020-01-01", SourceStatus.RETRACTED),
        ("2020", "2020-06-01", SourceStatus.RETRACTED),
        ("2019", "2020-06-01", SourceStatus.CURRENT),
        ("", "2020-06-01", SourceStatus.RETRACTED),
        ("2019-05-01", "", SourceStatus.RETRACTED),
    ],
)
def test_only_a_later_reinstatement_lifts_a_retraction(retracted, reinstated, status):
    """Where the order is not known, the retraction stands."""
    notices = (
        Notice(NoticeKind.RETRACTION, IN, pmid="20", on=retracted),
        Notice(NoticeKind.REINSTATEMENT, IN, pmid="30", on=reinstated),
    )
    assert status_from(notices, own()).status is status


def test_the_same_notice_from_two_lists_has_one_date():
    """PubMed gives no date; the list of retractions does."""
    undated = Notice(NoticeKind.RETRACTION, IN, pmid="20", origin="PubMed record")
    standing = status_from((undated, RETRACTION, REINSTATED), own())
    assert standing.status is SourceStatus.CURRENT
    assert standing.note.startswith("reinstated after a retraction")


def test_a_second_retraction_after_the_reinstatement_stands():
    """One reinstatement does not lift what came later."""
    again = Notice(NoticeKind.RETRACTION, IN, pmid="40", on="2021-01-01")
    assert status_from((RETRACTION, REINSTATED, again), own()).status is SourceStatus.RETRACTED


def test_a_partial_retraction_is_a_concern():
    """The rest of the document stands, but which rest is not known here."""
    partial = Notice(NoticeKind.RETRACTION, IN, pmid="20", note="partial retraction")
    standing = status_from((partial,), own())
    assert standing.status is SourceStatus.CONCERN
    assert "in part" in standing.reason
    assert status_from((partial, RETRACTION), own()).status is SourceStatus.RETRACTED


def test_retracted_and_republished_names_the_version_that_stands():
    """As PubMed writes it."""
    notice = Notice(NoticeKind.RETRACTION, IN, pmid="55", note="retracted and republished")
    standing = status_from((notice,), own())
    assert (standing.status, standing.superseded_by) == (SourceStatus.RETRACTED, "pmid-55")


def test_corrected_and_republished_is_superseded():
    """A plain republication elsewhere changes nothing."""
    notice = Notice(NoticeKind.REPUBLICATION, IN, pmid="56", note="corrected and republished")
    standing = status_from((notice,), own())
    assert (standing.status, standing.superseded_by) == (SourceStatus.SUPERSEDED, "pmid-56")
    assert status_from((Notice(NoticeKind.REPUBLICATION, IN, pmid="56"),), own()).status is SourceStatus.CURRENT


@pytest.mark.parametrize("kind", list(SourceKind))
def test_an_update_supersedes_reviews_and_guidelines_only(kind):
    """A trial with a later report of the same trial stays a trial."""
    standing = status_from((UPDATE,), own(kind=kind))
    replaced = kind in {SourceKind.SYSTEMATIC_REVIEW, SourceKind.GUIDELINE, SourceKind.LOCAL_GUIDANCE}
    assert (standing.status is SourceStatus.SUPERSEDED) == replaced
    assert standing.superseded_by == ("pmid-23" if replaced else "")
    assert "updated" in standing.note


def test_an_addendum_supersedes_nothing():
    """It is read beside the document."""
    addendum = Notice(NoticeKind.UPDATE, IN, pmid="23", note="addendum")
    assert status_from((addendum,), own(kind=SourceKind.GUIDELINE)).status is SourceStatus.CURRENT


def test_an_update_without_a_pmid_has_no_key():
    """An identifier nobody has seen is left empty."""
    update = Notice(NoticeKind.UPDATE, IN, reference="Cochrane Database 2024")
    standing = status_from((update,), own(kind=SourceKind.SYSTEMATIC_REVIEW))
    assert (standing.status, standing.superseded_by) == (SourceStatus.SUPERSEDED, "")
    assert "Cochrane Database 2024" in standing.reason


def test_a_corrected_document_stays_current_with_a_note():
    """The reader must know."""
    standing = status_from((ERRATUM,), own())
    assert standing.status is SourceStatus.CURRENT
    assert standing.note == "corrected: PMID 22"


@pytest.mark.parametrize(
    ("title", "retracted"),
    [
        ("RETRACTED: Oral B12", True),
        ("Retracted article: Oral B12", True),
        ("[RETRACTED] Oral B12", True),
        ("WITHDRAWN: Oral B12", True),
        ("Retraction: Oral B12", True),
        ("Oral B12 [retracted]", True),
        ("Withdrawn patients: what became of them", False),
        ("Retracted eardrums in children", False),
        ("Why papers are retracted", False),
    ],
)
def test_a_title_that_says_it_is_retracted(title, retracted):
    """A title that begins with the word and a colon, or has it in brackets."""
    standing = status_from((), own(title))
    assert (standing.status is SourceStatus.RETRACTED) == retracted
    assert ("title says" in standing.reason) == retracted
    assert standing.reason.startswith("withdrawn:") == title.startswith("WITHDRAWN")


def test_the_publication_type_retracts_too():
    """Where the notice itself is not in the record."""
    assert status_from((), own(), ("Retracted Publication",)).status is SourceStatus.RETRACTED


def test_a_retraction_notice_is_not_retracted():
    """Neither by its tie to the other document nor by its title, but a retraction of it counts."""
    tie = Notice(NoticeKind.RETRACTION, OF, pmid="9")
    notice = appraise(record("Retraction: Oral B12", notices=(tie,)))
    assert notice.source.design == "retraction notice"
    assert status_from(notice.notices, notice.source).status is SourceStatus.CURRENT
    assert status_from((tie,), own("Retracted: Oral B12")).status is SourceStatus.CURRENT
    assert status_from((tie, RETRACTION), notice.source).status is SourceStatus.RETRACTED


def test_a_status_people_keep_is_not_made_better():
    """A guideline marked as due stays so; a loaded record is worked out afresh."""
    kept = own(check=RecordCheck.READ, status=SourceStatus.DUE)
    assert status_from((), kept).status is SourceStatus.DUE
    assert status_from((RETRACTION,), kept).status is SourceStatus.RETRACTED
    assert status_from((), own(status=SourceStatus.RETRACTED)).status is SourceStatus.CURRENT


def test_a_change_is_told_with_its_reason_and_no_change_is_none():
    """Before, after, why, and the day given."""
    standing = status_from((RETRACTION,), own())
    change = change_of(own(), standing, "2026-01-02")
    assert (change.source, change.before, change.after) == ("pmid-1", SourceStatus.CURRENT, SourceStatus.RETRACTED)
    assert (change.why, change.notice, change.on) == (standing.reason, RETRACTION, "2026-01-02")
    assert change_of(own(status=SourceStatus.RETRACTED), standing, "2026-01-02") is None


def test_a_notice_tells_about_its_subject():
    """Both directions: what the notice's own record says is attached to the other document."""
    tie = Notice(NoticeKind.RETRACTION, OF, pmid="9", doi="10.1/ABC")
    notice = record("Retraction: Oral B12", notices=(tie, COMMENT), pmid="77", doi="10.1/n", published_on="2021-03")
    found = list(implied(notice))
    assert [(kind, identifier) for kind, identifier, _ in found] == [("pmid", "9"), ("doi", "10.1/abc")]
    attached = found[0][2]
    assert (attached.kind, attached.direction, attached.pmid, attached.on) == (
        NoticeKind.RETRACTION,
        IN,
        "77",
        "2021-03",
    )
    assert status_from((attached,), own()).status is SourceStatus.RETRACTED


def test_comments_and_what_is_in_a_record_imply_nothing():
    """Only notices that change how another document stands."""
    ties = (Notice(NoticeKind.COMMENT, OF, pmid="9"), RETRACTION, Notice(NoticeKind.ERRATUM, OF))
    assert list(implied(record(notices=ties))) == []


def test_the_republished_version_retracts_the_first_one():
    """It says "republished"; of the first version it means "retracted"."""
    tie = Notice(NoticeKind.REPUBLICATION, OF, pmid="9", note="retracted and republished")
    [(_, _, attached)] = implied(record(notices=(tie,), pmid="77"))
    standing = status_from((attached,), own())
    assert (standing.status, standing.superseded_by) == (SourceStatus.RETRACTED, "pmid-77")
