"""Speed of answering inside one process, over the questions of the shipped cases.

    python benchmarks/answer_speed.py [--rounds 5]

Prints median and 95th percentile of wall time for one answer, and beside it for writing that answer as JSON.
Figures to look at, not a test.
"""

from __future__ import annotations

import argparse
import statistics
import time

import bedside
from bedside.rendering.json import render

QUESTIONS = (
    (
        "My serum vitamin B12 level is 268 pg/mL while I am taking 1000 micrograms oral cyanocobalamin daily; "
        "what is the appropriate management?"
    ),
    "B12 150 ng/L, numb feet and unsteady walking, 70 year old woman on metformin",
    "Is a B12 of 300 pmol/L low?",
    "My B12 is 95, what does it mean?",
    "I have pernicious anaemia and my level is 1500 on injections, can I stop?",
    "Vegan for five years, no symptoms, should I be tested?",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    desk = bedside.open()
    written = [case.question for topic in desk.protocols for case in desk.content.cases(topic) if case.question]
    questions = [*QUESTIONS, *written]
    for reader in ("patient", "clinician"):
        answering, writing = [], []
        for _ in range(rounds):
            for question in questions:
                began = time.perf_counter()
                answer = desk.ask(question, reader=reader)
                answered = time.perf_counter()
                render(answer)
                answering.append((answered - began) * 1000)
                writing.append((time.perf_counter() - answered) * 1000)
        for name, walls in (("answer", sorted(answering)), ("as JSON", sorted(writing))):
            p95 = walls[int(0.95 * (len(walls) - 1))]
            middle = statistics.median(walls)
            print(f"{reader:10} {name:8} {len(questions)} questions: median {middle:.1f} ms, p95 {p95:.1f} ms")


if __name__ == "__main__":
    main()
