"""The compiled content as the stages read it: protocols by topic, and the library of what ships."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedside.evidence.passage import Passage
    from bedside.evidence.source import Source
    from bedside.evidence.statement import Statement
    from bedside.ingest.compiled import CompiledContent
    from bedside.protocol.protocol import Protocol


class ProtocolShelf(Mapping[str, "Protocol"]):
    """The protocols by topic, each read from the content on first use; topics with statements only have none.

    ``without`` are topics to leave out.
    """

    def __init__(self, content: CompiledContent, without: Collection[str] = ()) -> None:
        self._content = content
        self._topics = tuple(t.id for t in content.topics() if t.computable and t.id not in without)

    def __getitem__(self, topic: str) -> Protocol:
        if topic not in self._topics:
            raise KeyError(topic)
        return self._content.protocol(topic)

    def __iter__(self) -> Iterator[str]:
        return iter(self._topics)

    def __len__(self) -> int:
        return len(self._topics)


class ShippedLibrary:
    """The library of one compiled content: a statement is looked up in its own topic, and nothing else is read.

    ``restated`` are those of its sources that stand otherwise than the content says, as loaded notices have it.
    """

    def __init__(self, content: CompiledContent, restated: Mapping[str, Source] | None = None) -> None:
        self._content = content
        self.restated = restated or {}
        self._topics = tuple(topic.id for topic in content.topics())

    @property
    def release(self) -> str:
        """The name of the content release."""
        return self._content.release

    def source(self, key: str) -> Source | None:
        """The source of that key, or None."""
        return self.restated.get(key) or self._content.sources().get(key)

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
        return (self.restated.get(key) or shelf[key] for key in sorted(shelf))

    def statements(self) -> Iterable[Statement]:
        """Every statement, ordered by id."""
        every = {key: shelf for topic in self._topics for shelf in (self._content.statements(topic),) for key in shelf}
        return (every[key][key] for key in sorted(every))
