"""Claims: statements as sentences. A statement that several rules bring in stands once, with all of them named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bedside.article.article import Role, Sentence
from bedside.evidence.gather import Evidence
from bedside.evidence.statement import Statement
from bedside.protocol.strength import Jurisdiction
from bedside.question.question import Region
from bedside.text.person import second_person, third_person

SHOWN_IN = {
    Region.GB: frozenset({Jurisdiction.GB, Jurisdiction.INT, Jurisdiction.LOCAL}),
    Region.US: frozenset({Jurisdiction.US, Jurisdiction.INT}),
    Region.BOTH: frozenset(Jurisdiction),
}
"""The jurisdictions whose statements a region shows. Local guidance in the library is British."""


def claim(statement: Statement, rule: str = "", *, branch: bool = False, group: str = "") -> Sentence:
    """A statement as a sentence of the article, word for word in both wordings."""
    return Sentence(
        id=statement.id,
        role=Role.CLAIM,
        clinical=statement.clinical,
        plain=second_person(statement.plain),
        carer=third_person(statement.plain),
        statement=statement.id,
        rules=(rule,) if rule else (),
        citations=statement.citations,
        basis=statement.basis,
        jurisdiction=statement.jurisdiction,
        strength=statement.strength,
        level=statement.level,
        unconfirmed=statement.unconfirmed,
        dose=statement.dose,
        branch=branch,
        group=group,
    )


def claims(
    ids: Iterable[str], evidence: Evidence, region: Region, rule: str = "", *, branch: bool = False
) -> list[Sentence]:
    """The statements of those ids that the region shows, in order. An id that is not there is left out: the gate
    reports it, and the loader refuses content in which it happens."""
    found = (evidence.statement(statement_id) for statement_id in ids)
    return [claim(s, rule, branch=branch) for s in found if s is not None and s.jurisdiction in SHOWN_IN[region]]


def merged(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Each sentence once, at its first place; sure advice beats the same advice as a branch; rules are joined."""
    places: dict[str, Sentence] = {}
    for sentence in sentences:
        known = places.get(sentence.id)
        if known is None:
            places[sentence.id] = sentence
            continue
        rules = (*known.rules, *(rule for rule in sentence.rules if rule not in known.rules))
        places[sentence.id] = replace(known, rules=rules, branch=known.branch and sentence.branch)
    return list(places.values())
