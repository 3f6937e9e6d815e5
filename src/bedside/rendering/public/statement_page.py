"""A statement as its page shows it: both wordings with their numbers compared, its basis, and how it is held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bedside.article.claims import claim
from bedside.evidence.gather import Evidence
from bedside.evidence.passage import Passage
from bedside.evidence.source import Source
from bedside.evidence.statement import Statement
from bedside.rendering.basis import basis_line, basis_of
from bedside.rendering.citations import reference_line, status_label
from bedside.rendering.public.words import COUNTRIES, LEVELS, STRENGTHS
from bedside.text.person import second_person
from bedside.verification.figures import figures
from bedside.verification.originals import Held, hold
from bedside.verification.terms import Terms
from bedside.verification.verdict import Finding, Verdict
from bedside.verification.verify import check_sentence


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a wording; ``figure`` says that it is a number with its unit."""

    text: str
    figure: bool = False


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure as each wording prints it, "" where it does not have it."""

    clinical: str
    plain: str

    @property
    def agrees(self) -> bool:
        """Whether both wordings have it."""
        return bool(self.clinical) and bool(self.plain)


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording: who reads it, its text, its pieces, and the verdict of the gate with its findings."""

    readers: str
    text: str
    pieces: tuple[Piece, ...]
    verdict: Verdict
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: the source, where in it, what the wording rests on, how the source stands, and what its original
    says where it was loaded. ``place`` is the place of the passage held against in the original, from 0."""

    source: Source
    locator: str
    basis: str
    reference: str
    status: str
    held: Held
    place: int = 0


@dataclass(frozen=True, slots=True)
class StatementPage:
    """Everything about one statement that does not depend on where it is used."""

    statement: Statement
    wordings: tuple[Wording, ...]
    figures: tuple[FigureLine, ...]
    cited: tuple[Cited, ...]
    missing: tuple[str, ...]
    strength: str
    level: str
    country: str

    @property
    def figures_agree(self) -> bool:
        """Whether every figure stands in both wordings."""
        return all(line.agrees for line in self.figures)


_READERS = {
    "clinical": "Clinical wording: for students, nurses, pharmacists and doctors",
    "plain": "Plain wording: for patients and family",
    "carer": "Plain wording: for carers",
}

Key = tuple[Decimal, Decimal | None, str, str]


def statement_page(
    statement: Statement,
    source: Callable[[str], Source | None],
    original: Callable[[str], Sequence[Passage]],
    terms: Terms,
) -> StatementPage:
    """The page of a statement. ``source`` finds a source by key, ``original`` the passages of one that was loaded."""
    found = {citation.source: source(citation.source) for citation in statement.citations}
    known = {key: each for key, each in found.items() if each is not None}
    sentence = claim(statement)
    verdicts = {v.wording: v for v in check_sentence(sentence, Evidence({statement.id: statement}, known), terms)}
    return StatementPage(
        statement=statement,
        wordings=tuple(
            Wording(
                readers,
                getattr(sentence, wording),
                pieces(getattr(sentence, wording), terms),
                verdicts[wording].verdict,
                verdicts[wording].findings,
            )
            for wording, readers in _READERS.items()
        ),
        figures=_compared(statement.clinical, second_person(statement.plain), terms),
        cited=tuple(_cited(statement, known, original, terms)),
        missing=tuple(key for key, each in found.items() if each is None),
        strength=STRENGTHS[statement.strength],
        level=LEVELS[statement.level],
        country=COUNTRIES[statement.jurisdiction],
    )


def _cited(
    statement: Statement, known: dict[str, Source], original: Callable[[str], Sequence[Passage]], terms: Terms
) -> Iterator[Cited]:
    everyone = tuple(known.values())
    for citation in statement.citations:
        found = known.get(citation.source)
        if found is None:
            continue
        passages = original(found.key)
        held = hold(statement, found.key, passages, terms)
        locators = (citation.locator,) if citation.locator else ()
        yield Cited(
            source=found,
            locator=citation.locator,
            basis=basis_line(basis_of(statement.basis, found, everyone), found, locators),
            reference=reference_line(found, ()),
            status=status_label(found),
            held=held,
            place=next((place for place, passage in enumerate(passages) if passage.id == held.passage), 0),
        )


def pieces(text: str, terms: Terms) -> tuple[Piece, ...]:
    """A wording cut at its figures."""
    cut, end = [], 0
    for figure in figures(text, terms.units.tokens):
        if figure.span.start < end:
            continue
        cut += [Piece(text[end : figure.span.start]), Piece(figure.span.of(text), figure=True)]
        end = figure.span.end
    return tuple(piece for piece in (*cut, Piece(text[end:])) if piece.text)


def _compared(clinical: str, plain: str, terms: Terms) -> tuple[FigureLine, ...]:
    """Every figure of either wording, in the order of the clinical one."""
    here, there = _printed(clinical, terms), _printed(plain, terms)
    return tuple(FigureLine(here.get(key, ""), there.get(key, "")) for key in dict.fromkeys((*here, *there)))


def _printed(text: str, terms: Terms) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for figure in figures(text, terms.units.tokens):
        upper = None if figure.upper is None else figure.upper.normalize()
        found.setdefault((figure.value.normalize(), upper, figure.unit, figure.sign), figure.span.of(text))
    return found
