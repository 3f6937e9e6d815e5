"""What can be taken away from an answer: papers for people first, files for programs behind them."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from bedside.answer import Answer
from bedside.rendering.html.form_target import FormTarget
from bedside.rendering.takeaway.due import due

Links = tuple[tuple[str, str], ...]

_FOR_PROGRAMS = (".md", ".json")
_DATES = ".ics"
_ANY_DAY = date(2000, 1, 1)  # whether there are dates does not depend on the day they are counted from


def taken_away(answer: Answer, form: FormTarget | None) -> tuple[Links, Links]:
    """Papers and files: links with their labels. A calendar is offered only where the answer names a date."""
    papers, files = [], []
    for address, label in form.take_away if form else ():
        path = urlsplit(address).path
        if path.endswith(_FOR_PROGRAMS):
            files.append((address, label))
        elif not path.endswith(_DATES) or due(answer, _ANY_DAY):
            papers.append((address, label))
    return tuple(papers), tuple(files)
