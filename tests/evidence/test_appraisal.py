"""What kind of document a record is: by its types, its title, its headings, its abstract."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.evidence.appraisal import abstract_of, appraise, read_design
from bedside.evidence.design import Design
from bedside.evidence.notice import Direction, Notice, NoticeKind
from bedside.evidence.record import make_passage
from bedside.evidence.source import SourceKind
from tests.evidence.documents import record

ABSTRACTS = Path(__file__).parents[3] / "shared" / "data" / "pubmed_abstracts" / "abstracts.jsonl.zst"
RCT = "Randomized Controlled Trial"


@pytest.mark.parametrize(
    ("title", "design"),
    [
        ("Oral B12 for deficiency: a randomised controlled trial", Design.RANDOMISED),
        ("Two randomized, placebo-controlled trials of oral B12", Design.RANDOMISED),
        ("Protocol for a randomised trial of oral B12", Design.PROTOCOL),
        ("Oral B12 in older people: study protocol for a randomised controlled trial", Design.PROTOCOL),
        ("Rationale and design of the COBAL trial", Design.PROTOCOL),
        ("A weaning protocol in intensive care: a randomised trial", Design.RANDOMISED),
        ("Oral B12: a systematic review of randomised trials", Design.SYSTEMATIC_REVIEW),
        ("Meta-analysis of individual patient data from 12 randomised trials", Design.SYSTEMATIC_REVIEW),
        ("A step by step guide to conducting a systematic review", Design.UNKNOWN),
        ("Bias in systematic reviews: the case for caution", Design.UNKNOWN),
        ("Protocol for a systematic review of oral B12", Design.PROTOCOL),
        ("Mendelian randomization and B12", Design.UNKNOWN),
        ("A non-randomised comparison of oral and injected B12", Design.NON_RANDOMISED),
        ("A nonrandomized trial of oral B12", Design.NON_RANDOMISED),
        ("Oral B12: a quasi-randomised study", Design.NON_RANDOMISED),
        ("Metformin and B12: a retrospective cohort study", Design.COHORT),
        ("Metformin and B12: a nested case-control study", Design.CASE_CONTROL),
        ("Cost analysis alongside a randomised trial: a cohort study", Design.COHORT),
        ("Metformin and B12: a cross-sectional survey", Design.CROSS_SECTIONAL),
        ("Subacute combined degeneration: a case report", Design.CASE_REPORT),
        ("Pancytopenia in a vegan: case series and review of the literature", Design.CASE_REPORT),
        ("Just in case of fire: the case for drills", Design.UNKNOWN),
        ("Outcomes of pernicious anaemia: a chart review", Design.OBSERVATIONAL),
        ("B12 in neurology: a narrative review", Design.REVIEW),
        ("Consensus statement on B12 in pregnancy", Design.CONSENSUS),
        ("Re: Oral B12, a randomised trial", Design.LETTER),
        ("Comment on: oral B12 in a randomised trial", Design.LETTER),
        ("Reply to a letter about a trial", Design.LETTER),
        ("Erratum to: oral B12, a randomised trial", Design.ERRATUM),
        ("Correction of vitamin D deficiency in hepatitis", Design.UNKNOWN),
        ("Retraction: Oral B12, a randomised trial", Design.RETRACTION_NOTICE),
        ("Retraction of the tympanic membrane in children", Design.UNKNOWN),
        ("Expression of concern: oral B12", Design.CONCERN_NOTICE),
        ("B12 and myelin in rats: a randomised study", Design.LABORATORY),
        ("Allergy to dogs in children: a randomised trial", Design.RANDOMISED),
        ("Randomised trial of in vitro fertilisation", Design.RANDOMISED),
        ("Transport of cobalamin in vitro", Design.LABORATORY),
        ("", Design.UNKNOWN),
    ],
)
def test_a_title_names_the_design_of_its_own_study(title, design):
    """A title alone, without types or headings."""
    assert read_design(record(title)).design is design


@pytest.mark.parametrize(
    ("abstract", "design"),
    [
        ("We randomly assigned 120 adults to oral or injected B12.", Design.RANDOMISED),
        ("DESIGN: Prospective, randomised, double-blind study.", Design.RANDOMISED),
        ("Patients were randomised to receive either drug.", Design.RANDOMISED),
        ("Patients were not randomised.", Design.NON_RANDOMISED),
        ("Previous randomised trials have shown a benefit. We describe the mechanism.", Design.UNKNOWN),
        ("Randomised controlled trials are needed.", Design.UNKNOWN),
        ("Cohort studies suggest harm.", Design.UNKNOWN),
        ("In this prospective cohort study we followed 900 people.", Design.COHORT),
        ("A recent meta-analysis found no effect. We randomly allocated 40 people.", Design.RANDOMISED),
        ("We performed a systematic review and meta-analysis.", Design.SYSTEMATIC_REVIEW),
        ("We conducted a case-control study.", Design.CASE_CONTROL),
        ("We report a case of severe deficiency.", Design.CASE_REPORT),
        ("Records were retrospectively reviewed.", Design.OBSERVATIONAL),
        ("Participants will be randomised to oral or injected B12.", Design.PROTOCOL),
        ("They were randomised to B12. Follow-up will be conducted for ten years.", Design.RANDOMISED),
        ("Wistar rats were randomly divided into two groups.", Design.LABORATORY),
    ],
)
def test_an_abstract_counts_only_where_it_speaks_of_this_work(abstract, design):
    """What others did, or what ought to be done, is not what was done here."""
    assert read_design(record("Oral B12", abstract)).design is design


@pytest.mark.parametrize(
    ("types", "title", "design"),
    [
        ((RCT, "Journal Article"), "Oral B12", Design.RANDOMISED),
        ((RCT,), "Study protocol for a trial of B12", Design.PROTOCOL),
        (("Clinical Trial Protocol", RCT), "Oral B12", Design.PROTOCOL),
        ((RCT,), "A non-randomised trial of B12", Design.NON_RANDOMISED),
        ((RCT, "Meta-Analysis"), "Oral B12", Design.RANDOMISED),
        ((RCT, "Meta-Analysis"), "Oral B12: a meta-analysis", Design.SYSTEMATIC_REVIEW),
        (("Letter", "Comment"), "Oral B12: a randomised trial", Design.LETTER),
        (("Letter", RCT), "Oral B12", Design.RANDOMISED),
        (("Letter", RCT, "Comment"), "Oral B12", Design.LETTER),
        (("Letter", "Case Reports"), "Numb feet", Design.CASE_REPORT),
        (("Editorial",), "Oral B12: a randomised trial at last", Design.LETTER),
        (("Clinical Trial, Phase III",), "Oral B12", Design.TRIAL),
        (("Clinical Trial",), "Oral B12: a randomised trial", Design.RANDOMISED),
        (("Observational Study",), "Metformin: a cohort study", Design.COHORT),
        (("Review",), "Oral B12: a systematic review", Design.SYSTEMATIC_REVIEW),
        (("Review",), "Oral B12", Design.REVIEW),
        (("Case Reports", "Review"), "Numb feet", Design.CASE_REPORT),
        (("Randomized Controlled Trial, Veterinary",), "B12 in cats", Design.LABORATORY),
        (("Retraction of Publication",), "Oral B12: a randomised trial", Design.RETRACTION_NOTICE),
        (("Published Erratum",), "Oral B12: a randomised trial", Design.ERRATUM),
        (("Retracted Publication", RCT), "Oral B12", Design.RANDOMISED),
        (("Meeting Abstract",), "Oral B12: a randomised trial", Design.CONFERENCE_ABSTRACT),
        (("Guideline",), "Management of B12 deficiency", Design.GUIDELINE),
        (("Practice Guideline", "Systematic Review"), "Management of B12 deficiency", Design.GUIDELINE),
        (("Practice Guideline", "Comment"), "The new guideline on B12", Design.GUIDELINE_SUMMARY),
        (("Practice Guideline",), "Synopsis of the 2024 guideline on B12", Design.GUIDELINE_SUMMARY),
        (("Journal Article",), "Guideline for the management of B12 deficiency", Design.UNKNOWN),
        (("randomized controlled trial",), "Oral B12", Design.RANDOMISED),
    ],
)
def test_publication_types_and_what_may_contradict_them(types, title, design):
    """A type counts, unless the title says less."""
    assert read_design(record(title, types=types)).design is design


@pytest.mark.parametrize(
    ("mesh", "design"),
    [
        (("Animals", "Rats"), Design.LABORATORY),
        (("Animals", "Humans", "Cohort Studies"), Design.COHORT),
        (("Humans", "Double-Blind Method"), Design.TRIAL),
        (("Humans", "Randomized Controlled Trials as Topic", "Double-Blind Method"), Design.UNKNOWN),
        (("Humans", "Case-Control Studies", "Cohort Studies"), Design.CASE_CONTROL),
        (("Humans",), Design.UNKNOWN),
    ],
)
def test_subject_headings(mesh, design):
    """Headings of method; "as Topic" is what an article is about."""
    assert read_design(record("Oral B12", mesh=mesh)).design is design


def test_a_comment_on_a_guideline_is_no_guideline():
    """The record's own tie to another document takes the word away."""
    comment = Notice(NoticeKind.COMMENT, Direction.OF, pmid="5")
    source = appraise(record("B12 deficiency", types=("Practice Guideline",), notices=(comment,))).source
    assert source.kind is SourceKind.SUMMARY
    assert source.design_reason == "publication type Practice Guideline, but it comments on another document"


def test_a_journal_that_files_a_trial_under_case_reports_is_not_believed():
    """Of a full text without subject headings, whose types are the journal's own labels."""
    title = "Oral B12: a randomised controlled trial"
    assert read_design(record(title, types=("Case Reports",), full=True)).design is Design.RANDOMISED
    assert read_design(record(title, types=("Case Reports",))).design is Design.CASE_REPORT
    abstract = "Healthy volunteers were randomised to quinine or saline."
    assert read_design(record("Quinine", abstract, ("Case Reports",), full=True)).design is Design.RANDOMISED
    assert read_design(record("Quinine", abstract, ("Review",), full=True)).design is Design.REVIEW
    assert read_design(record(title, types=("Letter",), full=True)).design is Design.RANDOMISED
    assert read_design(record(title, types=("Letter",))).design is Design.LETTER


def test_a_notice_is_known_by_its_tie_to_the_other_document():
    """A retraction that keeps the title of the article it retracts."""
    tie = Notice(NoticeKind.RETRACTION, Direction.OF, doi="10.1/x")
    reading = read_design(record("Oral B12: a randomised trial", notices=(tie,)))
    assert reading.design is Design.RETRACTION_NOTICE
    assert "retraction of another document" in reading.reason


def test_a_retracted_article_under_the_title_of_its_notice_stays_an_article():
    """Its abstract reports a study; a notice has none."""
    title, abstract = "Retraction: Oral B12", "We randomly assigned 120 adults."
    assert read_design(record(title, abstract)).design is Design.RANDOMISED


def test_the_reason_quotes_the_words_as_written():
    """Capitals, accents and dashes as the document has them."""
    assert read_design(record("Oral B12: A Randomised Trial")).reason == "title says 'Randomised'"
    assert read_design(record("B12", types=(RCT,))).reason == f"publication type {RCT}"
    assert read_design(record("B12", "We\u00a0Randomly assigned 9.")).reason == "abstract says 'We Randomly assigned'"
    assert read_design(record("B12", keywords=("jats:protocol",))).reason == "article type protocol"
    assert read_design(record("B12")).reason


def test_a_kind_the_loader_states_is_kept_unless_there_are_no_findings():
    """A hospital's own guidance stays that; a letter is never made more."""
    local = record("How we give B12", kind=SourceKind.LOCAL_GUIDANCE)
    assert appraise(local).source.kind is SourceKind.LOCAL_GUIDANCE
    letter = record("Re: B12", kind=SourceKind.GUIDELINE)
    assert appraise(letter).source.kind is SourceKind.REFERENCE


def test_only_a_publication_type_earns_the_word_guideline():
    """No title and no abstract does, in whatever words."""
    for title in ("NICE guideline: B12", "Practice guideline for B12", "Guidelines on B12: recommendations"):
        assert appraise(record(title, "This guideline recommends B12.")).source.kind is not SourceKind.GUIDELINE


def test_a_cochrane_review_is_one_by_where_it_appeared():
    """Old ones have no type; their protocols are protocols."""
    container = "Cochrane Database of Systematic Reviews"
    assert read_design(record("Oral B12", container=container)).design is Design.SYSTEMATIC_REVIEW
    assert read_design(record("Oral B12 [Protocol]", container=container)).design is Design.PROTOCOL


def test_the_abstract_of_a_full_text_is_not_its_whole_text():
    """Methods of other studies stand in its discussion."""
    text = record("Oral B12", "Background.", full=True)
    body = make_passage("pmid-1", "Discussion", "Patients were randomised to B12.", heading="Discussion")
    text = type(text)(text.source, (*text.passages, body), full=True)
    assert abstract_of(text) == "Background."
    assert read_design(text).design is Design.UNKNOWN


WORDS = st.lists(
    st.sampled_from(
        [
            "a",
            "randomised",
            "non",
            "not",
            "trial",
            "study",
            "protocol",
            "for",
            "of",
            "review",
            "systematic",
            "cohort",
            "in",
            "rats",
            "children",
            ":",
            ".",
            ",",
            "-",
        ]
    ),
    max_size=14,
).map(" ".join)
TYPES = st.lists(st.sampled_from([RCT, "Letter", "Comment", "Review", "Guideline", "Case Reports", "Meta-Analysis"]))


@given(WORDS | st.text(max_size=80), WORDS | st.text(max_size=80), TYPES)
def test_any_record_is_appraised_once_and_for_all(title, abstract, types):
    """Every record gets a design and a reason, and a second time changes nothing."""
    once = appraise(record(title, abstract, types))
    assert Design(once.source.design)
    assert once.source.design_reason
    assert appraise(once) == once


@given(WORDS, TYPES)
def test_the_order_of_publication_types_does_not_matter(title, types):
    """Types are a set."""
    assert read_design(record(title, types=types)) == read_design(record(title, types=types[::-1]))


def test_every_design_has_a_kind_and_what_has_no_findings_is_a_reference():
    """Nothing without findings is filed among what has them."""
    for design in Design:
        assert isinstance(design.kind, SourceKind)
        if design.has_no_findings:
            assert design.kind is SourceKind.REFERENCE


def test_wording_alone_against_publication_types():
    """Types hidden, randomised trials are found in the wording, and few that are none."""
    if not ABSTRACTS.is_file():
        pytest.skip("the abstracts are not here")
    import zstandard

    hits = wrong = missed = 0
    with ABSTRACTS.open("rb") as file:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8"):
            entry = json.loads(line)
            if not entry["pubtypes"]:
                continue
            found = read_design(record(entry["title"], entry["abstract"] or "")).design is Design.RANDOMISED
            typed = RCT in entry["pubtypes"]
            hits, wrong, missed = hits + (found and typed), wrong + (found > typed), missed + (typed > found)
    assert hits + missed > 400
    assert hits / (hits + wrong) > 0.9
    assert hits / (hits + missed) > 0.85
