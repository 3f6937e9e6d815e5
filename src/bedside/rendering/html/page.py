"""The article as a page: everything the templates show, as plain values and in the order in which it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bedside.answer import Answer, AnswerKind
from bedside.article.article import FIRST_SCREEN, Role, SectionKey, Sentence
from bedside.comparison import Changes
from bedside.protocol.protocol import Effect, Urgency
from bedside.question.question import Reader, Region
from bedside.rendering.headings import COUNTRIES, PARAGRAPHS
from bedside.rendering.html.aids import Aids
from bedside.rendering.html.asks import AskView, asks_of
from bedside.rendering.html.changes_view import ChangesView, changes_view
from bedside.rendering.html.chips import Asked, Chip, facts_of
from bedside.rendering.html.form_target import FormTarget
from bedside.rendering.html.proof import Proof, proof
from bedside.rendering.html.references import ReferenceView, reference_view
from bedside.rendering.html.status import Standing, standing
from bedside.rendering.html.taken_away import taken_away
from bedside.rendering.view import Block, Line, SectionView, view
from bedside.review.status import AnswerStatus

READERS: Mapping[Reader, str] = {
    Reader.PATIENT: "Patient or family",
    Reader.CARER: "Carer",
    Reader.STUDENT: "Student",
    Reader.NURSE: "Nurse or pharmacist",
    Reader.CLINICIAN: "Doctor",
}
"""What each reader is called where people choose."""

REGIONS: Mapping[Region, str] = {Region.BOTH: "UK and US", Region.GB: "UK", Region.US: "US"}
"""What each region is called where people switch."""

_LABELS = {SectionKey.LEAD: "The answer in short"}
# Closing lines that the page says in its line of how sure, how old, who checked.
_SAID = ("frame/status-not-reviewed", "frame/content-date")
# Short, and what the rest turns on: shown unfolded behind the first screen.
_OPEN = frozenset({SectionKey.HOLDS, SectionKey.UNKNOWN, SectionKey.NEAREST})


@dataclass(frozen=True, slots=True)
class Choice:
    """One way the page can be read: for a reader, or by the guidelines of a region. ``address`` is "" where the page
    cannot be asked for again."""

    value: str
    label: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Say:
    """One sentence: its words, its marks, the numbers of its references, its proof and, where it asks, its fields.

    ``level`` and ``strength`` are in ``mark`` already, in words; ``dose`` says that it states one.
    """

    id: str
    text: str
    mark: str
    numbers: tuple[int, ...]
    proof: Proof | None
    ask: AskView | None
    dose: bool


@dataclass(frozen=True, slots=True)
class Side:
    """Sentences of one country (``label``), or shared ("")."""

    label: str
    says: tuple[Say, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Sides beside each other: one that is shared, or the UK and the US. ``topic`` names the topic that begins."""

    sides: tuple[Side, ...]
    topic: str = ""

    @property
    def paired(self) -> bool:
        """Whether two countries stand beside each other."""
        return len(self.sides) > 1


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page: ``rows`` are shown at once, ``more`` is folded away (the word budget of the article).

    ``prose`` sets it as running text; ``open`` shows it unfolded; ``count`` is how many sentences it has in all."""

    key: str
    id: str
    heading: str
    rows: tuple[Row, ...]
    more: tuple[Row, ...]
    more_count: int
    prose: bool
    open: bool
    count: int

    def in_sight(self) -> tuple[Say, ...]:
        """The sentences that are read without unfolding anything."""
        return tuple(say for row in self.rows for side in row.sides for say in side.says) if self.open else ()


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything a page shows of an answer.

    ``first`` are the parts of the first screen, ``rest`` the others; ``about`` are the sentences about the facts.
    ``changes`` is None where nothing is compared, and has no lines where nothing changed. ``urgent`` puts the red
    flags before all else: words of an emergency were read, or a red flag holds that cannot wait. ``somebody_else``
    says that a turn began with another person, whose words alone stand in ``asked``. ``papers`` and ``files`` are
    links with labels to what can be taken away, for people and for programs.
    """

    title: str
    urgent: bool
    kind: str
    reader: str
    reader_label: str
    plain: bool
    readers: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    asked: tuple[Asked, ...]
    somebody_else: bool
    chips: tuple[Chip, ...]
    about: Part | None
    changes: ChangesView | None
    first: tuple[Part, ...]
    rest: tuple[Part, ...]
    references: tuple[ReferenceView, ...]
    glossary: tuple[tuple[str, str], ...]
    standing: Standing
    closing: tuple[str, ...]
    form: FormTarget | None
    papers: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
    proofs: tuple[Proof, ...]

    def proof(self, number: int) -> Proof | None:
        """The proof of a claim by its number, or None."""
        return self.proofs[number - 1] if 0 < number <= len(self.proofs) else None

    def parts(self) -> tuple[Part, ...]:
        """Every part in reading order, as a table of contents lists them."""
        return (*self.first, *self.rest)


def page(
    answer: Answer,
    *,
    aids: Aids,
    changes: Changes | None = None,
    glossary: Mapping[str, str] | None = None,
    form: FormTarget | None = None,
    review: AnswerStatus | None = None,
) -> PageView:
    """The page of an answer. Pure; the sentences are the answer's own, folded ones included.

    ``glossary`` explains words to students; ``form`` says where forms lead, None makes a page that is only read;
    ``review`` is what the board says of the answer, None where there is none.
    """
    reader, region = answer.question.reader, answer.question.region
    seen = view(answer, full=True, glossary=glossary)
    claims = [s for section in seen.sections for s in _sentences(section) if s.role is Role.CLAIM]
    proofs = tuple(proof(answer, claim, number, aids) for number, claim in enumerate(claims, 1))
    says = _Says({each.sentence_id: each for each in proofs}, asks_of(answer, aids))
    opened = _OPEN if answer.runs else _OPEN | {SectionKey.LITERATURE}  # without a protocol it is the answer itself
    parts = {section.key: _part(section, says, opened) for section in seen.sections}
    facts = facts_of(answer, aids)
    in_sight = {say.proof.number for part in parts.values() for say in part.in_sight() if say.proof}
    papers, files = taken_away(answer, form)
    cited = {source.number: _used_in(source.source.key, claims) for source in seen.references}
    return PageView(
        title=seen.title,
        urgent=answer.kind is AnswerKind.EMERGENCY or _cannot_wait(answer),
        kind=answer.kind.value,
        reader=reader.value,
        reader_label=READERS[reader],
        plain=reader.plain,
        readers=tuple(_choice(each.value, name, form, reader, region) for each, name in READERS.items()),
        regions=tuple(_choice(each.value, name, form, reader, region) for each, name in REGIONS.items()),
        asked=facts.asked,
        somebody_else=answer.case is not None and answer.case.first > 0,
        chips=facts.chips,
        about=parts.get(SectionKey.FACTS),
        changes=changes_view(changes, aids, reader),
        first=tuple(parts[key] for key in FIRST_SCREEN if key in parts),
        rest=tuple(part for key, part in parts.items() if key not in (*FIRST_SCREEN, SectionKey.FACTS)),
        references=tuple(reference_view(each, cited[each.number], in_sight) for each in seen.references),
        glossary=seen.glossary,
        standing=standing(answer, review),
        closing=tuple(line.text_for(reader) for line in answer.article.closing if not line.id.startswith(_SAID)),
        form=form,
        papers=papers,
        files=files,
        proofs=proofs,
    )


def _cannot_wait(answer: Answer) -> bool:
    """Whether a red flag holds that is for at once, also where it is a value that says so and no word."""
    return any(
        outcome.rule.effect is Effect.RED_FLAG and outcome.rule.urgency is Urgency.IMMEDIATE
        for run in answer.runs
        for outcome in run.firing()
    )


@dataclass(frozen=True, slots=True)
class _Says:
    """Makes a sentence of the page from a line of the view."""

    proofs: Mapping[str, Proof]
    asks: Mapping[str, AskView]

    def of(self, line: Line) -> Say:
        sentence = line.sentence
        return Say(
            id=sentence.id,
            text=line.text,
            mark=line.mark.removeprefix("(").removesuffix(")"),
            numbers=line.numbers,
            proof=self.proofs.get(sentence.id) if sentence.role is Role.CLAIM else None,
            ask=self.asks.get(sentence.id),
            dose=sentence.dose,
        )


def _sentences(section: SectionView) -> list[Sentence]:
    return [line.sentence for block in section.blocks for line in block.lines]


def _part(section: SectionView, says: _Says, opened: frozenset[SectionKey]) -> Part:
    key = section.key
    shown, folded = (_rows(_only(section.blocks, folded=which), says) for which in (False, True))
    return Part(
        key=key.value,
        id=key.value.replace("_", "-"),
        heading=section.heading or _LABELS.get(key, ""),
        rows=shown,
        more=folded,
        more_count=sum(line.sentence.folded for block in section.blocks for line in block.lines),
        prose=key in PARAGRAPHS,
        open=bool(shown) and (key in opened or key in FIRST_SCREEN),
        count=sum(len(block.lines) for block in section.blocks),
    )


def _only(blocks: tuple[Block, ...], *, folded: bool) -> tuple[Block, ...]:
    """The blocks with those of their lines that are folded, or those that are not; a block without any is left out."""
    kept: list[Block] = []
    topic = ""
    for block in blocks:
        topic = block.topic or topic  # of a topic whose first block is left out, the next one says the name
        if lines := tuple(each for each in block.lines if each.sentence.folded is folded):
            kept.append(Block(block.jurisdiction, lines, topic))
            topic = ""
    return tuple(kept)


def _rows(blocks: tuple[Block, ...], says: _Says) -> tuple[Row, ...]:
    """The blocks in order; a block of one country and the next of the other stand side by side."""
    rows: list[Row] = []
    waiting: list[Block] = []
    for block in blocks:
        if waiting and (block.topic or any(block.jurisdiction in (None, each.jurisdiction) for each in waiting)):
            rows.append(_row(waiting, says))
            waiting = []
        if block.jurisdiction is None:
            rows.append(_row([block], says))
        else:
            waiting.append(block)
    if waiting:
        rows.append(_row(waiting, says))
    return tuple(rows)


def _row(blocks: list[Block], says: _Says) -> Row:
    return Row(tuple(_side(each, says) for each in blocks), blocks[0].topic)


def _side(block: Block, says: _Says) -> Side:
    label = COUNTRIES[block.jurisdiction] if block.jurisdiction else ""
    return Side(label, tuple(says.of(line) for line in block.lines))


def _choice(value: str, label: str, form: FormTarget | None, reader: Reader, region: Region) -> Choice:
    """The same page with one choice changed: its address names both, so that neither is lost with the other."""
    chosen = (value, region.value) if value in READERS else (reader.value, value)
    address = f"{form.article}?for={chosen[0]}&region={chosen[1]}" if form else ""
    return Choice(value, label, address, chosen == (reader.value, region.value))


def _used_in(key: str, claims: list[Sentence]) -> tuple[int, ...]:
    return tuple(number for number, claim in enumerate(claims, 1) if any(c.source == key for c in claim.citations))
