"""How good the answers are: the questions put to bedside, and each demand looked for in what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bedside.answer import Answer, AnswerKind
from bedside.evaluation.answers_came import Came, came_of, lines_of
from bedside.evaluation.answers_questions import Demand, Expect, Item
from bedside.evaluation.answers_words import met
from bedside.question.question import DeclineReason

Asks = Callable[[Item], Answer]
"""What answers a question: for its reader and region."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One question and what became of its demands.

    ``unsaid`` are demands that nothing shown meets; ``only_folded`` those of them that a line folded away meets.
    ``wrongly_said`` are demands that were broken, each with the id of the sentence that did it.
    """

    item: Item
    came: Came
    unsaid: tuple[Demand, ...]
    only_folded: tuple[Demand, ...]
    wrongly_said: tuple[tuple[Demand, str], ...]

    @property
    def as_expected(self) -> bool:
        """Whether what came of it is what was expected: answered, an emergency, declined, or asked back."""
        came = self.came
        declined = came.kind is AnswerKind.DECLINED
        match self.item.expect:
            case Expect.EMERGENCY:
                return came.urgent
            case Expect.DECLINED:
                return declined and not came.urgent
            case Expect.ASKED:
                return not came.urgent and self._asks_back
            case _:
                return came.kind is AnswerKind.ANSWERED and not came.urgent

    @property
    def _asks_back(self) -> bool:
        """Whether a fact is asked for before anything is decided: the topic asks, or says that there is too little."""
        return self.came.decline == DeclineReason.TOO_LITTLE or (self.came.asks and not self.came.decline)

    @property
    def wrongly_declined(self) -> bool:
        """Declined where an answer was expected; where a fact was to be asked, asking for it is no such decline."""
        asked = self.item.expect is Expect.ASKED and self._asks_back
        return self.item.expect is not Expect.DECLINED and self.came.kind is AnswerKind.DECLINED and not asked

    @property
    def passes(self) -> bool:
        """Whether every demand is met, none is broken, and what came of it is what was expected."""
        return self.as_expected and not self.unsaid and not self.wrongly_said


def judge(item: Item, answer: Answer) -> Judged:
    """Hold an answer against the demands of its question."""
    lines = lines_of(answer)
    unsaid = tuple(demand for demand in item.must_say if not met(demand, lines.shown))
    broken = ((demand, name) for demand in item.must_not_say for name, line in lines.said if met(demand, (line,)))
    return Judged(
        item=item,
        came=came_of(answer),
        unsaid=unsaid,
        only_folded=tuple(demand for demand in unsaid if met(demand, lines.every)),
        wrongly_said=tuple(broken),
    )


def judge_all(items: Iterable[Item], ask: Asks) -> tuple[Judged, ...]:
    """Ask every question and hold each answer against its demands."""
    return tuple(judge(item, ask(item)) for item in items)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over some questions. Each pair is (right, of how many); ``over_triage`` is (wrongly urgent, of how many).

    ``must_say`` counts demands met by what is shown at once, ``with_folded`` also those met by what is folded away.
    ``declines_found`` are declines that were expected and given, ``declines_right`` those given that were expected.
    """

    questions: tuple[int, int]
    as_expected: tuple[int, int]
    must_say: tuple[int, int]
    with_folded: tuple[int, int]
    must_not_say: tuple[int, int]
    red_flags: tuple[int, int]
    over_triage: tuple[int, int]
    over_triage_decoys: tuple[int, int]
    declines_found: tuple[int, int]
    declines_right: tuple[int, int]

    def as_json(self) -> dict[str, dict[str, int]]:
        """The counts by name."""
        return {name: dict(zip(("count", "of"), getattr(self, name), strict=True)) for name in self.__slots__}


def score(judged: Sequence[Judged]) -> Score:
    """The counts over *judged*."""
    demands = sum(len(each.item.must_say) for each in judged)
    unsaid = sum(len(each.unsaid) for each in judged)
    folded = sum(len(each.only_folded) for each in judged)
    kept = sum(len(each.item.must_not_say) for each in judged)
    broken = sum(len({demand for demand, _ in each.wrongly_said}) for each in judged)
    flagged = [each for each in judged if each.item.red_flag]
    calm = [each for each in judged if not each.item.red_flag]
    decoys = [each for each in judged if each.item.decoy]
    wanted = [each for each in judged if each.item.expect is Expect.DECLINED]
    found = sum(each.as_expected for each in wanted)
    given = found + sum(each.wrongly_declined for each in judged)
    return Score(
        questions=(sum(each.passes for each in judged), len(judged)),
        as_expected=(sum(each.as_expected for each in judged), len(judged)),
        must_say=(demands - unsaid, demands),
        with_folded=(demands - unsaid + folded, demands),
        must_not_say=(kept - broken, kept),
        red_flags=(sum(each.came.urgent for each in flagged), len(flagged)),
        over_triage=(sum(each.came.urgent for each in calm), len(calm)),
        over_triage_decoys=(sum(each.came.urgent for each in decoys), len(decoys)),
        declines_found=(found, len(wanted)),
        declines_right=(found, given),
    )


def by_voice(judged: Sequence[Judged]) -> Mapping[str, tuple[Judged, ...]]:
    """The judged questions of each voice."""
    voices = sorted({each.item.voice.value for each in judged})
    return {voice: tuple(each for each in judged if each.item.voice.value == voice) for voice in voices}
