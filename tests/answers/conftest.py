"""The desk the answers come from: content compiled afresh from the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

import bedside
from bedside.desk import Desk
from bedside.ingest.compile import compile_content
from bedside.ingest.compiled import CompiledContent
from bedside.settings import Settings

CONTENT = Path(bedside.__file__).parent / "content"


@pytest.fixture(scope="session")
def desk(tmp_path_factory) -> Desk:
    """A desk on the content of this checkout, with the settings a new user has."""
    home = tmp_path_factory.mktemp("answers")
    compiled = home / "compiled.jsonl"
    compiled.write_bytes(compile_content(CONTENT))
    return Desk(Settings.load({"BEDSIDE_HOME": str(home)}), CompiledContent.open(compiled))
