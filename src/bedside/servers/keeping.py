"""Keeping: what is asked becomes a turn of a thread, with the answer that was given."""

from __future__ import annotations

from bedside.answer import Answer
from bedside.facts.case import Told
from bedside.rendering.json import compact
from bedside.servers.answers import Answers, Asked
from bedside.servers.clock import in_days, now
from bedside.settings import Settings
from bedside.thread import Thread, ThreadStore, Turn


def begun(told: Told, reader: str, region: str, answers: Answers, threads: ThreadStore) -> tuple[Thread, Answer]:
    """A new thread with the answer to its first turn. Raises what :meth:`Desk.follow_up` raises, and keeps nothing
    then."""
    answer = answers.answer(Asked((told,), reader, region))
    at = now()
    return threads.create(at, in_days(_days(answers)), turn_of(answer, 0, told, at)), answer


def added(
    thread: Thread, told: Told, reader: str, region: str, answers: Answers, threads: ThreadStore
) -> tuple[Thread, Answer]:
    """The thread with a turn more. Raises ThreadMoved where another window was faster, and ThreadNotFound."""
    answer = answers.answer(Asked((*told_in(thread), told), reader, region))
    at = now()
    return threads.add(thread.token, turn_of(answer, len(thread.turns), told, at), at), answer


def turn_of(answer: Answer, number: int, told: Told, at: str) -> Turn:
    """A turn as it is kept."""
    prints = answer.fingerprints
    return Turn(
        number=number,
        text=told.text,
        edits=told.edits,
        reader=answer.question.reader.value,
        region=answer.question.region.value,
        as_of=answer.as_of,
        asked_at=at,
        content=prints.content,
        run=prints.run,
        answer=compact(answer),
    )


def told_in(thread: Thread) -> tuple[Told, ...]:
    """Everything that was said in a thread, turn by turn."""
    return tuple(turn.told for turn in thread.turns)


def _days(answers: Answers) -> int:
    settings: Settings = answers.desk.settings
    return settings.thread_days
