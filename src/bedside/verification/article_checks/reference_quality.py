"""What the entries of a reference list are: somebody's own summaries, or works that a reader can find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bedside.text.folding import fold
from bedside.verification.article_checks.finding import ArticleFinding, FindingKind, ReadArticle, Weight, quoted
from bedside.verification.reference_list import Reference

_CALLS_ITSELF = re.compile(
    r"\b(?:summar(?:y|ies)|overviews?|digests?|synops[ie]s|insights) (?:and \w+ )?(?:of|on|"
    r"from) (?:\w+ ){0,2}(?:guidelines?|guidance|evidence|recommendations)\b"
    r"|\b(?:guidelines?|evidence)(?:[- ](?:directed|based|driven))? (?:topic )?(?:summar(?:y|ies)|overviews?|"
    r"digests?)\b",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w.&'-]*(?: [A-Z][\w.&'-]*){0,3}"
_SITE = re.compile(
    rf"(?P<a>{_NAME}) (?:assumes?|accepts?) no (?:liability|responsibility)"
    rf"|(?:\u00a9|[Cc]opyright)(?: \(c\))?(?: \d{{4}}(?:\s?[-\u2013]\s?\d{{4}})?)? (?:by )?(?P<b>{_NAME})"
    rf"|(?P<c>{_NAME}) (?:does not provide medical advice|is not (?:liable|responsible))"
    rf"|[Rr]eviewed (?:\w+ ){{0,3}}by (?:the |our )?(?P<d>{_NAME}) (?:team|editors|editorial)"
)
_NOT_A_NAME = frozenset(
    ["the", "the author", "the authors", "the publisher", "this site", "the information", "we", "it"]
)
_YEAR = re.compile(r"\b(?:18|19|20)\d{2}\b")
_IDENTIFIER = re.compile(
    r"\b10\.\d{4,9}/\S+|\bpmid\b|\bpmc\s?\d+|https?://\S+|\bwww\.\S+|\bisbn\b|\bNCT\d{8}\b|"
    r"\b(?:NG|CG|TA|QS|DG|PH|SIGN)\s?\d{1,4}\b|\bNBK\d+",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"\b[A-Z][\w'\u2019\u00c0-\u017f-]+,? (?:[A-Z]\.? ?){1,3}(?=[,.;:&]|\s(?:and|et)\b|\s\()|\bet al\b|"
    r"^[A-Z][\w'\u00c0-\u017f-]+ (?:and|&) [A-Z][\w'\u00c0-\u017f-]+"
)
_BODY = re.compile(
    r"\b(?:institute|society|association|college|organi[sz]ation|agency|academy|ministry|department|"
    r"task force|committee|collaboration|council|federation|NICE|WHO|NHS|MHRA|FDA|EMA|CDC|SIGN|ESC|ADA|KDIGO|"
    r"GOLD|GINA|IDSA|BNF)\b",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"\b(?:journal|family physician|lancet|bmj|jama|annals|archives|clinics?|medicine|nutrition|stroke|"
    r"circulation)\b",
    re.IGNORECASE,
)


def own_summaries(article: ReadArticle) -> Iterator[ArticleFinding]:
    """Entries that are summaries of guidelines, or that the page's own publisher wrote."""
    sites = _sites(article)
    found = [(each, reason) for each in article.listed.references if (reason := _why_own(each, sites))]
    if not found:
        return
    total = len(article.listed.references)
    reasons = "; ".join(dict.fromkeys(reason for _, reason in found))
    places = ", ".join(str(each.number or each.place) for each, _ in found)
    message = f"{len(found)} of {total} references are no sources of their own (entries {places}): {reasons}."
    labelled = [each for each, _ in found if fold(each.label).startswith(("guideline", "clinical guideline"))]
    if labelled:
        which = "all of them are" if len(labelled) == len(found) else f"{len(labelled)} of them are"
        message += f" On the page {which} labelled {quoted(labelled[0].label)}."
    yield ArticleFinding(FindingKind.OWN_SUMMARY, Weight.FAULT, message, tuple(each.span for each, _ in found))


def reference_records(article: ReadArticle) -> Iterator[ArticleFinding]:
    """Entries that lack what it takes to find the work: who wrote it, when, and an identifier or address."""
    told: set[int] = set()
    for weight, lacks, what in (
        (Weight.FAULT, _cannot_be_found, "name neither an author or issuing body nor an identifier or address"),
        (Weight.NOTE, _no_identifier, "give no DOI, PMID, guideline number or address"),
    ):
        found = [each for each in article.listed.references if lacks(each) and each.place not in told]
        if lacks is _cannot_be_found:  # then it has no identifier either, and once is enough
            told.update(each.place for each in found)
        if found:
            places = ", ".join(str(each.number or each.place) for each in found)
            count = f"{len(found)} of {len(article.listed.references)} references"
            message = f"{count} {what} (entries {places})."
            spans = tuple(each.span for each in found)
            yield ArticleFinding(FindingKind.REFERENCE_RECORD, weight, message, spans)
    undated = [each for each in article.listed.references if _YEAR.search(each.text) is None]
    if undated:
        places = ", ".join(str(each.number or each.place) for each in undated)
        message = f"{len(undated)} of {len(article.listed.references)} references give no year (entries {places})."
        spans = tuple(each.span for each in undated)
        yield ArticleFinding(FindingKind.REFERENCE_RECORD, Weight.NOTE, message, spans)


def _why_own(reference: Reference, sites: tuple[str, ...]) -> str:
    """Why an entry is not a source of its own; "" where it is."""
    match = _CALLS_ITSELF.search(reference.text)
    if match and not _has_author(reference.text):
        return f"the entry calls itself {quoted(match.group())}"
    issuer = fold(reference.lines[-1] if reference.lines else "")
    for site in sites:
        if fold(site) in issuer:
            return f"{site} published this page itself"
    return ""


def _sites(article: ReadArticle) -> tuple[str, ...]:
    """Names by which the page calls its own publisher, read from where it speaks of itself."""
    names: dict[str, None] = {}
    for match in _SITE.finditer(article.document.text):
        name = next(filter(None, match.groups())).strip(" .,")
        if fold(name) not in _NOT_A_NAME:
            names[name] = None
    return tuple(names)


@lru_cache(maxsize=512)
def _has_author(text: str) -> bool:
    return _AUTHOR.search(text) is not None or _BODY.search(_JOURNAL.sub("", text)) is not None


def _no_identifier(reference: Reference) -> bool:
    return _IDENTIFIER.search(reference.text) is None


def _cannot_be_found(reference: Reference) -> bool:
    return _no_identifier(reference) and not _has_author(reference.text)
