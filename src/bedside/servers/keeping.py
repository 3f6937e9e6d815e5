"""Keeping: what is asked becomes a turn of a thread, with the answer that was given."""

from __future__ import annotations

from bedside.answer import Answer
from bedside.clock import in_days, now
from bedside.errors import InputRefused, ThreadNotFound
from bedside.facts.case import Told
from bedside.rendering.json import compact
from bedside.servers.answers import Answers, Asked
from bedside.settings import Settings
from bedside.thread import Thread, ThreadStore, Turn

MOST_TURNS = 100
"""Turns of one thread. Each is answered in the light of all before it, and a thread is read as a whole."""


def begun(told: Told, reader: str, region: str, answers: Answers, threads: ThreadStore) -> tuple[Thread, Answer]:
    """A new thread with the answer to its first turn. Raises what :meth:`Desk.follow_up` raises, and keeps nothing
    then."""
    answer = answers.answer(Asked((told,), reader, region))
    at = now()
    return threads.create(at, in_days(_days(answers)), turn_of(answer, 0, told, at)), answer


def added(
    thread: Thread, told: Told, reader: str, region: str, answers: Answers, threads: ThreadStore
) -> tuple[Thread, Answer]:
    """The thread with a turn more. Raises ThreadMoved where another window was faster, ThreadNotFound, and InputRefused
    also where it has as many turns as a thread can have."""
    if len(thread.turns) >= MOST_TURNS:
        raise InputRefused(
            f"A thread has at most {MOST_TURNS} turns.", "Ask again from the start, with what holds now."
        )
    answer = answers.answer(Asked((*told_in(thread), told), reader, region))
    at = now()
    return threads.add(thread.token, turn_of(answer, len(thread.turns), told, at), at), answer


def deleted(token: str, answers: Answers, threads: ThreadStore) -> bool:
    """Delete a thread for good, with the answers in memory; whether there was one that had not expired."""
    try:
        told = told_in(threads.read(token, now()))
    except ThreadNotFound:
        threads.delete(token)  # where it has only expired, its reader still wants it gone
        return False
    gone = threads.delete(token)
    answers.forget(told)
    return gone


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
