"""Writes ``answer_floors.yaml`` anew with what is reached now: ``python -m tests.evaluation.measure_floors``.

Look at the difference before it is kept: a figure that got worse is a fault, and not a floor.
"""

from __future__ import annotations

import sys

from bedside.evaluation.answers_questions import question_sets
from bedside.evaluation.answers_variants import hold, variants
from tests.evaluation.test_answers_measured import BUILT, FILE, ask, desk, reached


def main():
    """The head of the file as it is, and a line a topic."""
    kept = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    for topic in BUILT:
        held = hold(variants(question_sets()[topic], desk().vocabulary), ask)
        counts = {**reached(topic), "variants": sum(not each.holds for each in held)}
        kept.append(f"{topic}: {{{', '.join(f'{name}: {count}' for name, count in counts.items())}}}")
    FILE.write_text("\n".join(kept) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(kept) + "\n")


if __name__ == "__main__":
    main()
