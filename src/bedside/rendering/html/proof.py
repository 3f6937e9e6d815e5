"""The proof of a sentence: what it says, the statement or passage it was held against, the verdict, and the rule and
facts that brought it here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bedside.answer import Answer
from bedside.article.article import Sentence
from bedside.evidence.passage import Passage
from bedside.evidence.statement import Statement
from bedside.facts.fact import Fact
from bedside.protocol.outcome import Because, Outcome
from bedside.protocol.truth import Truth
from bedside.rendering.basis import basis_lines, short_name
from bedside.rendering.explain import quantity_text
from bedside.rendering.html.aids import Aids
from bedside.rendering.html.marking import Piece, Shared, Sides, marked, pieces
from bedside.rendering.json_article import verdict_of
from bedside.verification.originals import Standing, hold
from bedside.verification.pair import best_window
from bedside.verification.reading import read
from bedside.verification.verdict import Verdict

VERDICTS = {
    Verdict.SUPPORTED: "Supported",
    Verdict.QUALIFIED: "Supported, with a reservation",
    Verdict.NOT_A_CLAIM: "Not a claim",
    Verdict.OVERSTATED: "Overstated",
    Verdict.UNSUPPORTED: "Not supported",
    Verdict.WRONG_FIGURE: "Wrong figure",
    Verdict.CONTRADICTED: "Contradicted",
}
_STANDS = "Nothing in it goes beyond the statement: same numbers, same strength, no word of denial added or dropped."
_QUOTED = "It is word for word in the passage, which is the text that was loaded."
_TRUTHS = {Truth.TRUE: "holds", Truth.FALSE: "does not hold", Truth.UNKNOWN: "is not known"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition of a rule: what it asks, whether it holds, and the reader's own words that say so."""

    condition: str
    truth: str
    fact: str
    words: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule that brought the sentence in. ``state`` says whether it fired or is still open."""

    id: str
    row: str
    table: str
    state: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """The words of a source, in pieces. ``standing`` is what they say of our statement, in a few words; ``cut`` that
    only a part is shown, as the licence asks."""

    source: str
    place: str
    licence: str
    standing: str
    pieces: tuple[Piece, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """The proof of one claim. ``number`` counts the claims of the article from 1. ``statement`` is empty for a
    quotation, whose words are in ``originals``; ``same`` says that sentence and statement are letter for letter alike.
    ``pattern`` is the answer pattern that brought it in where no rule did, else "".
    """

    number: int
    sentence_id: str
    statement_id: str
    sentence: tuple[Piece, ...]
    statement: tuple[Piece, ...]
    same: bool
    basis: tuple[str, ...]
    originals: tuple[Original, ...]
    verdict: Verdict
    verdict_label: str
    reasons: tuple[str, ...]
    rules: tuple[RuleView, ...]
    pattern: str

    @property
    def passed(self) -> bool:
        """Whether it was supported without a reservation."""
        return self.verdict is Verdict.SUPPORTED


def proof(answer: Answer, sentence: Sentence, number: int, aids: Aids) -> Proof:
    """The proof of a claim of the article, in the wording its reader gets."""
    text = sentence.text_for(answer.question.reader)
    statement = answer.statements.get(sentence.statement)
    found = verdict_of(answer, sentence.id)
    verdict = found.verdict if found else Verdict.UNSUPPORTED
    messages = tuple(f"{_capital(f.message)}." for f in found.findings) if found else ()
    same = statement is not None and text == statement.clinical
    sides = marked(text, statement.clinical, aids.terms) if statement and not same else Sides((Piece(text),), ())
    return Proof(
        number=number,
        sentence_id=sentence.id,
        statement_id=statement.id if statement else "",
        sentence=sides.here,
        statement=(Piece(statement.clinical),) if statement and same else sides.there,
        same=same,
        basis=basis_lines(sentence, answer.sources),
        originals=tuple(_originals(answer, sentence, statement, aids)),
        verdict=verdict,
        verdict_label=_label(verdict, sentence),
        reasons=messages or ((_QUOTED if sentence.passage else _STANDS),),
        rules=tuple(_rules(answer, sentence, aids)),
        pattern="" if sentence.rules else _pattern(answer, sentence),
    )


def _capital(message: str) -> str:
    """A message as a sentence; the key of a source at its head stays as it is."""
    return message[:1].upper() + message[1:] if message.split(maxsplit=1)[0].isalpha() else message


def _label(verdict: Verdict, sentence: Sentence) -> str:
    """The verdict in words, and by what: our statement is not the source, unless it was held against it."""
    by = "by the passage" if sentence.passage else "by our statement"
    return VERDICTS[verdict].replace("Supported", f"Supported {by}")


def _pattern(answer: Answer, sentence: Sentence) -> str:
    patterns = (run.pattern for run in answer.runs if run.pattern is not None)
    ids = {name for name in (sentence.statement, sentence.statement.rpartition("/")[2]) if name}
    return next((p.id for p in patterns if ids & {*p.lead, *p.why, *p.certainty}), "")


def _originals(answer: Answer, sentence: Sentence, statement: Statement | None, aids: Aids) -> Iterator[Original]:
    if sentence.passage:
        yield _quoted(answer, sentence, answer.passages[sentence.passage], aids)
    elif statement is not None:
        for key in dict.fromkeys(citation.source for citation in statement.citations):
            if passages := aids.originals(key):
                yield _held(answer, statement, key, passages, aids)


def _quoted(answer: Answer, sentence: Sentence, passage: Passage, aids: Aids) -> Original:
    """The passage with the quoted words marked; only those where the licence lets no more be shown."""
    whole = _allowed(passage.text, passage.licence, aids)
    place = sentence.quoted
    shown = pieces(passage.text, [(place, Shared.WORD)]) if whole else (Piece(place.of(passage.text), Shared.WORD),)
    source = answer.sources[passage.source]
    return Original(short_name(source), passage.locator, passage.licence, "the words quoted", shown, cut=not whole)


def _held(answer: Answer, statement: Statement, key: str, passages: tuple[Passage, ...], aids: Aids) -> Original:
    """What a loaded original says of our statement, with what both share marked."""
    source = answer.sources[key]
    held = hold(statement, key, passages, aids.terms)
    passage = next((each for each in passages if each.id == held.passage), None)
    if passage is None or held.standing is Standing.NOT_FOUND:
        return Original(short_name(source), "", "", held.standing.value, ())
    text = passage.text
    whole = _allowed(text, passage.licence, aids)
    if not whole:
        text = _best_sentence(statement.clinical, text, aids)
        if not _allowed(text, passage.licence, aids):
            return Original(short_name(source), passage.locator, passage.licence, held.standing.value, (), cut=True)
    shown = marked(statement.clinical, text, aids.terms).there
    return Original(short_name(source), passage.locator, passage.licence, held.standing.value, shown, cut=not whole)


def _best_sentence(claim: str, text: str, aids: Aids) -> str:
    """The sentence of a passage that says most of the longest sentence of a claim."""
    longest = max(read(claim, aids.terms).sentences, key=lambda each: len(each.places))
    return best_window(longest, read(text, aids.terms)).span.of(text)


def _allowed(text: str, licence: str, aids: Aids) -> bool:
    return aids.may_quote is None or len(text.split()) <= aids.may_quote(licence)


def _rules(answer: Answer, sentence: Sentence, aids: Aids) -> Iterator[RuleView]:
    wanted = set(sentence.rules)
    for run in answer.runs:
        for outcome in run.outcomes:
            if outcome.rule.id in wanted:
                leaves = tuple(_leaf(each, answer, aids) for each in outcome.because)
                yield RuleView(outcome.rule.id, outcome.rule.row, outcome.rule.table, _state(outcome), leaves)


def _state(outcome: Outcome) -> str:
    if outcome.fires:
        return "fired"
    return "still open: a fact it needs is not known" if outcome.truth is Truth.UNKNOWN else "did not fire"


def _leaf(because: Because, answer: Answer, aids: Aids) -> Leaf:
    fact = because.fact
    condition = because.leaf.replace("_", " ")
    if fact is None:
        return Leaf(condition, _TRUTHS[because.truth], "", "")
    return Leaf(condition, _TRUTHS[because.truth], said(fact, answer, aids), fact.text)


def said(fact: Fact, answer: Answer, aids: Aids) -> str:
    """A fact in words: its name, and its value where it has one."""
    value = quantity_text(fact.quantity) if fact.quantity else fact.result
    name = aids.name(fact.concept, answer.question.reader)
    return f"{name} {value}".strip() if value else f"{name}: {fact.presence.value}"
