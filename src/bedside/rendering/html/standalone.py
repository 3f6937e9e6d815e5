"""An answer as one HTML file that needs nothing else: no server, no script, no request."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from bedside.answer import Answer
from bedside.rendering.html.aids import Aids
from bedside.rendering.html.environment import STATIC, environment
from bedside.rendering.html.page import page
from bedside.review.status import AnswerStatus


def render(
    answer: Answer, glossary: Mapping[str, str] | None = None, *, aids: Aids, review: AnswerStatus | None = None
) -> str:
    """The page with its style inside, ending in a line break. It may load nothing, whatever is in the answer."""
    seen = page(answer, aids=aids, glossary=glossary, review=review)
    return environment().get_template("standalone.html").render(page=seen, style=style()) + "\n"


def style() -> Markup:
    """The style sheet as text that may stand in a ``style`` element: it holds nothing that could end one."""
    text = (STATIC / "bedside.css").read_text(encoding="utf-8")
    if "</" in text:
        raise ValueError("bedside.css holds a closing tag")  # pragma: no cover - a test reads the file
    return Markup(text)  # noqa: S704 - our own file, see above
