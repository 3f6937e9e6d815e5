"""The templates of the server: its own shell and forms around the article that ``rendering.html`` draws."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from fastapi import Request
from jinja2 import ChoiceLoader, Environment, PackageLoader
from starlette.responses import HTMLResponse

from bedside import __version__
from bedside.rendering.html.environment import environment as article_environment

_FOLDERS = ("bedside.servers", "bedside.rendering.html")


def environment() -> Environment:
    """An environment over that of the article, which finds the server's templates, too; everything is escaped."""
    article = article_environment()
    own = PackageLoader("bedside.servers", "templates")
    made = article.overlay(loader=ChoiceLoader([own, *filter(None, [article.loader])]))
    made.globals = {**article.globals, "static": static, "version": __version__}  # an overlay shares the article's
    return made


def drawn(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page. *values* are what its template names; ``request`` is always given, for its form fields."""
    page = request.app.state.templates.get_template(template)
    return HTMLResponse(page.render(request=request, **values), status_code=status)


@cache
def static(name: str) -> str:
    """The address of a static file, with a mark of its content: a browser may keep it for ever."""
    for package in _FOLDERS:
        found = files(package).joinpath("static", name)
        if found.is_file():
            return f"/static/{name}?{sha256(found.read_bytes()).hexdigest()[:12]}"
    raise FileNotFoundError(name)
