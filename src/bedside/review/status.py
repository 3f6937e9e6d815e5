"""The status: how an item, or an answer made of many, stands with the board today, as readers are told.

It is worked out from the board's standings and from nothing else, outside every fingerprint. It fails closed: what is
not known to be approved now is not approved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bedside.answer import Answer
from bedside.article.article import Role
from bedside.article.compose import declines
from bedside.review.item import Snapshot
from bedside.review.lapse import Reason, stands
from bedside.review.reasons import in_words
from bedside.review.standing import Signature, Standing
from bedside.review.state import State

WEAKEST = (
    State.WITHDRAWN,
    State.LAPSED,
    State.RETURNED,
    State.NOT_SUBMITTED,
    State.SUBMITTED,
    State.UNDER_REVIEW,
    State.APPROVED,
)
"""The states, the one that speaks most against showing something as approved first."""


@dataclass(frozen=True, slots=True)
class Status:
    """Where one item stands. ``since`` is the ISO time at which its state began, ``expires`` the last day (ISO date) on
    which the approval holds. ``signatures`` are those that stand behind an approval, none for any other state;
    ``reasons`` say in words why it lapsed."""

    item: str
    title: str
    state: State = State.NOT_SUBMITTED
    since: str = ""
    expires: str = ""
    signatures: tuple[Signature, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def approved(self) -> bool:
        """Whether an approval of it holds now."""
        return self.state is State.APPROVED


@dataclass(frozen=True, slots=True)
class AnswerStatus:
    """How an answer stands: by its patterns, and by every rule and statement that it shows.

    ``state`` is APPROVED only if all of them are, and nothing else clinical is shown: ``quoted`` counts the sentences
    taken from literature, which no board approves, ``unlisted`` what is shown and no item (a protocol that fitted no
    pattern).
    """

    state: State
    patterns: tuple[Status, ...] = ()
    rules: tuple[Status, ...] = ()
    statements: tuple[Status, ...] = ()
    quoted: int = 0
    unlisted: int = 0

    @property
    def approved(self) -> bool:
        """Whether everything that it shows is approved now."""
        return self.state is State.APPROVED

    @property
    def items(self) -> tuple[Status, ...]:
        """Everything that it shows and that can be reviewed."""
        return (*self.patterns, *self.rules, *self.statements)

    @property
    def touched(self) -> bool:
        """Whether a signature stands behind any part of it, or the board has withdrawn one."""
        return any(each.state in (State.APPROVED, State.WITHDRAWN) for each in self.items)

    @property
    def expires(self) -> str:
        """The last day on which an approved answer stays so; "" for any other."""
        return min((each.expires for each in self.items), default="") if self.approved else ""

    @property
    def signers(self) -> tuple[Signature, ...]:
        """One signature of each member who signed a part of it, by name."""
        found = {(each.board, each.handle): each for item in self.items for each in item.signatures}
        return tuple(sorted(found.values(), key=lambda each: (each.name, each.board, each.handle)))


StatusOf = Callable[[str], Status]
"""What says of an item how it stands."""


def status_of(item: str, standings: Mapping[str, Standing], snapshot: Snapshot, today: str) -> Status:
    """How one item stands; Not submitted where the board does not know it. An approval counts only while it holds, and
    while everything that the item needs is approved, too."""
    found, known = snapshot.items.get(item), standings.get(item)
    title = found.title if found else item
    if known is None:
        return Status(item, title)
    if known.state is State.APPROVED and not stands(item, standings, snapshot, today):
        why = "What was signed is not what is here now, or its time is over."
        return Status(item, title, State.LAPSED, known.since, reasons=(why,))
    approved = known.state is State.APPROVED
    return Status(
        item=item,
        title=title,
        state=known.state,
        since=known.since,
        expires=known.expires if approved else "",
        signatures=known.signatures if approved else (),
        reasons=tuple(in_words(Reason.from_json(each), snapshot) for each in known.reasons),
    )


def answer_status(answer: Answer, status: StatusOf) -> AnswerStatus:
    """How an answer stands. Pure: *status* says it of each item.

    Counted are the pattern of each protocol that ran, every rule that fired or is shown as an open branch, and the
    statement of every claim, whether folded away or not. An answer that declines, or is of an emergency, stands under
    a title of its own and not under its pattern: nobody has approved that.
    """
    claims = [sentence for sentence in answer.article.sentences() if sentence.role is Role.CLAIM]
    own = answer.question.emergencies or declines(answer.question, answer.runs)
    chosen = () if own else answer.runs
    patterns = [f"pattern:{run.protocol.id}/{run.pattern.id}" for run in chosen if run.pattern is not None]
    rules = [
        f"rule:{run.protocol.id}/{o.rule.id}" for run in answer.runs for o in (*run.firing(), *run.open_branches())
    ]
    shown = _each((f"statement:{claim.statement}" for claim in claims if claim.statement), status)
    parts = _each(patterns, status), _each(rules, status), shown
    quoted = sum(bool(claim.passage) for claim in claims)
    loose = sum(not claim.statement and not claim.passage for claim in claims)
    unlisted = loose + sum(run.pattern is None for run in answer.runs)
    state = _state(*parts, whole=not quoted and not unlisted)
    return AnswerStatus(state, *parts, quoted=quoted, unlisted=unlisted)


def shown_items(answer: Answer) -> tuple[str, ...]:
    """The ids of every pattern, rule and statement that an answer shows, sorted."""
    return tuple(sorted(each.item for each in answer_status(answer, lambda item: Status(item, item)).items))


def _each(items: Iterable[str], status: StatusOf) -> tuple[Status, ...]:
    return tuple(status(item) for item in dict.fromkeys(items))


def _state(
    patterns: tuple[Status, ...], rules: tuple[Status, ...], statements: tuple[Status, ...], *, whole: bool
) -> State:
    """The state of the weakest pattern; where that is approved, or there is none, of the weakest part."""
    said = min((each.state for each in patterns), key=WEAKEST.index, default=State.APPROVED)
    if said is not State.APPROVED:
        return said
    states = [each.state for each in (*patterns, *rules, *statements)]
    weakest = min(states, key=WEAKEST.index, default=State.NOT_SUBMITTED)
    if weakest is State.APPROVED and not (patterns and whole):
        return State.NOT_SUBMITTED
    return weakest
