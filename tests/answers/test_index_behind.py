"""A library whose index is missing or behind is brought up to date on the way, and asked as one that was not."""

from __future__ import annotations

import shutil

from bedside.desk import Desk, library_place
from bedside.evidence.candidate import Filters
from bedside.ingest.compiled import CompiledContent
from bedside.settings import Settings
from bedside.stores.prepared import prepared
from bedside.stores.writer import LibraryWriter
from tests.stores.test_crash import record


def test_a_missing_index_is_made_again_before_the_question_is_answered(tmp_path) -> None:
    """The library is opened anew for it; what is asked of it afterwards is asked of the open one."""
    settings = Settings.load({"BEDSIDE_HOME": str(tmp_path)})
    place = library_place(settings)
    with LibraryWriter(place) as writer:
        writer.write([prepared(record(n)) for n in range(1, 4)])
    shutil.rmtree(place.index)
    said: list[str] = []
    desk = Desk(settings, CompiledContent.open(), said.append)
    assert [hit.candidate.source for hit in desk.search("w2x cobalamin", Filters(), limit=1)] == ["pmid-2"]
    assert any("made again" in line for line in said)
    assert desk.names_in("cobalamin") is not None
    assert desk.stored is not None
    assert desk.stored.source("pmid-1") is not None
