"""The example of an answer pattern: a question, from the content's own cases, that chooses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bedside.answer import Answer
from bedside.article.naming import Names
from bedside.desk import Desk
from bedside.facts.case import Edit
from bedside.protocol.case import Case
from bedside.protocol.protocol import Pattern, Protocol
from bedside.rendering.public.words import named

FIRST_READER = "clinician"


@dataclass(frozen=True, slots=True)
class Example:
    """A question that chooses a pattern. ``case`` is the name of the case it comes from; ``from_facts`` says that the
    case has facts only, put into words here. ``edits`` are facts set by hand, where words alone do not lead there;
    ``edited`` says them in words."""

    question: str
    case: str
    from_facts: bool
    edits: tuple[Edit, ...] = ()
    edited: str = ""


def example_of(pattern: Pattern, protocol: Protocol, desk: Desk, names: Names) -> Example | None:
    """The first question of the pattern's cases whose answer does follow the pattern; None where there is none.

    Written questions come before those made from facts, and those before facts set by hand.
    """
    cases = [case for case in desk.content.cases(protocol.id) if case.expect.pattern == pattern.id]
    for example in _examples(cases, protocol, names):
        answer = answer_to(example, FIRST_READER, desk)
        if follows(answer, protocol.id, pattern.id):
            return example
    return None


def answer_to(example: Example, reader: str, desk: Desk) -> Answer:
    """The answer to an example for one reader, for both regions, as of the content's date."""
    return desk.ask(example.question, reader=reader, region="both", as_of=desk.content.date, edits=example.edits)


def follows(answer: Answer, topic: str, pattern: str) -> bool:
    """Whether an answer follows a pattern of a topic."""
    return any(
        run.protocol.id == topic and run.pattern is not None and run.pattern.id == pattern for run in answer.runs
    )


def _examples(cases: list[Case], protocol: Protocol, names: Names) -> Iterator[Example]:
    for case in cases:
        if case.question:
            yield Example(case.question, case.name, from_facts=False)
    of_facts = [(case, _in_words(case, names)) for case in cases if not case.question]
    for case, words in of_facts:
        yield Example(f"{words[:1].upper()}{words[1:]}.", case.name, from_facts=True)
        yield Example(f"{protocol.title.plain}: {words}.", case.name, from_facts=True)
    topic = named(protocol.topics[0], names) if protocol.topics else protocol.title.plain
    for case, words in of_facts:
        edits = tuple(Edit(name, value) for name, value in case.facts)
        yield Example(f"{topic[:1].upper()}{topic[1:]}?", case.name, from_facts=True, edits=edits, edited=words)


def _in_words(case: Case, names: Names) -> str:
    """The facts of a case as a person may list them."""
    values = dict(case.facts)
    said = []
    for name, value in case.facts:
        if name.endswith("_frequency"):
            continue
        called = named(name, names)
        match value:
            case "present":
                said.append(called)
            case "absent":
                said.append(f"no {called}")
            case _:
                said.append(" ".join(filter(None, (called, value, values.get(f"{name}_frequency", "")))))
    return ", ".join(said)
