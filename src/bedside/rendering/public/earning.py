"""How a sentence earns its place: one of our own statements, the checks, and spoiled versions that are refused.

Nothing is written beforehand: the statement is chosen from the content, spoiled by rule, and judged when asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bedside.article.claims import claim
from bedside.evidence.gather import Evidence
from bedside.evidence.source import Source
from bedside.evidence.statement import Basis, Statement
from bedside.rendering.public.statement_page import Piece, pieces
from bedside.verification.figures import figures
from bedside.verification.judging import judge, reason_of
from bedside.verification.terms import Terms
from bedside.verification.verdict import SHOWN, Finding, SentenceVerdict, Verdict
from bedside.verification.verify import check_sentence


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A spoiled version: what was done to it, its text, the verdict, and the reason in words."""

    done: str
    text: str
    pieces: tuple[Piece, ...]
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Example:
    """One statement worked through. ``spoiled`` has refused versions only: ``let_through`` counts the others."""

    statement: Statement
    sources: tuple[Source, ...]
    pieces: tuple[Piece, ...]
    verdicts: tuple[SentenceVerdict, ...]
    spoiled: tuple[Spoiled, ...]
    let_through: int


_DENIALS = (" is not ", " does not ", " do not ", " are not ", " not ")
_RAISED = {
    "may be considered": "is required",
    "consider ": "give ",
    "Consider ": "Give ",
    "may ": "must ",
    "suggests": "proves",
    "possible": "certain",
}
_OVER = 2
_ENOUGH = 3  # ways of spoiling that make a full example


def example(statements: Iterable[Statement], sources: dict[str, Source], terms: Terms) -> Example | None:
    """The first of *statements* that can be spoiled in several ways, worked through; None where there is none."""
    best: tuple[int, Statement] | None = None
    for statement in statements:
        if statement.basis is Basis.OWN_RULE:  # one that rests on a document shows more
            continue
        ways = len(list(spoilings(statement, terms)))
        if ways and (best is None or ways > best[0]):
            best = (ways, statement)
        if ways >= _ENOUGH:
            break
    return None if best is None else _worked(best[1], sources, terms)


def _worked(statement: Statement, sources: dict[str, Source], terms: Terms) -> Example:
    cited = {c.source: sources[c.source] for c in statement.citations if c.source in sources}
    evidence = Evidence({statement.id: statement}, cited)
    tried = [_tried(done, text, statement, evidence, terms) for done, text in spoilings(statement, terms)]
    refused = tuple(each for each in tried if each.verdict not in SHOWN)
    return Example(
        statement=statement,
        sources=tuple(cited.values()),
        pieces=pieces(statement.clinical, terms),
        verdicts=tuple(check_sentence(claim(statement), evidence, terms)),
        spoiled=refused,
        let_through=len(tried) - len(refused),
    )


def _tried(done: str, text: str, statement: Statement, evidence: Evidence, terms: Terms) -> Spoiled:
    spoiled = replace(claim(statement), clinical=text)
    verdict = next(v for v in check_sentence(spoiled, evidence, terms) if v.wording == "clinical")
    deciding = next((f for f in verdict.findings if f.verdict is verdict.verdict), None)
    reason = _sentence(deciding) if deciding else reason_of(judge(text, statement.clinical, terms))
    return Spoiled(done, text, pieces(text, terms), verdict.verdict, reason)


def _sentence(finding: Finding) -> str:
    return f"{finding.message[:1].upper()}{finding.message[1:]}."


def spoilings(statement: Statement, terms: Terms) -> Iterator[tuple[str, str]]:
    """What was done, and the clinical wording after it; each changes what is said."""
    text = statement.clinical
    for figure in figures(text, terms.units.tokens)[:1]:
        digits = figure.digits.of(text)
        if re.fullmatch(r"\d+", digits):
            doubled = str(int(digits) * _OVER)
            yield "A number was changed", text[: figure.digits.start] + doubled + text[figure.digits.end :]
    for figure in figures(text, terms.units.tokens):
        written = figure.span.of(text)
        other = next((b for a, b in _OTHER_UNITS.items() if written.endswith(f" {a}")), "")
        if other:
            end = figure.span.end - len(written.rsplit(" ", 1)[1])
            yield "A unit was changed", text[:end] + other + text[figure.span.end :]
            break
    for denial in _DENIALS:
        if denial in text:
            yield "A “not” was left out", text.replace(denial, denial.replace(" not ", " "), 1)
            break
    for hedge, order in _RAISED.items():
        if hedge in text:
            yield "It was made to sound surer", text.replace(hedge, order, 1)
            break


_OTHER_UNITS = {"pg/mL": "pmol/L", "ng/L": "pmol/L", "pmol/L": "ng/L", "mg": "mcg", "mcg": "mg", "nmol/L": "mmol/L"}
