"""The tables of a library, in SQLAlchemy Core. The migrations in ``migrations/`` make them; this says what they are.

Two things keep index and truth in step. Every change is written in one transaction that raises the *generation* of
the library by one and stamps it on the rows it touches; what is taken out leaves its number in ``removed``. An index
knows the generation it was made at, and catches up by what has a later one.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, Text, text

HEAD = "0002"
"""The newest migration."""

metadata = MetaData()

source = Table(
    "source",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("status_why", Text, nullable=False),
    Column("superseded_by", Text, nullable=False),
    Column("design", Text, nullable=False),
    Column("jurisdiction", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("pmid", Text, nullable=False),
    Column("pmcid", Text, nullable=False),
    Column("doi", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("shown", Text, nullable=False),  # JSON of the Source as it is shown
    Column("mesh", Text, nullable=False),  # names of headings, major ones first, one a line
    Column("brief_part", Text, nullable=False),  # JSON of the record without full text, "" when there is none
    Column("full_part", Text, nullable=False),  # JSON of the record with full text, "" when there is none
    Column("digest", Text, nullable=False),  # of both, with their passages
    Column("units", Integer, nullable=False),  # units of search it gives: one a record, or one a passage of full text
    Column("words", Text, nullable=False),  # in those units, by field: title heading text mesh
    Column("generation", Integer, nullable=False, index=True),
    Column("run", Integer, nullable=False),
)
Index("source_pmid", source.c.pmid, sqlite_where=source.c.pmid != "", postgresql_where=source.c.pmid != "")
Index("source_pmcid", source.c.pmcid, sqlite_where=source.c.pmcid != "", postgresql_where=source.c.pmcid != "")
Index("source_doi", source.c.doi, sqlite_where=source.c.doi != "", postgresql_where=source.c.doi != "")

# Sources that only a DOI or a PMCID names: what a record with a PMID may still be the same document as.
_NAMELESS = "pmid = '' AND {0} <> ''"
for _name in ("pmcid", "doi"):
    _known = text(_NAMELESS.format(_name))
    Index(f"source_{_name}_only", source.c[_name], sqlite_where=_known, postgresql_where=_known)

passage = Table(
    "passage",
    metadata,
    Column("source", ForeignKey("source.id"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),  # from 0, in reading order
    Column("name", Text, nullable=False),  # the id of the Passage
    Column("heading", Text, nullable=False),
    Column("locator", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("terms", Text, nullable=False),  # what evidence.analysis.spaced makes of the text
    Column("licence", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("language", Text, nullable=False),
)

removed = Table(
    "removed",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # of the source that was taken out
    Column("key", Text, nullable=False),
    Column("generation", Integer, nullable=False, index=True),
    Column("run", Integer, nullable=False),
)

notice = Table(
    "notice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pmid", Text, nullable=False),  # of the document that the notice is about
    Column("doi", Text, nullable=False),
    Column("body", Text, nullable=False, unique=True),  # JSON of the Notice with its subject
    Column("run", Integer, nullable=False),
)
Index("notice_pmid", notice.c.pmid)
Index("notice_doi", notice.c.doi)

status_change = Table(
    "status_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, index=True),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("run", Integer, nullable=False),
)

import_run = Table(
    "import_run",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("command", Text, nullable=False),
    Column("began", Text, nullable=False),  # ISO date and time, UTC
    Column("ended", Text, nullable=False),  # "" while it runs, or when it was killed
    Column("summary", Text, nullable=False),  # JSON of the counts
)

import_file = Table(
    "import_file",
    metadata,
    Column("path", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("modified", Text, nullable=False),  # nanoseconds, as text: larger than some databases' integers
    Column("records", Integer, nullable=False),  # records of it that are in the library
    Column("done", Boolean, nullable=False),
    Column("run", Integer, nullable=False),
)

skipped = Table(
    "skipped",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", Integer, nullable=False, index=True),
    Column("file", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("identifier", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

synonym = Table(
    "synonym",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("vocabulary", Text, nullable=False),
    Column("row", Text, nullable=False),  # JSON, as evidence.synonyms writes it
)

synonym_phrase = Table(
    "synonym_phrase",
    metadata,
    Column("phrase", Text, primary_key=True),  # as evidence.synonyms compares it
    Column("synonym", ForeignKey("synonym.id"), primary_key=True),
)

figure = Table(
    "figure",
    metadata,
    Column("name", Text, primary_key=True),  # generation, next ids, units and words in all
    Column("value", BigInteger, nullable=False),
)

release = Table(
    "release",
    metadata,
    Column("name", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("made", Text, nullable=False),
)
