"""True sentences with the passages that support them: what the exam of the checker is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bedside.evaluation.abstracts import Abstract, result_sentences
from bedside.ingest.compiled import CompiledContent
from bedside.text.sentences import sentences

_SHORTEST = 30  # characters; shorter sentences ("Tablets continue.") leave nothing to spoil


class Origin(StrEnum):
    """Where a true sentence comes from."""

    STATEMENT = "statement"
    ABSTRACT = "abstract"


@dataclass(frozen=True, slots=True)
class TrueSentence:
    """A sentence and the passage it is true of. ``id`` names both; ``place`` names the passage alone.

    ``sentence`` stands word for word in ``passage``, except where ``plain`` is true: then it is the plain wording of a
    statement and the passage is the clinical one. ``neighbour`` is another sentence of the same passage, or "".
    """

    id: str
    place: str
    origin: Origin
    sentence: str
    passage: str
    neighbour: str = ""
    plain: bool = False


def statement_sentences(content: CompiledContent) -> tuple[TrueSentence, ...]:
    """Every sentence of the clinical wording of every shipped statement, on that wording as its passage."""
    return tuple(
        true
        for id_, clinical, _ in _wordings(content)
        for true in _verbatim(f"statement:{id_}", Origin.STATEMENT, clinical, _parts(clinical))
    )


def plain_wordings(content: CompiledContent) -> tuple[TrueSentence, ...]:
    """Every statement's whole plain wording, on its clinical wording as the passage; places for a name are left out."""
    return tuple(
        TrueSentence(f"plain:{id_}", f"statement:{id_}", Origin.STATEMENT, plain, clinical, plain=True)
        for id_, clinical, plain in _wordings(content)
        if "{" not in plain
    )


def abstract_sentences(abstracts: Iterable[Abstract]) -> tuple[TrueSentence, ...]:
    """The sentences of results and conclusions of each abstract, with the abstract as their passage."""
    return tuple(
        true
        for abstract in abstracts
        for true in _verbatim(abstract.id, Origin.ABSTRACT, abstract.text, result_sentences(abstract.text))
    )


def _wordings(content: CompiledContent) -> Iterator[tuple[str, str, str]]:
    for topic in content.topics():
        for statement in content.statements(topic.id).values():
            yield statement.id, statement.clinical, statement.plain


def _parts(text: str) -> tuple[str, ...]:
    return tuple(span.of(text) for span in sentences(text) if span.end - span.start >= _SHORTEST)


def _verbatim(place: str, origin: Origin, passage: str, parts: tuple[str, ...]) -> Iterator[TrueSentence]:
    for number, part in enumerate(parts):
        neighbour = parts[number - 1] if number else next(iter(parts[1:]), "")
        yield TrueSentence(f"{place}:{number}", place, origin, part, passage, neighbour)
