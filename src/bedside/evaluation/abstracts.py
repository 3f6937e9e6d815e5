"""Abstracts of the literature, and the sentences in them that say what was found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from bedside.errors import InputRefused
from bedside.text.sentences import sentences

_FILES = ("pubmed_abstracts/abstracts.jsonl.zst", "scifact/corpus.jsonl.zst")
_LONGEST_PASSAGE = 4000  # characters
_SHORTEST, _LONGEST = 45, 300  # characters of a sentence worth asking about
_FEWEST_WORDS = 7
_LABEL = re.compile(r"(?:(?<=[.?!] )|^)([A-Z][A-Za-z]+(?:[ /,&]+(?:and |of )?[A-Za-z]+){0,3})\s*: ")
_FOUND = re.compile(r"result|finding|conclusion|interpretation|outcome", re.IGNORECASE)
_CUE = re.compile(
    r"\b(?:significant\w*|increas\w+|decreas\w+|reduc\w+|higher|lower|compared|associated|conclude\w*|suggest\w*"
    r"|show\w*"
    r"|found|effective|improv\w+|observed|occurred|risk|no)\b|\d%|\b[pP]\s?[<=]",
)
_AIM = re.compile(
    r"^(?:To |We (?:aim|sought|stud|investigat|review|perform|conduct|examin|search|analy|evaluat|compar|assess|random)"
    r"|The (?:aim|purpose|objective|goal)|This (?:study|trial|review|article|paper) (?:was|is|aims|describes|reviews)"
    r"|Our (?:aim|objective)|(?:Patients|Participants|Subjects) (?:were|received)|Methods|Background)",
)
_UNFIT = re.compile(
    r"http|www\.|©|[Cc]opyright|ClinicalTrials|ISRCTN|NCT\d|registr|Funded|funding|\"|[“”\[\]{}|*]|\.\.|\s[.,;]"
    r"|[A-Za-z]+\s*: [A-Z]|&\w+;|\bet al\b|NOTE|ABSTRACT|\bAND\b|\?|^[A-Z]{5,} [A-Z]"
    r"|[a-z0-9)%][.;]+[A-Z][a-z]|\\|\.;",
)
_VERB = re.compile(
    r"\b(?:was|were|is|are|has|have|had|did|do|does|may|might|can|could|should|will|must|showed|suggests?|indicates?"
    r"|remained?|increased|decreased|reduced|improved|received|resulted|led|appears?|seems?|occurred|differed)\b"
)


@dataclass(frozen=True, slots=True)
class Abstract:
    """One abstract as it was published. ``id`` is ``pubmed:PMID`` or ``scifact:DOCUMENT``."""

    id: str
    text: str


def read_abstracts(folder: Path, seed: int, limit: int) -> tuple[Abstract, ...]:
    """*limit* abstracts drawn by *seed* from the collections in *folder*, in an order of the seed's own.

    The files are JSON lines compressed with zstd (the package ``zstandard``). Raises InputRefused when one is missing
    or a record has not its fields.
    """
    found: dict[str, Abstract] = {}
    for name in _FILES:
        try:
            found |= {abstract.id: abstract for row in _rows(folder / name) if (abstract := _abstract(row))}
        except (KeyError, TypeError, ValueError) as error:
            raise InputRefused(f"{folder / name}: a record cannot be read: {error!r}.", "See its README.") from error
    drawn = sorted(found.values(), key=lambda abstract: abstract.id)
    Random(f"{seed}:abstracts").shuffle(drawn)  # noqa: S311 - draws test sentences, not secrets
    return tuple(drawn[:limit])


def result_sentences(text: str) -> tuple[str, ...]:
    """The well-formed sentences of an abstract that state results or conclusions, each occurring once in it.

    In an abstract with headings they are those under "Results", "Conclusions" and the like; in one without, those of
    the second half that look like a finding.
    """
    labels = [(match.end(), match[1]) for match in _LABEL.finditer(text)]
    found = [(start, part) for start, part in _parts(text, labels) if _is_fit(part) and text.count(part) == 1]
    if labels:
        return tuple(part for start, part in found if _FOUND.search(_heading(labels, start)))
    return tuple(part for start, part in found if start > len(text) / 2 and _CUE.search(part))


def _parts(text: str, labels: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    ends = {end for end, _ in labels}
    for span in sentences(text):
        start = next((end for end in range(span.start, span.end) if end in ends), span.start)
        yield start, text[start : span.end]


def _heading(labels: list[tuple[int, str]], start: int) -> str:
    return next((label for end, label in reversed(labels) if end <= start), "")


def _is_fit(part: str) -> bool:
    return (
        _SHORTEST <= len(part) <= _LONGEST
        and part[0].isupper()
        and part.endswith(".")
        and len(part.split()) >= _FEWEST_WORDS
        and part.count("(") == part.count(")")
        and not _AIM.search(part)
        and not _UNFIT.search(part)
        and _VERB.search(part) is not None
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise InputRefused(f"{path} is missing.", "Give the folder that holds the data sets.")
    import zstandard

    with zstandard.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _abstract(row: dict[str, Any]) -> Abstract | None:
    if "doc_id" in row:
        return Abstract(f"scifact:{row['doc_id']}", " ".join(row["sentences"]))
    text = " ".join((row["abstract"] or "").split())
    if row["text_quality"] != "clean" or not text or len(text) > _LONGEST_PASSAGE:
        return None
    return Abstract(f"pubmed:{row['pmid']}", text)
