"""The same eye on articles written elsewhere: from a document to its audit. Pure; the judge and the search come in."""

from __future__ import annotations

import re
from collections.abc import Callable

from bedside.evidence.library import Library
from bedside.facts.vocabulary import Vocabulary
from bedside.verification.article_checks.checks import check_article
from bedside.verification.article_checks.finding import ReadArticle
from bedside.verification.audit import Against, Audit, AuditedClaim, Judge, Search
from bedside.verification.claims import CHECKED, Claim
from bedside.verification.document import Document
from bedside.verification.verdict import Verdict

NOTHING_FOUND = "Nothing in the library speaks to this."
NO_CLAIM = "Not a claim: nothing to hold against a source."

PASSAGES = 14
"""How many passages a claim is held against: what speaks to it stands among the first, the rest costs time."""

SPEAKS_TO_IT = 0.5
"""The share of a claim's content that a passage must hold before a reader is shown it as what the claim fails on."""

_TELLS = (
    Verdict.NOT_A_CLAIM,
    Verdict.UNSUPPORTED,
    Verdict.QUALIFIED,
    Verdict.SUPPORTED,
    Verdict.OVERSTATED,
    Verdict.WRONG_FIGURE,
    Verdict.CONTRADICTED,
)
_LEAST_WORDS = 3
_REQUIRING = re.compile(r"\brequir(?:ing|es) [^,;.]+")

SourceLine = Callable[[str], str]
"""The id of a passage to one line that says where it comes from."""


def audit(
    document: Document, judge: Judge, search: Search, vocabulary: Vocabulary, source_line: SourceLine = lambda _: ""
) -> Audit:
    """Audit one article: each claim against the passages found for it, and the article against itself.

    The same document, library and vocabulary give the same audit.
    """
    article = ReadArticle.of(document, vocabulary)
    claims = tuple(audit_claim(claim, judge, search, source_line) for claim in article.claims)
    return Audit(document, claims, check_article(article), article.listed.references)


def audit_claim(claim: Claim, judge: Judge, search: Search, source_line: SourceLine) -> AuditedClaim:
    """One claim with its verdict; a claim for which nothing is found is unsupported, never supported."""
    if claim.kind not in CHECKED:
        return AuditedClaim(claim, Verdict.NOT_A_CLAIM, NO_CLAIM)
    ruled = [(judge(text, found), found) for text in wordings(claim) if (found := tuple(search(text)))]
    if not ruled:
        return AuditedClaim(claim, Verdict.UNSUPPORTED, NOTHING_FOUND)
    ruling, passages = max(ruled, key=lambda each: _TELLS.index(each[0].verdict))
    considered = tuple(name for name, _ in passages)
    if ruling.verdict is Verdict.UNSUPPORTED and ruling.judgement.coverage < SPEAKS_TO_IT:
        coverage = ruling.judgement.coverage
        return AuditedClaim(claim, Verdict.UNSUPPORTED, NOTHING_FOUND, coverage=coverage, considered=considered)
    text = dict(passages).get(ruling.against)
    return AuditedClaim(
        claim=claim,
        verdict=ruling.verdict,
        reason=ruling.reason,
        against=None if text is None else Against(ruling.against, text, source_line(ruling.against)),
        findings=ruling.judgement.findings,
        coverage=ruling.judgement.coverage,
        considered=considered,
    )


def wordings(claim: Claim) -> tuple[str, ...]:
    """A claim as it stands and, where it has them, its parts: an item without the line that introduces its list, and
    what it says is required. The part that tells most against it decides."""
    found = [claim.text]
    own = claim.text.removeprefix(claim.lead).strip() if claim.lead else ""
    if own != claim.text and len(own.split()) >= _LEAST_WORDS:
        found.append(own)
    found += [part[0] for part in _REQUIRING.finditer(claim.text) if len(part[0].split()) >= _LEAST_WORDS]
    return tuple(found)


def source_line(name: str, library: Library) -> str:
    """Where a statement or passage comes from: issuer or first author, title, year and place; "" when not known."""
    statement = library.statement(name)
    if statement is not None:
        cited = statement.citations[0] if statement.citations else None
        key, locator = (cited.source, cited.locator) if cited else ("", "")
    else:
        passage = library.passage(name)
        key, locator = (passage.source, passage.locator) if passage is not None else ("", "")
    source = library.source(key) if key else None
    if source is None:
        return ""
    who = source.issuer or (source.authors[0] if source.authors else "")
    return ", ".join(filter(None, [who, source.title.rstrip("."), source.year, locator]))
