"""The place of a library: its folder, the database that is its truth, and the index derived from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LibraryPlace:
    """Where one library is kept.

    ``folder`` holds the index, the lock and, unless ``database`` is the URL of another one
    (``postgresql+psycopg://...``), the SQLite file.
    """

    folder: Path
    database: str = ""

    @property
    def file(self) -> Path:
        """The SQLite file, used where no other database is named."""
        return self.folder / "library.sqlite3"

    @property
    def url(self) -> str:
        """The URL of the database, as SQLAlchemy reads it."""
        return self.database or f"sqlite:///{self.file}"

    @property
    def index(self) -> Path:
        """The folder of the search index; deleting it loses nothing."""
        return self.folder / "index"

    @property
    def lock(self) -> Path:
        """The file whose lock a writer holds."""
        return self.folder / "writer.lock"

    def exists(self) -> bool:
        """Whether a library was ever made here. Looks at files only."""
        return bool(self.database) or self.file.exists()
