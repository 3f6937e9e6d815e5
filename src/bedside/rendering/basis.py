"""The basis line: what the wording of a statement rests on, in a few words.

Only a statement whose passage is in the library may say "checked against the source text" (design: the nouns).
"""

from __future__ import annotations

from collections.abc import Mapping

from bedside.article.article import Sentence
from bedside.evidence.source import RecordCheck, Source, SourceKind
from bedside.evidence.statement import Basis

OWN_RULE = "bedside's own rule, not a guideline"

BASES: Mapping[Basis, str] = {
    Basis.VERBATIM: "checked against the source text",
    Basis.READ: "the source was read",
    Basis.SECONDHAND: "the source was seen through summaries only",
    Basis.OWN_RULE: "bedside's own rule",
}
"""The basis of a statement, for those who review it."""

SHORT_ISSUERS: Mapping[str, str] = {
    "National Institute for Health and Care Excellence": "NICE",
    "Medicines and Healthcare products Regulatory Agency": "MHRA",
    "World Health Organization": "WHO",
    "American Diabetes Association": "ADA",
    "American Society for Metabolic and Bariatric Surgery": "ASMBS",
    "British Obesity and Metabolic Surgery Society": "BOMSS",
    "NHS Specialist Pharmacy Service": "SPS",
    "electronic medicines compendium": "emc",
    "Joint Formulary Committee": "BNF",
}
"""What issuers call themselves for short; any other goes by its full name."""


def short_name(source: Source) -> str:
    """How a source is named in running text: issuer and number of a document, first author and year of an article."""
    if source.kind is SourceKind.SAFETY_RULE:
        return "bedside"
    if source.authors:
        others = " and others" if len(source.authors) > 1 else ""
        return f"{source.authors[0].split(',')[0]}{others} {source.year}".strip()
    issuer = SHORT_ISSUERS.get(source.issuer, source.issuer)
    number = (source.version or source.year).removeprefix(issuer).strip()
    return f"{issuer} {number}".strip() or source.title


def basis_line(basis: Basis, source: Source, locators: tuple[str, ...] = ()) -> str:
    """Say whose words these are and where the original stands."""
    if basis is Basis.OWN_RULE or source.kind is SourceKind.SAFETY_RULE:
        return OWN_RULE
    place = ", ".join((short_name(source), *locators))
    if basis is Basis.VERBATIM:
        return f"checked against the source text of {place}"
    if basis is Basis.SECONDHAND:
        return f"our wording of {place}, seen through summaries: open the original"
    return f"our wording of {place}: open the original"


def basis_of(basis: Basis, source: Source, cited: tuple[Source, ...]) -> Basis:
    """What a statement's basis says of one of the sources it cites.

    A second-hand statement may cite a source that was read beside one that was not: of the first it is READ.
    """
    others_unread = any(other.check is not RecordCheck.READ for other in cited if other.key != source.key)
    if basis is Basis.SECONDHAND and source.check is RecordCheck.READ and others_unread:
        return Basis.READ
    return basis


def basis_lines(sentence: Sentence, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """What the wording of a sentence rests on, a line for each place it cites; none where it cites nothing."""
    if sentence.basis is None:
        return ()
    cited = tuple(sources[citation.source] for citation in sentence.citations)
    lines = [
        basis_line(basis_of(sentence.basis, source, cited), source, (citation.locator,) if citation.locator else ())
        for citation, source in zip(sentence.citations, cited, strict=True)
    ]
    return tuple(dict.fromkeys(lines))


def weakest(bases: tuple[Basis, ...]) -> Basis:
    """The weakest of several bases, which is what may be said of them together."""
    order = (Basis.SECONDHAND, Basis.READ, Basis.VERBATIM, Basis.OWN_RULE)
    return min(bases, key=order.index)
