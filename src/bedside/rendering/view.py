"""The view: what one reader sees of an answer, before it becomes characters of some format.

It orders, numbers and hides; it never writes a clinical word. Every reference listed is used, and every number used
is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bedside.answer import Answer
from bedside.article.advice import FROM_RULES
from bedside.article.article import Section, SectionKey, Sentence
from bedside.evidence.statement import Basis
from bedside.protocol.protocol import Wording
from bedside.protocol.strength import Jurisdiction, Strength
from bedside.question.question import Reader
from bedside.rendering.basis import basis_of
from bedside.rendering.citations import Reference, make_reference, status_label, what_it_is
from bedside.rendering.glossary import explained
from bedside.rendering.headings import BRANCH, COUNTRIES, REVIEW_STATUS, UNCONFIRMED, choose, heading
from bedside.rendering.reviewed import review_line
from bedside.review.status import AnswerStatus

NOT_REVIEWED = "frame/status-not-reviewed"
"""How the id of the closing line begins that says that nobody reviewed an answer."""

_FOR_WHOM = re.compile(r" \(|,? in (?:people|adults)\b")
_TOPIC_BY_TOPIC = frozenset({SectionKey.LEAD, SectionKey.WHY, *FROM_RULES})


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence for one reader, with the numbers of its references and what it is marked with, if anything."""

    sentence: Sentence
    text: str
    numbers: tuple[int, ...]
    mark: str

    @property
    def cited(self) -> str:
        """The numbers as printed: ``[1][2]``, or "" for a sentence that cites nothing."""
        return "".join(f"[{number}]" for number in self.numbers)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one country (``jurisdiction``), or shared by all (None). Two countries never stand in one block.

    ``topic`` names the topic that begins here, where a section speaks of several; "" on its further blocks.
    """

    jurisdiction: Jurisdiction | None
    lines: tuple[Line, ...]
    topic: str = ""

    @property
    def label(self) -> str:
        """``UK``, ``US``, or "" for lines that are shared."""
        return COUNTRIES[self.jurisdiction] if self.jurisdiction else ""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as seen: its blocks, and how many of its sentences are folded away."""

    key: SectionKey
    heading: str
    blocks: tuple[Block, ...]
    folded: int


@dataclass(frozen=True, slots=True)
class _Part:
    """What becomes a block."""

    country: Jurisdiction | None
    sentences: list[Sentence]
    topic: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything a reader sees, in order. ``hidden`` are the sections folded away whole, with their counts."""

    title: str
    sections: tuple[SectionView, ...]
    hidden: tuple[tuple[str, int], ...]
    references: tuple[Reference, ...]
    glossary: tuple[tuple[str, str], ...]
    closing: tuple[str, ...]
    status: str


def view(
    answer: Answer,
    *,
    full: bool = False,
    glossary: Mapping[str, str] | None = None,
    review: AnswerStatus | None = None,
) -> View:
    """What the reader of this answer sees; ``full`` shows the folded sentences too.

    ``glossary`` maps a word to its explanation; only students get one. ``review`` is what the board says of the answer,
    None where there is none.
    """
    reader = answer.question.reader
    numbers = _numbering(answer, full=full)
    sections, hidden = [], []
    for section in answer.article.sections:
        shown = [sentence for sentence in section.sentences if full or not sentence.folded]
        folded = len(section.sentences) - len(shown)
        title = heading(section.key, reader)
        if shown:
            sections.append(SectionView(section.key, title, _blocks(section.key, shown, answer, numbers), folded))
        elif folded:
            hidden.append((title, folded))
    words = explained(glossary or {}, _texts(sections)) if reader is Reader.STUDENT else ()
    return View(
        title=choose(answer.article.title, reader),
        sections=tuple(sections),
        hidden=tuple(hidden),
        references=_references(answer, numbers, full=full),
        glossary=words,
        closing=tuple(closing_line(sentence, reader, review) for sentence in answer.article.closing),
        status=status_line(answer, review),
    )


def status_line(answer: Answer, review: AnswerStatus | None = None) -> str:
    """Review status (unless a closing line says it), release, fingerprints, sentences passed and withheld."""
    passed, withheld = len(answer.article.sentences()), len(answer.report.withheld)
    prints = answer.fingerprints
    said = any(REVIEW_STATUS in sentence.text_for(answer.question.reader) for sentence in answer.article.closing)
    return (
        f"{'' if said else f'{review_line(review)}. '}Release {answer.release}, as of {answer.as_of}. "
        f"Fingerprints: content {prints.content[:12]}, run {prints.run[:12]}. "
        f"{passed} {'sentence' if passed == 1 else 'sentences'} passed the check, {withheld} withheld."
    )


def closing_line(sentence: Sentence, reader: Reader, review: AnswerStatus | None) -> str:
    """A closing line; the one that says that nobody reviewed it gives way to what the board says."""
    if sentence.id.startswith(NOT_REVIEWED):
        return sentence.text_for(reader).replace(REVIEW_STATUS, review_line(review))
    return sentence.text_for(reader)


def _shown(answer: Answer, *, full: bool) -> Iterable[Sentence]:
    """The visible sentences in the order in which they are read."""
    for section in answer.article.sections:
        yield from _in_order(section, answer, full=full)


def _in_order(section: Section, answer: Answer, *, full: bool) -> Iterable[Sentence]:
    shown = [sentence for sentence in section.sentences if full or not sentence.folded]
    for part in _parted(section.key, shown, answer):
        yield from part.sentences


def _numbering(answer: Answer, *, full: bool) -> dict[str, int]:
    """Source key -> number, in order of first use."""
    numbers: dict[str, int] = {}
    for sentence in _shown(answer, full=full):
        for citation in sentence.citations:
            numbers.setdefault(citation.source, len(numbers) + 1)
    return numbers


def _parted(key: SectionKey, sentences: list[Sentence], answer: Answer) -> list[_Part]:
    """Split into shared, UK and US. Where rules and patterns speak of several topics, one after the other."""
    titles = {run.protocol.id: run.protocol.title for run in answer.runs} if key in _TOPIC_BY_TOPIC else {}
    topics: dict[str, list[Sentence]] = {}
    topic = ""
    for sentence in sentences:
        own = sentence.statement.partition("/")[0]
        if own in titles and own != topic:
            topics.setdefault(own, []).extend(topics.pop("", ()))
            topic = own  # a frame, or a statement that all share, goes with what stands before it
        topics.setdefault(topic, []).append(sentence)
    parts: list[_Part] = []
    for topic, spoken in topics.items():
        title = _named(titles[topic], answer.question.reader) if len(topics) > 1 else ""
        for number, (country, mine) in enumerate(_partition(spoken)):
            parts.append(_Part(country, mine, "" if number else title))
    return parts


def _named(title: Wording, reader: Reader) -> str:
    """What a title calls its topic: the words before those on whom it is for."""
    return _FOR_WHOM.split(choose(title, reader), maxsplit=1)[0]


def _partition(sentences: list[Sentence]) -> list[tuple[Jurisdiction | None, list[Sentence]]]:
    """Split into shared, UK and US, first what stands alone, then group by group."""
    groups = dict.fromkeys(sentence.group for sentence in sentences)
    parts: list[tuple[Jurisdiction | None, list[Sentence]]] = []
    for group in sorted(groups, key=lambda name: name != ""):
        members = [sentence for sentence in sentences if sentence.group == group]
        for country in (None, *COUNTRIES):
            mine = [sentence for sentence in members if _country(sentence) is country]
            if mine:
                parts.append((country, mine))
    return parts


def _country(sentence: Sentence) -> Jurisdiction | None:
    return sentence.jurisdiction if sentence.jurisdiction in COUNTRIES else None


def _blocks(
    key: SectionKey, sentences: list[Sentence], answer: Answer, numbers: Mapping[str, int]
) -> tuple[Block, ...]:
    return tuple(
        Block(part.country, tuple(_line(sentence, answer, numbers) for sentence in part.sentences), part.topic)
        for part in _parted(key, sentences, answer)
    )


def _line(sentence: Sentence, answer: Answer, numbers: Mapping[str, int]) -> Line:
    reader = answer.question.reader
    return Line(
        sentence=sentence,
        text=sentence.text_for(reader),
        numbers=tuple(dict.fromkeys(numbers[citation.source] for citation in sentence.citations)),
        mark=_of_quotation(sentence, answer) if sentence.passage else _mark(sentence, reader),
    )


def _mark(sentence: Sentence, reader: Reader) -> str:
    """For all readers that it is a branch, or unconfirmed; for clinical readers its strength and level too."""
    marks = [BRANCH] if sentence.branch else []
    if sentence.level and not reader.plain:
        strength = "" if sentence.strength is Strength.INFORMATION else f"{sentence.strength.value}, "
        marks.append(f"{strength}level {sentence.level.value}")
    if sentence.unconfirmed:
        marks.append(choose(UNCONFIRMED, reader))
    return f"({'; '.join(marks)})" if marks else ""


def _of_quotation(sentence: Sentence, answer: Answer) -> str:
    """For clinical readers what is quoted, its year and whether it still stands, as far as no label says it."""
    if answer.question.reader.plain:
        return ""
    source = answer.sources[sentence.citations[0].source]
    labelled = bool(sentence.template.partition("\n")[0])
    said = "" if labelled else ", ".join(filter(None, (what_it_is(source).lower(), source.year)))
    marks = "; ".join(filter(None, (said, status_label(source))))
    return f"({marks})" if marks else ""


def _references(answer: Answer, numbers: Mapping[str, int], *, full: bool) -> tuple[Reference, ...]:
    locators: dict[str, list[str]] = {key: [] for key in numbers}
    bases: dict[str, list[Basis]] = {key: [] for key in numbers}
    licences: dict[str, str] = {}
    for sentence in _shown(answer, full=full):
        if sentence.passage:
            passage = answer.passages[sentence.passage]
            licences[passage.source] = passage.licence
        for citation in sentence.citations:
            if citation.locator and citation.locator not in locators[citation.source]:
                locators[citation.source].append(citation.locator)
            if sentence.basis:
                cited = tuple(answer.sources[c.source] for c in sentence.citations)
                bases[citation.source].append(basis_of(sentence.basis, answer.sources[citation.source], cited))
    return tuple(
        make_reference(
            number,
            answer.sources[key],
            tuple(sorted(locators[key], key=_natural)),
            tuple(bases[key]),
            licences.get(key, ""),
        )
        for key, number in numbers.items()
    )


def _natural(locator: str) -> list[tuple[int, int | str]]:
    """Sections in the order of their numbers: 1.2 before 1.10."""
    return [(0, int(part)) if part.isdigit() else (1, part) for part in re.findall(r"\d+|\D+", locator)]


def _texts(sections: Iterable[SectionView]) -> str:
    return "\n".join(line.text for section in sections for block in section.blocks for line in block.lines)
