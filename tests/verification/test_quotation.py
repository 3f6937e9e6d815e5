"""A quotation stands only character for character, whole, from an untouched passage of a source that stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bedside.article.article import Article, Role, Section, SectionKey, Sentence
from bedside.article.frame import Frame
from bedside.article.literature import quotation
from bedside.evidence.gather import Evidence
from bedside.evidence.quote import Quote
from bedside.evidence.record import make_passage
from bedside.evidence.source import RecordCheck, Source, SourceKind, SourceStatus
from bedside.evidence.statement import Citation
from bedside.protocol.protocol import Wording
from bedside.text.span import Span
from bedside.verification.verdict import Verdict
from bedside.verification.verify import Checked, verify
from tests.verification.test_gate import TERMS

SOURCE = Source("pmid-1", SourceKind.TRIAL, "Zolvamide.", "J", RecordCheck.LOADED, year="2014", design="cohort study")
TEXT = "Hiccups are common. Zolvamide 50 mg did not reduce hiccups within 2 weeks. Nothing else was seen."
PASSAGE = make_passage("pmid-1", "Abstract", TEXT)
OTHER = make_passage("pmid-1", "Abstract", TEXT.replace("did not", "did"))
LABEL = Frame("quote-label", "", "From {work}, quoted, not advice:", "From {work}, quoted, not advice:")
START = TEXT.index("Zolvamide")
END = TEXT.index(" Nothing")


def quoted(start: int = START, end: int = END, label: Frame = LABEL) -> Sentence:
    quote = Quote(PASSAGE.id, "pmid-1", "Abstract", TEXT[start:end], start, end, 1.0, 1.0, ("hiccup",))
    return quotation(quote, PASSAGE, SOURCE, label)


def checked(*sentences: Sentence, source: Source = SOURCE, passage=PASSAGE) -> Checked:
    draft = Article(Wording("T", "T"), (Section(SectionKey.LITERATURE, sentences),), ())
    return verify(draft, Evidence({}, {source.key: source}, (), {PASSAGE.id: passage, OTHER.id: OTHER}), TERMS)


def worst(done: Checked) -> Verdict:
    return max((v.verdict for v in done.report.verdicts), key=list(Verdict).index)


def test_an_honest_quotation_is_supported_in_every_wording():
    """The label, the marks, and the words of the source."""
    done = checked(quoted())
    assert {v.verdict for v in done.report.verdicts} == {Verdict.SUPPORTED}
    assert quoted().plain == f"From the abstract of a cohort study (2014), quoted, not advice: “{TEXT[START:END]}”"
    assert [s.id for s in done.article.sentences()] == [quoted().id]


CORRUPTIONS = [
    ("50 mg", "5 mg", Verdict.WRONG_FIGURE),
    ("50 mg", "50 mcg", Verdict.WRONG_FIGURE),
    ("2 weeks", "2 months", Verdict.WRONG_FIGURE),
    ("did not reduce", "did reduce", Verdict.CONTRADICTED),
    ("reduce hiccups", "reduce sneezes", Verdict.UNSUPPORTED),
    ("Zolvamide", "zolvamide", Verdict.UNSUPPORTED),
    (" within 2 weeks", "", Verdict.WRONG_FIGURE),
    ("”", "", Verdict.UNSUPPORTED),
    ("”", " It works.”", Verdict.UNSUPPORTED),
    ("”", "” It works.", Verdict.UNSUPPORTED),
    ("“", "Proven: “", Verdict.UNSUPPORTED),
    ("“", "", Verdict.UNSUPPORTED),
]


@pytest.mark.parametrize(("old", "new", "expected"), CORRUPTIONS)
@pytest.mark.parametrize("wording", ["clinical", "plain", "carer"])
def test_any_changed_character_withholds_the_quotation(wording: str, old: str, new: str, expected: Verdict):
    """A digit, a unit, a "not", a letter, words added before or after: gone in all wordings, and reported."""
    text = getattr(quoted(), wording)
    assert old in text
    done = checked(replace(quoted(), **{wording: text.replace(old, new)}))
    assert worst(done) is expected
    assert done.article.sentences() == ()
    assert [w.sentence for w in done.report.withheld] == [quoted().id]


@pytest.mark.parametrize(
    "change",
    [
        {"passage": OTHER.id},
        {"passage": "pmid-9/none"},
        {"citations": ()},
        {"citations": (Citation("pmid-1", "Table 2"),)},
        {"citations": (Citation("pmid-2", "Abstract"),)},
        {"quoted": Span(START + 10, END)},
        {"quoted": Span(0, 0)},
        {"statement": "t/x"},
        {"basis": None},
        {"template": ""},
        {"template": "\nFrom {title}:\nFrom {work}, quoted, not advice:"},
        {"template": "\n3 times proven: {work}\nFrom {work}, quoted, not advice:"},
    ],
)
def test_everything_a_quotation_says_of_itself_must_hold(change: dict):
    """Another passage, another place, another citation, another label."""
    assert checked(replace(quoted(), **change)).article.sentences() == ()


def test_a_cut_inside_a_sentence_is_refused_though_the_words_are_there():
    """What is cut off may have been a "not"."""
    for start, end in ((TEXT.index("reduce"), END), (START, TEXT.index(" within"))):
        assert checked(quoted(start, end)).article.sentences() == ()


def test_a_passage_whose_text_was_changed_supports_nothing():
    """Its hash tells, even where the quotation still stands in it."""
    tampered = replace(PASSAGE, text=TEXT.replace("Nothing else", "Something else"))
    assert checked(quoted(), passage=tampered).article.sentences() == ()
    forged = replace(PASSAGE, text=TEXT.replace("50 mg", "5 mg"))
    sentence = replace(
        quoted(), **{w: getattr(quoted(), w).replace("50 mg", "5 mg") for w in ("clinical", "plain", "carer")}
    )
    assert checked(sentence, passage=forged).article.sentences() == ()


def test_a_retracted_source_is_not_quoted_and_a_doubtful_one_is_qualified():
    """Whatever its words are."""
    for status, expected in (
        (SourceStatus.RETRACTED, Verdict.UNSUPPORTED),
        (SourceStatus.SUPERSEDED, Verdict.QUALIFIED),
        (SourceStatus.CONCERN, Verdict.QUALIFIED),
        (SourceStatus.DUE, Verdict.SUPPORTED),
    ):
        assert worst(checked(quoted(), source=replace(SOURCE, status=status))) is expected


def test_a_source_that_is_not_there_supports_nothing():
    """Nothing could be printed as its reference."""
    assert checked(quoted(), source=replace(SOURCE, key="pmid-2")).article.sentences() == ()


def test_the_line_about_a_disagreement_falls_with_a_quotation_it_speaks_of():
    """One source alone does not disagree."""
    first = replace(quoted(), group="apart")
    second = replace(quoted(0, TEXT.index(" Zolvamide")), group="apart")
    line = Sentence("frame/x/0", Role.FRAME, "They differ.", "They differ.", "They differ.", group="apart")
    assert len(checked(line, first, second).article.sentences()) == 3
    broken = replace(second, clinical="“Hiccups are rare.”")
    assert [s.id for s in checked(line, first, broken).article.sentences()] == [first.id]


def test_a_title_that_points_at_a_retracted_or_missing_source_is_withheld():
    """Not even the name of what must not be used."""
    line = Sentence("frame/x/0", Role.FRAME, "A title.", "A title.", "A title.", citations=(Citation("pmid-1"),))
    assert len(checked(line).article.sentences()) == 1
    assert checked(line, source=replace(SOURCE, status=SourceStatus.RETRACTED)).article.sentences() == ()
    assert checked(replace(line, citations=(Citation("pmid-7"),))).article.sentences() == ()
