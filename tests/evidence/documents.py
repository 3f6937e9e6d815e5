"""Records made up for the tests."""

from bedside.evidence.record import Heading, Record, make_passage
from bedside.evidence.source import RecordCheck, Source, SourceKind


def record(title="A study", abstract="", types=(), mesh=(), *, full=False, notices=(), keywords=(), **source):
    """A loaded record; *abstract* is one passage, *mesh* names of headings."""
    fields = {"kind": SourceKind.REFERENCE, "issuer": "", "check": RecordCheck.LOADED, **source}
    passages = (make_passage("pmid-1", "Abstract", abstract),) if abstract else ()
    return Record(
        Source("pmid-1", title=title, **fields),
        passages,
        headings=tuple(Heading(name) for name in mesh),
        publication_types=tuple(types),
        keywords=tuple(keywords),
        notices=tuple(notices),
        full=full,
    )
