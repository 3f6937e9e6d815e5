"""A small answer made by hand from the nouns. Its clinical wording is invented and means nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bedside.answer import Answer, AnswerKind, Fingerprints
from bedside.article.article import Article, Birthplace, Role, Section, SectionKey, Sentence
from bedside.evidence.source import RecordCheck, Source, SourceKind
from bedside.evidence.statement import Basis, Citation
from bedside.facts.fact import Concern, ConcernKind, Fact, Facts, Kind, Quantity
from bedside.protocol.condition import ALWAYS, Has
from bedside.protocol.outcome import BandResult, Because, Holds, Missing, Outcome, Run
from bedside.protocol.protocol import Ask, Effect, Pattern, Protocol, Rule, Urgency, Wording
from bedside.protocol.strength import Jurisdiction, Level, Strength
from bedside.protocol.truth import Truth
from bedside.question.question import Intent, Question, Reader, Region
from bedside.text.span import Span
from bedside.verification.verdict import Report, SentenceVerdict, Verdict, Withheld

TEXT = "My B12 is 268 pg/mL on tablets"

GUIDELINE = Source(
    "nice-ng239",
    SourceKind.GUIDELINE,
    "Vitamin B12 deficiency in over 16s",
    "NICE",
    RecordCheck.SECONDHAND,
    year="2024",
    version="NG239",
    url="https://www.nice.org.uk/guidance/ng239",
    jurisdiction="GB",
)
REVIEW = Source(
    "afp-2025",
    SourceKind.REVIEW,
    "Vitamin B12 deficiency",
    "AAFP",
    RecordCheck.READ,
    authors=("Smith, J.", "Jones, A."),
    container="Am Fam Physician",
    volume="112",
    issue="3",
    pages="1-9",
    year="2025",
    pmid="40000000",
    jurisdiction="US",
)
OWN = Source("bedside-safety", SourceKind.SAFETY_RULE, "bedside safety rules", "bedside", RecordCheck.READ)

B12 = Fact(
    "total_b12",
    Kind.LAB,
    quantity=Quantity(Decimal(268), "pg/mL", written="pg/mL"),
    span=Span(10, 19),
    text="268 pg/mL",
)


def claim(name: str, text: str, source: str, locator: str = "", **more) -> Sentence:
    """A claim with the same words in all wordings, told apart by a prefix."""
    values = {"basis": Basis.READ, "level": Level.C, "statement": name, **more}
    return Sentence(
        name,
        Role.CLAIM,
        text,
        f"Plainly: {text}",
        f"For them: {text}",
        citations=(Citation(source, locator),),
        **values,
    )


def rule(rule_id: str, effect: Effect, statement: str, **more) -> Rule:
    """A rule of the made-up table."""
    values = {"jurisdiction": Jurisdiction.INT, "strength": Strength.DO, "level": Level.C, **more}
    return Rule(
        id=rule_id,
        row=rule_id.split("-", maxsplit=1)[0],
        table="OR",
        order=1,
        given=Has("on_oral_b12"),
        when=ALWAYS,
        effect=effect,
        statements=(statement,),
        section="11.2",
        **values,
    )


RED = claim("t/red", "Go today if walking gets unsteady.", "bedside-safety", basis=Basis.OWN_RULE, level=Level.X)
LEAD = claim("t/lead", "A result of 268 pg/mL is indeterminate.", "nice-ng239", "section 1.3", basis=Basis.SECONDHAND)
WHY = Sentence(
    "frame/why/1",
    Role.PATIENT,
    "You take tablets.",
    "You take tablets.",
    "They take tablets.",
    births=(Birthplace("268", "total_b12"),),
)
TEST_US = claim("t/mma-us", "Measure MMA.", "afp-2025", "abstract", jurisdiction=Jurisdiction.US, strength=Strength.DO)
TEST_GB = claim(
    "t/mma-gb",
    "Consider MMA.",
    "nice-ng239",
    "section 1.3",
    jurisdiction=Jurisdiction.GB,
    strength=Strength.CONSIDER,
    branch=True,
    unconfirmed=True,
)
TEST_INT = claim("t/fbc", "A blood count helps.", "afp-2025", "page 2")
FOLDED = claim("t/folded", "One more point about tests.", "afp-2025", "page 3", folded=True)
FOLLOW = claim("t/follow", "Repeat after a while.", "afp-2025", "page 4", folded=True)
CLOSING = Sentence("frame/closing/1", Role.FRAME, "Not a substitute.", "Not a substitute.", "Not a substitute.")

SECTIONS = (
    Section(SectionKey.RED_FLAGS, (RED,)),
    Section(SectionKey.LEAD, (LEAD,)),
    Section(SectionKey.WHY, (WHY,)),
    Section(SectionKey.TESTS, (TEST_US, TEST_GB, TEST_INT, FOLDED)),
    Section(SectionKey.FOLLOW_UP, (FOLLOW,)),
)

ASK = Ask("symptoms", ("numbness",), Wording("Symptoms?", "Any numbness?"), (), Wording("route", "what to do"))

PROTOCOL = Protocol(
    id="t",
    title=Wording("Test topic", "Test topic"),
    version="1",
    scope=ALWAYS,
    scope_wording=Wording("", ""),
    topics=("total_b12",),
    definitions={},
    measures={},
    parameters=(),
    rules=(),
    asks=(ASK,),
    patterns=(),
)

FIRED = (
    rule("RF1", Effect.RED_FLAG, "t/red", level=Level.X, urgency=Urgency.SAME_DAY),
    rule("CL1", Effect.INFORM, "t/lead", strength=Strength.INFORMATION),
    rule("CF3-GB", Effect.RECOMMEND, "t/mma-gb", jurisdiction=Jurisdiction.GB, strength=Strength.CONSIDER),
    rule("CF3-US", Effect.RECOMMEND, "t/mma-us", jurisdiction=Jurisdiction.US),
    rule("MO1", Effect.RECOMMEND, "t/follow"),
    rule("MO6", Effect.RECOMMEND, "t/fbc", strength=Strength.DO_NOT),
    rule("ZZ9", Effect.RECOMMEND, "t/not-in-the-article"),
)


def outcome(made: Rule, truth: Truth = Truth.TRUE, overridden_by: str = "") -> Outcome:
    """The outcome of a rule, decided by the one fact there is."""
    return Outcome(
        made, truth, relevant=True, overridden_by=overridden_by, because=(Because("on_oral_b12", truth, B12),)
    )


RUN = Run(
    protocol=PROTOCOL,
    scope=Truth.UNKNOWN,
    outcomes=(
        *map(outcome, FIRED),
        outcome(rule("OR3", Effect.RECOMMEND, "t/open"), Truth.UNKNOWN),
        outcome(rule("OR4", Effect.RECOMMEND, "t/silenced"), Truth.TRUE, "RF1"),
    ),
    bands=(BandResult("total_b12", "indeterminate", B12, "INT"),),
    classes=(("mma_serum", "not_diagnostic"),),
    pattern=Pattern("p", ALWAYS, Wording("", ""), (), (), (), ("total_b12",)),
    missing=(Missing(ASK, 1, 2, 3, ("OR3",)),),
    holds=(Holds("total_b12", "GB", "ng/L", "180", True, "350", True, "indeterminate", "low", "unlikely"),),
)


def sample(
    reader: Reader = Reader.CLINICIAN, region: Region = Region.BOTH, sections: tuple[Section, ...] = SECTIONS
) -> Answer:
    """The answer; every sentence passed in every wording, one was withheld."""
    sentences = [sentence for section in sections for sentence in section.sentences]
    wordings = ("clinical", "plain", "carer")
    return Answer(
        kind=AnswerKind.ANSWERED,
        question=Question(TEXT, reader, region, (Intent.MANAGE,), ("t",)),
        facts=Facts((B12,), (Concern(ConcernKind.IMPLAUSIBLE, "total_b12", "268 pg/mL", Span(10, 19)),)),
        runs=(RUN,),
        article=Article(Wording("Clinical title", "Plain title"), sections, (CLOSING,)),
        report=Report(
            tuple(
                SentenceVerdict(s.id, w, Verdict.SUPPORTED if s.role is Role.CLAIM else Verdict.NOT_A_CLAIM)
                for s in sentences
                for w in wordings
            ),
            (Withheld("t/gone", "wrong figure: 5 mg"),),
        ),
        statements={},
        sources={source.key: source for source in (GUIDELINE, REVIEW, OWN)},
        release="2026.11",
        as_of="2026-11-22",
        code_version="0.1.0",
        fingerprints=Fingerprints("c" * 64, "r" * 64),
        settings={"input_limit": "100000"},
    )


def without_bands(answer: Answer) -> Answer:
    """The same answer with no measure placed in a band."""
    return replace(answer, runs=tuple(replace(run, bands=()) for run in answer.runs))
