"""The templates of the article and its papers: everything is escaped, and a name that is not known is refused."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bedside.rendering.html.status import day

HERE = Path(__file__).parent
STATIC = HERE / "static"
"""The style sheet and the small script: served under ``/static/``."""


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment, made once."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["static"] = static
    made.filters["day"] = day
    return made


def static(name: str) -> str:
    """The address of a static file."""
    return f"/static/{name}"
