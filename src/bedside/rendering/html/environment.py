"""The templates of all pages: one environment that escapes everything and refuses a name it does not know."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from bedside.rendering.html.status import day

HERE = Path(__file__).parent
STATIC = HERE / "static"
"""The style sheet and the small script: served under ``/static/``."""

_ROOM = HERE.parents[1]
_FOLDERS = (HERE / "templates", _ROOM / "rendering" / "public" / "templates", _ROOM / "servers" / "templates")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment, made once: of this folder, and of the public pages and the servers where they are there."""
    found = [FileSystemLoader(folder) for folder in _FOLDERS if folder.is_dir()]
    made = Environment(
        loader=ChoiceLoader(found), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals["static"] = static
    made.filters["day"] = day
    return made


def static(name: str) -> str:
    """The address of a static file."""
    return f"/static/{name}"
