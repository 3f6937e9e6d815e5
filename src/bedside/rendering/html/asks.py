"""What is missing, each question with the fields that answer it in place."""

from __future__ import annotations

from dataclasses import dataclass

from bedside.answer import Answer
from bedside.protocol.outcome import Run
from bedside.protocol.protocol import Ask
from bedside.rendering.explain import quantity_text
from bedside.rendering.html.aids import Aids
from bedside.rendering.html.fields import Field, FieldKind, field_of


@dataclass(frozen=True, slots=True)
class AskView:
    """The fields of one missing question, by the id of its sentence. ``none_of_these`` offers one button that says no
    to every yes-or-no fact of the list; ``red_flag`` that its answer could fire one."""

    sentence_id: str
    fields: tuple[Field, ...]
    none_of_these: bool
    red_flag: bool


def asks_of(answer: Answer, aids: Aids) -> dict[str, AskView]:
    """The missing questions of every run, by the id of the sentence that asks them."""
    found: dict[str, AskView] = {}
    for run in answer.runs:
        asks = {m.ask.id: m.ask for m in run.missing} | {a.id: a for a in run.protocol.asks}
        for missing in run.missing:
            group = [missing.ask, *(asks[other] for other in missing.together if other in asks)]
            fields = tuple(field for ask in group for field in _fields(ask, run, answer, aids))
            yes_no = sum(field.kind is FieldKind.YES_NO for field in fields)
            sentence_id = f"ask/{missing.ask.id}"
            found.setdefault(sentence_id, AskView(sentence_id, fields, yes_no > 1, missing.red_flag > 0))
    return found


def _fields(ask: Ask, run: Run, answer: Answer, aids: Aids) -> list[Field]:
    values = dict(ask.values)
    found: list[Field] = []
    for name in ask.facts:
        tried = values.get(name, ())
        tests = [word for value in tried if (word := value.partition("assay ")[2])]
        found += [_field(each, name if not tests else "", tuple(tried), run, answer, aids) for each in tests or [name]]
    return found


def _field(name: str, asked: str, tried: tuple[str, ...], run: Run, answer: Answer, aids: Aids) -> Field:
    """One field; a number whose unit is asked for is there already, one whose test is asked for is to be given anew
    under the right name (``asked`` is "")."""
    reader = answer.question.reader
    result = next((band for band in run.bands if band.measure == asked and band.ask), None)
    if result is not None and result.fact is not None and result.fact.quantity is not None:
        unit = result.fact.quantity.unit
        amount = quantity_text(result.fact.quantity).removesuffix(unit).strip().replace(" to ", "-")
        return field_of(name, aids, reader, number=amount, unit=unit)
    return field_of(name, aids, reader, values=tried)
