"""A bundle held against itself: its seal, the texts it quotes, and every sentence against what it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bedside.article.article import Role
from bedside.evidence.gather import Evidence
from bedside.evidence.passage import Passage
from bedside.rendering.bundle import seal_of, sealed, shown_in_full, written
from bedside.rendering.bundle_reading import Bundle, Printed
from bedside.verification.terms import Terms
from bedside.verification.verdict import SHOWN
from bedside.verification.verify import check_sentence


class Check(StrEnum):
    """What was checked."""

    SEAL = "seal"
    PASSAGE = "passage"
    SENTENCE = "sentence"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Found:
    """Something that does not fit: which check found it, where, and what."""

    check: Check
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Held:
    """What came of the checks: what does not fit, how many passages and claims do, and what could not be compared."""

    found: tuple[Found, ...]
    passages: int
    claims: int
    not_compared: tuple[str, ...]


def hold(data: bytes, bundle: Bundle, terms: Terms, known: Callable[[str], Passage | None]) -> Held:
    """Check a bundle that was read from *data*. *known* gives a passage by its id, where this machine has it: used for
    those whose text the bundle may not hold."""
    passages = {name: _with_text(passage, bundle, known) for name, passage in bundle.passages.items()}
    open_passages = tuple(name for name, passage in passages.items() if not passage.text)
    evidence = Evidence(bundle.statements, bundle.sources, passages=passages)
    of_passages = tuple(_passages(bundle, passages))
    of_sentences = tuple(f for each in bundle.sentences for f in _sentence(each, bundle, evidence, terms))
    claims = {each.sentence.id for each in bundle.sentences if each.sentence.role is Role.CLAIM}
    skipped = {each.sentence.id for each in bundle.sentences if each.sentence.passage in open_passages}
    return Held(
        (*_seal(data, bundle), *of_passages, *of_sentences),
        len(passages) - len({*open_passages, *(found.where for found in of_passages)} & set(passages)),
        len(claims - skipped - {found.where for found in of_sentences}),
        open_passages,
    )


def _seal(data: bytes, bundle: Bundle) -> Iterator[Found]:
    """The seal is that of the content, and not a byte is written otherwise than a bundle is."""
    try:
        fits = seal_of(bundle.values) == bundle.seal
        same = written(sealed(bundle.values)).encode() == data  # what the seal says of itself is not sealed
    except (ValueError, RecursionError):  # a number or a text that no canonical form has
        fits = same = False
    if not fits:
        yield Found(Check.SEAL, "", "the content is not what was sealed: something was changed after it was written")
    elif not same:
        yield Found(Check.SEAL, "", "it is not written as bedside writes a bundle: something was changed afterwards")


def _with_text(passage: Passage, bundle: Bundle, known: Callable[[str], Passage | None]) -> Passage:
    """The passage with the text this machine has of it, where the bundle has none and the hash is the same."""
    own = known(passage.id) if passage.id in bundle.without_text else None
    return replace(passage, text=own.text) if own is not None and own.sha256 == passage.sha256 else passage


def _passages(bundle: Bundle, passages: dict[str, Passage]) -> Iterator[Found]:
    for name, passage in passages.items():
        if passage.text and hashlib.sha256(passage.text.encode("utf-8", "surrogatepass")).hexdigest() != passage.sha256:
            yield Found(Check.PASSAGE, name, "its text does not fit its hash")
        if name in bundle.without_text and shown_in_full(passage.licence):
            yield Found(Check.PASSAGE, name, f"its text is left out, which its licence does not ask: {passage.licence}")
    for printed in bundle.sentences:
        there = bundle.passages.get(printed.sentence.passage)
        if there is not None and there.sha256 != printed.passage_sha256:
            yield Found(Check.PASSAGE, there.id, f"{printed.sentence.id} quotes a text with another hash")


def _sentence(printed: Printed, bundle: Bundle, evidence: Evidence, terms: Terms) -> Iterator[Found]:
    """The words shown are the sentence's own; each wording passes here as it did there."""
    sentence = printed.sentence
    if printed.shown != sentence.text_for(bundle.reader):
        yield Found(Check.SENTENCE, sentence.id, "the words shown are not those that were checked")
    passage = evidence.passage(sentence.passage) if sentence.passage else None
    if passage is not None and not passage.text:
        return
    for verdict in check_sentence(sentence, evidence, terms):
        stored = bundle.verdicts.get((sentence.id, verdict.wording))
        if verdict.verdict not in SHOWN:
            worst = next((f.message for f in verdict.findings if f.verdict is verdict.verdict), "")
            yield Found(Check.SENTENCE, sentence.id, f"{verdict.verdict.value} ({verdict.wording} wording): {worst}")
        elif stored is not verdict.verdict:
            before = "no verdict" if stored is None else stored.value
            yield Found(
                Check.SENTENCE,
                sentence.id,
                f"the bundle says {before}, the checker here {verdict.verdict.value} ({verdict.wording} wording)",
            )
