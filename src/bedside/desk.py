"""The desk: puts the parts together from the settings. The only place where files meet stages.

>>> import bedside
>>> desk = bedside.open()
>>> answer = desk.ask("My B12 is 268 pg/mL on 1000 mcg cyanocobalamin tablets daily. What now?", reader="clinician")
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from bedside import __version__
from bedside.errors import UsageError
from bedside.facts.case import Edit, Told
from bedside.ingest.shipped import ProtocolShelf, ShippedLibrary
from bedside.question.question import Reader, Region
from bedside.settings import READERS, REGIONS, Settings, nearest

if TYPE_CHECKING:
    from bedside.answer import Answer
    from bedside.answering import Parts
    from bedside.comparison import Changes
    from bedside.evidence.candidate import Filters
    from bedside.evidence.hit import Hit
    from bedside.evidence.other_names import NamesIn
    from bedside.evidence.passage import Passage
    from bedside.evidence.semantic import Embedder
    from bedside.evidence.shelf import Together
    from bedside.evidence.source import SourceKind
    from bedside.facts.vocabulary import Vocabulary
    from bedside.ingest.compiled import CompiledContent
    from bedside.rendering.html.aids import Aids
    from bedside.stores.examining import Examination
    from bedside.stores.place import LibraryPlace
    from bedside.stores.stored_library import StoredLibrary
    from bedside.verification.audit import Audit
    from bedside.verification.document import Document
    from bedside.verification.originals import Held
    from bedside.verification.terms import Terms

    Kept = Callable[[Sequence[Told]], Answer]


class Desk:
    """One opened content with its settings; ask it as often as you like. It keeps no memory between questions.

    ``note`` hears of what is done on the way (a search index brought up to date).
    """

    def __init__(
        self, settings: Settings, content: CompiledContent, note: Callable[[str], None] = lambda _: None
    ) -> None:
        self.settings = settings
        self.content = content
        self._note = note

    @cached_property
    def protocols(self) -> ProtocolShelf:
        """The protocols by topic."""
        return ProtocolShelf(self.content)

    @cached_property
    def stored(self) -> StoredLibrary | None:
        """The literature that was loaded, or None where none was. Raises LibraryUnusable when it cannot be read."""
        place = library_place(self.settings)
        if not place.exists():
            return None
        from bedside.stores.stored_library import StoredLibrary

        return StoredLibrary(place)

    @cached_property
    def shipped(self) -> ShippedLibrary:
        """Every source and statement of the content, each source as loaded notices make it stand."""
        if self.stored is None:
            return ShippedLibrary(self.content)
        from bedside.stores.examining import restated

        return ShippedLibrary(self.content, restated(self.stored, self.content.sources().values()))

    @cached_property
    def library(self) -> ShippedLibrary | Together:
        """What ships and what was loaded, as one."""
        if self.stored is None:
            return self.shipped
        from bedside.evidence.shelf import StatementShelf, Together

        return Together((StatementShelf(self.shipped), self._searchable(self.stored)))

    @cached_property
    def searchable(self) -> Together:
        """The same, for searching: also where nothing was loaded."""
        from bedside.evidence.shelf import StatementShelf, Together

        return self.library if isinstance(self.library, Together) else Together((StatementShelf(self.shipped),))

    def search(
        self,
        question: str,
        filters: Filters,
        *,
        limit: int = 10,
        per_source: int = 1,
        semantic: bool = False,
    ) -> tuple[Hit, ...]:
        """The statements and passages that fit a question best, each with the reasons for its place.

        With *semantic*, the best of them are put in order once more by the model of the settings. Raises UsageError
        when the settings name none, and what `bedside.llm.embedding.open_embedder` raises.
        """
        from bedside.evidence.query import build_query
        from bedside.evidence.ranking import Preferences, rank
        from bedside.evidence.semantic import MOST, reranked

        embedder = self.embedder if semantic else None
        query = build_query(question, self.names_in(question))
        candidates = self.searchable.candidates(query, filters)
        statistics = self.searchable.statistics(term for term, _ in query.terms)
        wanted = limit if embedder is None else max(limit, MOST)
        hits = rank(query, candidates, statistics, Preferences(per_source=per_source), wanted)
        return hits if embedder is None else reranked(question, hits, embedder)[:limit]

    @cached_property
    def embedder(self) -> Embedder:
        """The model that search by meaning uses. Raises UsageError when the settings name none."""
        if self.settings.semantic_model is None:
            raise UsageError(
                "Search by meaning needs a model, and the settings name none.",
                "Set semantic_model to the folder of one: see docs/semantic.md.",
            )
        from bedside.llm.embedding import open_embedder

        return open_embedder(self.settings.semantic_model)

    def names_in(self, question: str) -> NamesIn | None:
        """Other names for what the question speaks of, from the vocabularies that were loaded."""
        if self.stored is None:
            return None
        from bedside.evidence.other_names import NamesIn

        return NamesIn(question, self.stored.synonyms(question))

    def examine_library(
        self, *, deep: bool = True, heard: Callable[[int, int], None] = lambda _done, _whole: None
    ) -> Examination:
        """Whether the loaded library is whole and in step, and what in it and in the content no longer stands.

        Raises UsageError when nothing was loaded.
        """
        if self.stored is None:
            raise UsageError("There is no library yet.", "Load something first: bedside library add FILE.")
        from bedside.stores.examining import examine

        return examine(self.stored, self.content.sources().values(), deep=deep, heard=heard)

    def hold_content(self, source: str = "") -> tuple[Held, ...]:
        """What the originals that were loaded say of our own statements, by statement and source they cite; *source*
        takes those that cite it only. Raises UsageError for a source that is not cited."""
        from bedside.verification.originals import hold

        passages = {key: self.originals(key) for key in self.content.sources() if source in ("", key)}
        if not passages:
            raise UsageError(f"There is no source {source!r}.", nearest(source, tuple(self.content.sources())))
        pairs = (
            (statement, key)
            for statement in self.shipped.statements()
            for key in dict.fromkeys(citation.source for citation in statement.citations)
            if key in passages
        )
        return tuple(hold(statement, key, passages[key], self.checks) for statement, key in pairs)

    def audit(self, document: Document) -> Audit:
        """An article written elsewhere, each claim held against what this desk has, and the article against itself."""
        from bedside.auditing import PASSAGES, audit, source_line
        from bedside.evidence.candidate import Filters
        from bedside.evidence.source import SourceStatus
        from bedside.verification.weighing import weigh

        # What was retracted supports nothing and contradicts nothing.
        usable = Filters(statuses=frozenset(SourceStatus) - {SourceStatus.RETRACTED})

        def search(claim: str) -> list[tuple[str, str]]:
            hits = self.search(claim, usable, limit=PASSAGES, per_source=0)
            return [(hit.candidate.id, hit.candidate.text) for hit in hits]

        return audit(
            document,
            lambda claim, passages: weigh(claim, passages, self.checks),
            search,
            self.vocabulary,
            lambda name: source_line(name, self.library),
        )

    def originals(self, key: str) -> tuple[Passage, ...]:
        """The passages of a source of ours as its owner loaded it: the document of the same PMID or DOI."""
        source = self.content.sources().get(key)
        if self.stored is None or source is None:
            return ()
        loaded = self.stored.same_document(source)
        return self.stored.passages_of(loaded) if loaded else ()

    def _searchable(self, stored: StoredLibrary) -> StoredLibrary:
        """The loaded library with an index that is in step, where it can be made so."""
        from bedside.errors import LibraryBusy, LibraryUnusable

        try:
            behind = stored.behind
        except LibraryUnusable as error:
            self._note(f"{error.what} It is made again.")
        else:
            if not behind:
                return stored
            self._note(f"The search index is {behind:,} changes behind and is brought up to date.")
        from bedside.stores.stored_library import StoredLibrary
        from bedside.stores.writer import LibraryWriter

        try:
            with LibraryWriter(stored.place):
                pass
        except LibraryBusy:
            self._note("Another program is changing the library: the search goes on with what is there.")
        stored.close()
        self.stored = StoredLibrary(stored.place)  # what was asked of it from here on is asked of the one that is open
        return self.stored

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words, units and rules of context that facts are read with."""
        from bedside.facts.vocabulary import Vocabulary

        return Vocabulary.from_mapping(self.content.indexed_vocabulary())

    @cached_property
    def checks(self) -> Terms:
        """The words, units and names by which a sentence is held against a passage."""
        from bedside.verification.terms import Terms

        return Terms.from_mapping(self.content.indexed_vocabulary(), self.vocabulary.units)

    @cached_property
    def parts(self) -> Parts:
        """What the answering function needs, put together from the content and the settings."""
        from bedside.answering import Parts
        from bedside.article.frame import Frames
        from bedside.question.terms import QuestionTerms

        return Parts(
            vocabulary=self.vocabulary,
            terms=QuestionTerms.from_mapping(self.content.indexed_vocabulary(), self.vocabulary.context),
            checks=self.checks,
            protocols=self.protocols,
            library=self.library,
            frames=Frames.from_mapping(self.content.frames()),
            content_date=self.content.date,
            as_of=self.settings.as_of or self.content.date,
            code_version=__version__,
            settings=self.settings.of_answer(),
            names_in=self.names_in,
            may_quote=_words_quoted,
            weighs=self._weighs,
        )

    @cached_property
    def _weighs(self) -> Callable[[SourceKind], int] | None:
        """The place of a kind of source in the order of evidence that the settings name; None where they name none."""
        if not self.settings.evidence_order:
            return None
        from bedside.evidence.hierarchy import Hierarchy

        return Hierarchy.parse(self.settings.evidence_order, "setting 'evidence_order'").rank_of

    def ask(
        self, text: str, *, reader: str = "", region: str = "", as_of: str = "", edits: Sequence[Edit] = ()
    ) -> Answer:
        """Answer one question; what is not given comes from the settings.

        ``reader`` is one of patient, carer, student, nurse, clinician; ``region`` GB, US or both; ``as_of`` an ISO
        date; ``edits`` are facts set by hand. Raises UsageError for a value that does not exist and InputRefused for a
        text that cannot be read.
        """
        return self.follow_up((Told(text, tuple(edits)),), reader=reader, region=region, as_of=as_of)

    def follow_up(self, told: Sequence[Told], *, reader: str = "", region: str = "", as_of: str = "") -> Answer:
        """Answer the last of several turns, in the light of those before it; the first asked like :meth:`ask`.

        A later turn may have words, facts set by hand, or both. Raises what :meth:`ask` raises.
        """
        from bedside.answering import answer
        from bedside.question.refuse import readable_turns

        where, who, parts = self._chosen(reader, region, as_of)
        return answer(readable_turns(told, self.settings.input_limit), reader=who, region=where, parts=parts)

    def changes(
        self, told: Sequence[Told], *, reader: str = "", region: str = "", as_of: str = "", kept: Kept | None = None
    ) -> Changes | None:
        """What the last turn changed in the answer, and which of its facts did; None for the first turn, or when the
        last turn is about another person. *kept* gives what :meth:`follow_up` gave. Raises what :meth:`ask` raises."""
        if len(told) < 2:  # noqa: PLR2004
            return None
        from bedside.answering import answer
        from bedside.following import changes
        from bedside.question.refuse import readable_turns

        where, who, parts = self._chosen(reader, region, as_of)
        turns = readable_turns(told, self.settings.input_limit)
        if kept is None or self.stored is not None:  # what was found in the literature changes no advice
            parts = replace(parts, library=self.shipped)
            kept = partial(answer, reader=who, region=where, parts=parts)
        after = kept(turns)
        if after.case is not None and after.case.first == len(turns) - 1:
            return None
        before = kept(turns[:-1])
        return changes(before, after, turns, parts)

    def _chosen(self, reader: str, region: str, as_of: str) -> tuple[Region, Reader, Parts]:
        parts = self.parts
        if as_of:
            parts = replace(parts, as_of=checked_day(as_of))
        where = Region(_chosen("region", region or self.settings.region, REGIONS))
        if elsewhere := self._elsewhere(where):
            parts = replace(parts, protocols=ProtocolShelf(self.content, without=elsewhere))
        return where, Reader(_chosen("reader", reader or self.settings.reader, READERS)), parts

    def _elsewhere(self, region: Region) -> frozenset[str]:
        """The topics of hospitals in a country that was not asked about: their limits are not its limits."""
        others = (pack for pack in self.content.packs if region not in (Region.BOTH, pack.country))
        return frozenset(topic for pack in others for topic in pack.topics)

    @cached_property
    def aids(self) -> Aids:
        """What a page shows besides an answer: names in words, units, and the originals that were loaded."""
        from bedside.article.naming import Names
        from bedside.rendering.html.aids import Aids

        names = Names(self.vocabulary, self.parts.frames)
        return Aids(names, self.vocabulary, self.checks, originals=self.originals, may_quote=_words_quoted)

    def words(self) -> dict[str, str]:
        """Hard words and what they mean, for students: every term of the glossary that has an explanation."""
        return {term: entry["plain"] for term, entry in self.content.glossary().items() if "plain" in entry}


def _words_quoted(licence: str) -> int:
    """The most words that may be quoted at once under a licence."""
    from bedside.evidence.quote import LONGEST
    from bedside.ingest.licences import may_show

    return may_show(licence).words or LONGEST


def library_place(settings: Settings) -> LibraryPlace:
    """Where the library of these settings is kept."""
    from bedside.stores.place import LibraryPlace

    return LibraryPlace(settings.home / "library", settings.library)


def open(  # noqa: A001  (bedside.open reads well, and is never star-imported)
    settings: Settings | None = None, note: Callable[[str], None] = lambda _: None
) -> Desk:
    """Open the content that ships with bedside, or the one the settings name, with the hospital packs and the adopted
    wordings in the reader's home, and the library that was loaded.

    Raises SettingsError when the settings are wrong and LibraryUnusable when the content cannot be used.
    """
    from bedside.ingest.compiled import CompiledContent
    from bedside.ingest.local import with_local

    settings = settings or Settings.load(os.environ)
    content = with_local(CompiledContent.open(settings.content), settings.home, __version__, note)
    return Desk(settings, content, note)


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
