"""Citation numbers against the reference list: missing, never used, printed twice, and the same work twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bedside.text.matching import matching_form
from bedside.text.span import Span
from bedside.verification.article_checks.finding import ArticleFinding, FindingKind, ReadArticle, Weight
from bedside.verification.reference_list import Reference

_IDENTIFIER = re.compile(r"\b10\.\d{4,9}/[^\s,;)\]]+|\bpmid:?\s*(\d{4,9})\b", re.IGNORECASE)
_LEAST_TITLE = 20  # characters; a shorter first line is no title to compare


def citation_numbers(article: ReadArticle) -> Iterator[ArticleFinding]:
    """What does not match between the numbers in the text and the list."""
    references = article.listed.references
    places: dict[int, list[Span]] = {}
    for mark in article.marks:
        for number in mark.numbers:
            places.setdefault(number, []).append(mark.span)
    yield from _twice(references)
    if not places:
        return
    printed = {reference.number or reference.place for reference in references}
    missing = sorted(set(places) - printed)
    if missing:
        spans = tuple(span for number in missing for span in places[number])
        yield _finding(Weight.FAULT, _missing(article, sorted(places), missing), spans)
    unused = sorted(printed - set(places))
    if unused:
        spans = tuple(each.span for each in references if (each.number or each.place) in unused)
        message = f"{_entries(unused)} of the reference list {_is(unused)} never cited in the text."
        yield _finding(Weight.FAULT if article.listed.numbered else Weight.NOTE, message, spans)


def _missing(article: ReadArticle, cited: list[int], missing: list[int]) -> str:
    listed = article.listed
    if not listed.references:
        return f"The text cites {_count(cited)} and there is no reference list that could be read."
    head = f"The text cites {_count(cited)}; the list has {len(listed.references)} references: "
    if listed.numbered:
        return f"{head}{_numbers(missing)} {'has' if len(missing) == 1 else 'have'} no entry."
    unplaced = "The list prints no numbers, so it cannot be known which source stands behind which number."
    have = "has" if len(missing) == 1 else "have"
    return f"{head}counted from the top, {_numbers(missing)} {have} no entry. {unplaced}"


def _twice(references: tuple[Reference, ...]) -> Iterator[ArticleFinding]:
    numbers = Counter(reference.number for reference in references if reference.number)
    for number, count in sorted(numbers.items()):
        if count > 1:
            spans = tuple(each.span for each in references if each.number == number)
            yield _finding(Weight.FAULT, f"The reference list prints number {number} {count} times.", spans)
    seen: dict[str, list[Reference]] = {}
    for reference in references:
        for name in _names(reference):
            seen.setdefault(name, []).append(reference)
    told: set[tuple[int, ...]] = set()
    for same in seen.values():
        places = tuple(each.number or each.place for each in same)
        if len(set(places)) > 1 and places not in told:
            told.add(places)
            message = f"Entries {_listed(places)} of the reference list are the same work."
            yield _finding(Weight.FAULT, message, tuple(each.span for each in same))


def _names(reference: Reference) -> Iterator[str]:
    """What two entries of one work share: an identifier, or else a title with its issuer."""
    found = [match.group().lower().rstrip(".") for match in _IDENTIFIER.finditer(reference.text)]
    yield from dict.fromkeys(found)
    if not found and len(reference.text) >= _LEAST_TITLE:
        yield matching_form(reference.text)


def _count(cited: list[int]) -> str:
    whole = list(range(cited[0], cited[-1] + 1))
    if len(cited) == 1:
        return f"one number ({cited[0]})"
    return f"{len(cited)} numbers ({f'{cited[0]} to {cited[-1]}' if cited == whole else _listed(cited)})"


def _numbers(numbers: list[int]) -> str:
    return f"{'number' if len(numbers) == 1 else 'numbers'} {_listed(numbers)}"


def _entries(numbers: list[int]) -> str:
    return f"{'Entry' if len(numbers) == 1 else 'Entries'} {_listed(numbers)}"


def _is(numbers: list[int]) -> str:
    return "is" if len(numbers) == 1 else "are"


def _listed(numbers: Iterable[int]) -> str:
    written = [str(number) for number in numbers]
    return " and ".join(filter(None, [", ".join(written[:-1]), written[-1]]))


def _finding(weight: Weight, message: str, spans: tuple[Span, ...]) -> ArticleFinding:
    return ArticleFinding(FindingKind.CITATION_NUMBERS, weight, message, spans)
