"""What a reviewer holds against what: the sentences as readers see them, their statements, sources and passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bedside.evidence.statement import Statement
from bedside.rendering.basis import BASES
from bedside.rendering.citations import CHECK_LABELS
from bedside.rendering.html.marking import Piece, marked
from bedside.rendering.html.proof import VERDICTS
from bedside.rendering.public.source_page import STATUSES
from bedside.rendering.public.statement_page import Cited, FigureLine, StatementPage, Wording
from bedside.review.mark import Mark
from bedside.servers.board.address import item_href, source_href
from bedside.servers.public.originals import original_of, shown_passage
from bedside.servers.public.shelf import Shelf
from bedside.verification.originals import Standing as Held
from bedside.verification.verdict import Verdict

_STANDS = "Nothing in it goes beyond the statement: same numbers, same strength, no word of denial added or dropped."
_PASSES = (Verdict.SUPPORTED, Verdict.QUALIFIED, Verdict.NOT_A_CLAIM)


@dataclass(frozen=True, slots=True)
class WordingView:
    """One wording as its readers see it. What it shares with the other wording is marked in ``pieces``; ``reasons`` are
    the checker's, ``passes`` whether it may stand."""

    readers: str
    pieces: tuple[Piece, ...]
    verdict: str
    passes: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedView:
    """A source that a statement cites. ``mark`` is what the board says of it, "" for nothing. ``held`` says what its
    original says of the statement, ``why`` for which reason; ``passage`` are the original's words with those of the
    statement marked, none where it is not loaded or nothing was found; ``cut`` that its licence lets only a part be
    shown."""

    title: str
    href: str
    locator: str
    reference: str
    basis: str
    record: str
    status: str
    stands: bool
    mark: str
    held: str
    why: str
    place: str
    licence: str
    passage: tuple[Piece, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One statement, held against everything there is."""

    id: str
    item: str
    href: str
    wordings: tuple[WordingView, ...]
    facts: tuple[tuple[str, str], ...]
    unconfirmed: bool
    figures: tuple[FigureLine, ...]
    figures_agree: bool
    cited: tuple[CitedView, ...]
    missing: tuple[str, ...]

    @property
    def loaded(self) -> bool:
        """Whether a passage is shown."""
        return any(each.passage for each in self.cited)

    @property
    def passes(self) -> bool:
        """Whether every wording may stand."""
        return all(each.passes for each in self.wordings)


def sentence_view(statement: Statement, shelf: Shelf, marks: Mapping[str, Mark]) -> SentenceView:
    """A statement as the workbench shows it."""
    page = shelf.statement(statement)
    return SentenceView(
        id=statement.id,
        item=f"statement:{statement.id}",
        href=item_href(f"statement:{statement.id}"),
        wordings=tuple(_wordings(page, shelf)),
        facts=tuple(_facts(page)),
        unconfirmed=statement.unconfirmed,
        figures=page.figures,
        figures_agree=page.figures_agree,
        cited=tuple(_cited(each, statement, shelf, marks) for each in page.cited),
        missing=page.missing,
    )


def _wordings(page: StatementPage, shelf: Shelf) -> Iterator[WordingView]:
    """The clinical wording and the plain one, each marked against the other; that for carers where it differs."""
    clinical, plain, carer = page.wordings
    sides = marked(plain.text, clinical.text, shelf.desk.checks)
    yield _wording(clinical, sides.there)
    yield _wording(plain, sides.here)
    if carer.text != plain.text:
        yield _wording(carer, marked(carer.text, clinical.text, shelf.desk.checks).here)


def _wording(wording: Wording, pieces: tuple[Piece, ...]) -> WordingView:
    reasons = tuple(f"{finding.message[:1].upper()}{finding.message[1:]}." for finding in wording.findings)
    return WordingView(
        readers=wording.readers,
        pieces=pieces,
        verdict=VERDICTS[wording.verdict].replace("Supported", "Supported by our statement"),
        passes=wording.verdict in _PASSES,
        reasons=reasons or (_STANDS,),
    )


def _facts(page: StatementPage) -> Iterator[tuple[str, str]]:
    statement = page.statement
    yield "Strength", page.strength
    yield "Level of evidence", f"{statement.level.value}: {page.level}"
    yield "Country", page.country
    yield "Basis", BASES[statement.basis]
    for name, value in (
        ("Population", statement.population),
        ("Dose", "It states a dose." if statement.dose else ""),
        ("Guards", ", ".join(statement.guards)),
        ("Checked on", statement.checked_on),
        ("Next check", statement.next_check),
        ("In the content", statement.where),
    ):
        if value:
            yield name, value


def _cited(cited: Cited, statement: Statement, shelf: Shelf, marks: Mapping[str, Mark]) -> CitedView:
    source = cited.source
    mark = marks.get(source.key)
    pieces, licence, cut = _passage(cited, statement, shelf)
    return CitedView(
        title=source.title,
        href=source_href(source.key),
        locator=cited.locator,
        reference=cited.reference,
        basis=cited.basis,
        record=CHECK_LABELS[source.check],
        status=STATUSES[source.status],
        stands=source.status.value == "current" and mark is None,
        mark=mark.status if mark else "",
        held=cited.held.standing.value,
        why=cited.held.reason,
        place=cited.held.locator,
        licence=licence,
        passage=pieces,
        cut=cut,
    )


def _passage(cited: Cited, statement: Statement, shelf: Shelf) -> tuple[tuple[Piece, ...], str, bool]:
    """The passage a statement was held against, marked, with its licence, and whether only a part is shown."""
    if cited.held.standing in (Held.NOT_LOADED, Held.NOT_FOUND):
        return (), "", False
    found = next((p for p in original_of(shelf.desk, cited.source.key) if p.id == cited.held.passage), None)
    if found is None:
        return (), "", False
    shown = shown_passage(found)
    return marked(statement.clinical, shown.text, shelf.desk.checks).there, shown.licence, shown.cut
