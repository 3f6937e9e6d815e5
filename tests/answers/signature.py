"""The clinical outcome of an answer, without its words: what must not move when a question is reworded."""

from __future__ import annotations

from bedside.answer import Answer
from bedside.protocol.protocol import Effect


def signature(answer: Answer) -> dict[str, object]:
    """Kind, bands, answer pattern, red flags, and the rules that fire.

    Disagreements are left out: which of them is shown may turn on a legacy limit that was printed in one unit only.
    """
    return {
        "kind": answer.kind.value,
        "bands": sorted((b.measure, b.band or f"ask {b.ask}") for run in answer.runs for b in run.bands),
        "pattern": [run.pattern.id for run in answer.runs if run.pattern],
        "fires": sorted(o.rule.id for run in answer.runs for o in run.firing() if o.rule.effect is not Effect.DISAGREE),
        "red_flags": sorted(s.id for s in answer.article.sections[0].sentences) if answer.article.sections else [],
    }
