"""The desk: puts the parts together from the settings. The only place where files meet stages.

>>> import bedside
>>> desk = bedside.open()
>>> answer = desk.ask("My B12 is 268 pg/mL on 1000 mcg cyanocobalamin tablets daily. What now?", reader="clinician")
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from bedside import __version__
from bedside.errors import UsageError
from bedside.question.question import Reader, Region
from bedside.settings import READERS, REGIONS, Settings, nearest

if TYPE_CHECKING:
    from bedside.answer import Answer
    from bedside.answering import Parts
    from bedside.evidence.passage import Passage
    from bedside.evidence.source import Source
    from bedside.evidence.statement import Statement
    from bedside.facts.vocabulary import Vocabulary
    from bedside.ingest.compiled import CompiledContent
    from bedside.protocol.protocol import Protocol


class ProtocolShelf(Mapping[str, "Protocol"]):
    """The protocols by topic, each read from the content on first use; topics with statements only have none."""

    def __init__(self, content: CompiledContent) -> None:
        self._content = content
        self._topics = tuple(topic.id for topic in content.topics() if topic.computable)

    def __getitem__(self, topic: str) -> Protocol:
        if topic not in self._topics:
            raise KeyError(topic)
        return self._content.protocol(topic)

    def __iter__(self) -> Iterator[str]:
        return iter(self._topics)

    def __len__(self) -> int:
        return len(self._topics)


class ShippedLibrary:
    """The library of one compiled content: a statement is looked up in its own topic, and nothing else is read."""

    def __init__(self, content: CompiledContent) -> None:
        self._content = content
        self._topics = tuple(topic.id for topic in content.topics())

    @property
    def release(self) -> str:
        """The name of the content release."""
        return self._content.release

    def source(self, key: str) -> Source | None:
        """The source of that key, or None."""
        return self._content.sources().get(key)

    def statement(self, statement_id: str) -> Statement | None:
        """The statement of that id (``topic/name``), or None."""
        topic = statement_id.partition("/")[0]
        return self._content.statements(topic).get(statement_id) if topic in self._topics else None

    def passage(self, passage_id: str) -> Passage | None:
        """None: the content that ships holds no passages yet."""
        del passage_id
        return None

    def sources(self) -> Iterable[Source]:
        """Every source, ordered by key."""
        shelf = self._content.sources()
        return (shelf[key] for key in sorted(shelf))

    def statements(self) -> Iterable[Statement]:
        """Every statement, ordered by id."""
        every = {key: shelf for topic in self._topics for shelf in (self._content.statements(topic),) for key in shelf}
        return (every[key][key] for key in sorted(every))


class Desk:
    """One opened content with its settings; ask it as often as you like. It keeps no memory between questions."""

    def __init__(self, settings: Settings, content: CompiledContent) -> None:
        self.settings = settings
        self.content = content

    @cached_property
    def protocols(self) -> ProtocolShelf:
        """The protocols by topic."""
        return ProtocolShelf(self.content)

    @cached_property
    def library(self) -> ShippedLibrary:
        """Every source and statement of the content."""
        return ShippedLibrary(self.content)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words, units and rules of context that facts are read with."""
        from bedside.facts.vocabulary import Vocabulary

        return Vocabulary.from_mapping(self.content.vocabulary())

    @cached_property
    def parts(self) -> Parts:
        """What the answering function needs, put together from the content and the settings."""
        from bedside.answering import Parts
        from bedside.article.frame import Frames
        from bedside.question.terms import QuestionTerms

        return Parts(
            vocabulary=self.vocabulary,
            terms=QuestionTerms.from_mapping(self.content.vocabulary()),
            protocols=self.protocols,
            library=self.library,
            frames=Frames.from_mapping(self.content.frames()),
            content_date=self.content.date,
            as_of=self.settings.as_of or self.content.date,
            code_version=__version__,
            settings=self.settings.of_answer(),
        )

    def ask(self, text: str, *, reader: str = "", region: str = "", as_of: str = "") -> Answer:
        """Answer one question; what is not given comes from the settings.

        ``reader`` is one of patient, carer, student, nurse, clinician; ``region`` GB, US or both; ``as_of`` an ISO
        date. Raises UsageError for a value that does not exist and InputRefused for a text that cannot be read.
        """
        from bedside.answering import answer
        from bedside.question.refuse import readable

        parts = self.parts
        if as_of:
            parts = replace(parts, as_of=checked_day(as_of))
        return answer(
            readable(text, self.settings.input_limit),
            reader=Reader(_chosen("reader", reader or self.settings.reader, READERS)),
            region=Region(_chosen("region", region or self.settings.region, REGIONS)),
            parts=parts,
        )

    def words(self) -> dict[str, str]:
        """Hard words and what they mean, for students: every term of the glossary that has an explanation."""
        return {term: entry["plain"] for term, entry in self.content.glossary().items() if "plain" in entry}


def open(settings: Settings | None = None) -> Desk:  # noqa: A001  (bedside.open reads well, and is never star-imported)
    """Open the content that ships with bedside, or the one the settings name.

    Raises SettingsError when the settings are wrong and LibraryUnusable when the content cannot be used.
    """
    from bedside.ingest.compiled import CompiledContent

    settings = settings or Settings.load(os.environ)
    return Desk(settings, CompiledContent.open(settings.content))


def ask(text: str, *, reader: str = "", region: str = "") -> Answer:
    """Answer one question with the settings of this environment; see :meth:`Desk.ask`."""
    return open().ask(text, reader=reader, region=region)


def checked_day(written: str) -> str:
    """The ISO date, or UsageError."""
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        raise UsageError(f"{written!r} is not a date.", "Write it as 2026-11-22.") from None


def _chosen(name: str, value: str, choices: tuple[str, ...]) -> str:
    for choice in choices:
        if value.lower() == choice.lower():
            return choice
    raise UsageError(f"There is no {name} {value!r}.", nearest(value, choices))
