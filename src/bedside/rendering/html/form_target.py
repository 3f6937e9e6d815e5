"""Where the forms and links of a page lead. A page without a target has no forms: it is read only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormTarget:
    """Addresses on this server. ``article`` is the page itself, without a query (the links to other readers and regions
    add both, ``?for=&region=``), ``facts`` takes edits of facts, ``follow_up`` a next question, ``delete`` the wish to
    delete the thread; "" leaves a form out.

    ``take_away`` are links with their labels. ``hidden`` are fields every form carries (the token against forged
    requests). ``proof`` is the address before the number of a sentence.
    """

    article: str
    facts: str = ""
    follow_up: str = ""
    delete: str = ""
    proof: str = ""
    take_away: tuple[tuple[str, str], ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
