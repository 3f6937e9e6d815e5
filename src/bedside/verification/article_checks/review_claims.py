"""Claims about the review of the article that exclude each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bedside.verification.article_checks.finding import ArticleFinding, FindingKind, ReadArticle, Weight, quoted

_SUBJECT = r"(?:articles?|pages?|contents?|answers?|information|leaflets?|texts?|summar(?:y|ies)|materials?)"
_REVIEWED = re.compile(
    rf"\b{_SUBJECT}(?: on this \w+)? (?:is|are|was|were|has been|have been) (?:\w+ ){{0,2}}(?:reviewed|"
    rf"checked|approved|verified|vetted)\b"
    r"|\b(?:medically|clinically|expert|peer|editorially|physician|doctor)[- ]reviewed\b"
    r"|(?:^|\n)\s*(?:reviewed|approved|checked|verified) (?:and \w+ )?by\b|\breviewed for (?:medical |"
    r"clinical )?accuracy\b"
    r"|\b(?:fact[- ]checked|reviewed and approved) by\b",
    re.IGNORECASE,
)
_UNREVIEWED = re.compile(
    r"\b(?:pending|awaiting|awaits|before|until|subject to) (?:(?:a|an|its|human|expert|editorial|medical|"
    r"clinical|final|physician|doctor) ){0,3}review\b"
    r"|\b(?:not|never)(?: yet| currently)?(?: been)? (?:\w+ly )?(?:reviewed|checked|approved|verified)\b|"
    r"\bunreviewed\b"
    r"|\bno (?:doctor|clinician|physician|human|expert|one|person) has (?:yet )?(?:reviewed|checked|approved|read)\b"
    r"|\breview (?:is )?(?:still )?pending\b",
    re.IGNORECASE,
)
_OF_THE_PAGE = re.compile(rf"\b(?:{_SUBJECT}|page|site|review status|this|it|ai|a\.i\.)\b", re.IGNORECASE)
_NEGATED = re.compile(
    r"\b(?:not|no|nothing|never|none|neither|nor|isn't|hasn't|aren't|if|unless|until|once)\b[^.]{0,60}$", re.IGNORECASE
)


_MOST_WORDS = 45  # a longer sentence speaks of something else
_RESEARCH = re.compile(
    r"\b(?:study|studies|trials?|protocol|ethics|institutional|participants?|manuscript)\b", re.IGNORECASE
)


def review_claims(article: ReadArticle) -> Iterator[ArticleFinding]:
    """One finding where the article says that it was reviewed, and that it was not."""
    pieces = [
        (claim.span, words)
        for claim in article.claims
        if len((words := article.words(claim.span)).split()) <= _MOST_WORDS and not _RESEARCH.search(words)
    ]
    claimed = next((piece for piece in pieces if _says_reviewed(piece[1])), None)
    denied = next((piece for piece in pieces if _says_unreviewed(piece[1])), None)
    if claimed and denied:
        both = f"{quoted(claimed[1])} and {quoted(denied[1])}"
        message = f"The page says both {both}: it cannot be reviewed and waiting for review at once."
        yield ArticleFinding(FindingKind.REVIEW, Weight.FAULT, message, (claimed[0], denied[0]))


def _says_reviewed(words: str) -> bool:
    match = _REVIEWED.search(words)
    return match is not None and not _UNREVIEWED.search(words) and not _NEGATED.search(words[: match.start()])


def _says_unreviewed(words: str) -> bool:
    """Whether a sentence says that the page was not reviewed, and not that something in medicine was not."""
    return _UNREVIEWED.search(words) is not None and _OF_THE_PAGE.search(words) is not None
