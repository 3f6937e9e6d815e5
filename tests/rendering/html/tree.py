"""A page as the tests read it: its elements in order, without a browser."""

from __future__ import annotations

from bedside.rendering.html.environment import environment
from bedside.rendering.html.form_target import FormTarget
from bedside.rendering.html.page import PageView, page

FORM = FormTarget(
    article="/t/link",
    facts="/t/link/facts",
    follow_up="/t/link/follow-up",
    delete="/t/link/delete",
    proof="/t/link/proof/",
    take_away=(
        ("/t/link/leaflet?for=patient", "Leaflet"),
        ("/t/link/follow-up.ics?for=patient", "Dates"),
        ("/t/link/answer.json?for=patient", "JSON"),
    ),
    hidden=(("token", "secret"),),
)
_WHOLE = (
    "{% extends '_document.html' %}{% from '_article.html' import article, delete %}"
    "{% block title %}{{ page.title }}{% endblock %}"
    "{% block body %}<main>{{ article(page) }}{{ delete(page) }}</main>{% endblock %}"
)


def drawn(seen: PageView) -> str:
    """A page in the plainest shell there is."""
    return environment().from_string(_WHOLE).render(page=seen)


def page_of(answer, aids, **more) -> PageView:
    """The page of an answer with all its forms."""
    return page(answer, aids=aids, form=FORM, **more)


def tree(html: str):
    """The page as a tree that can be asked with CSS selectors."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(html)


def said(node) -> str:
    """The text of a node on one line."""
    return " ".join(node.text(deep=True).split())


def questions() -> list[tuple[str, str]]:
    """Every labelled question with its name: of the facts, and of the wordings as people ask."""
    from pathlib import Path

    import yaml

    found = []
    facts = Path(__file__).parents[2] / "facts"
    for path in sorted((*facts.glob("questions/*.yaml"), *facts.glob("unseen/*.yaml"))):
        found += [(entry["id"], entry["question"]) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return found
