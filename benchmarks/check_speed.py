"""Speed of the checker: sentence-passage checks a second, beside plain word overlap, and the audit of an article.

    python benchmarks/check_speed.py [--data ../shared/data] [--home FOLDER] [--article FILE]

Passages are abstracts, each asked about its own sentences and about those of the next one. With --home, the library in
that folder is searched for the audit. One core; checks are counted by the second of its time, so that other programs on
the machine weigh less. Figures to look at, not a test.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from itertools import pairwise
from pathlib import Path

from bedside import desk as desks
from bedside.evaluation.abstracts import read_abstracts, result_sentences
from bedside.ingest.article_file import read_article
from bedside.settings import Settings
from bedside.verification.judging import judge
from bedside.verification.reading import read

_WORD = re.compile(r"\w+")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--home", type=Path, default=None)
    parser.add_argument("--article", type=Path, default=Path("../shared/reference/b12-page.txt"))
    chosen = parser.parse_args()
    environ = {**os.environ, **({"BEDSIDE_HOME": str(chosen.home)} if chosen.home else {})}
    desk = desks.open(Settings.load(environ))
    abstracts = read_abstracts(chosen.data, 20, 300)
    pairs = [
        (sentence, passage.text)
        for one, other in pairwise(abstracts)
        for passage in (one, other)
        for sentence in result_sentences(one.text)
    ]
    ours = []
    for _ in range(3):
        began = time.process_time()
        for sentence, passage in pairs:
            judge(sentence, passage, desk.checks)
        ours.append(len(pairs) / (time.process_time() - began))
    began = time.process_time()
    for sentence, passage in pairs:
        _overlap(sentence, passage)
    peer = len(pairs) / (time.process_time() - began)
    print(f"{len(pairs):,} pairs of a sentence and an abstract, one core")
    print(f"judge, texts read for the first time  {ours[0]:10,.0f} checks/s")
    print(f"judge, texts read before              {max(ours[1:]):10,.0f} checks/s")
    print(f"word overlap (the peer)               {peer:10,.0f} checks/s")
    document = read_article(chosen.article)
    walls = []
    for _ in range(3):
        read.cache_clear()
        began = time.perf_counter()
        found = desk.audit(document)
        walls.append(time.perf_counter() - began)
    checked = sum(claim.verdict.value != "not-a-claim" for claim in found.claims)
    units = desk.stored.figures.get("units", 0) if desk.stored else 0
    print(f"audit of {chosen.article.name}: {checked} claims, {units:,} units loaded, median {sorted(walls)[1]:.2f} s")


def _overlap(sentence: str, passage: str) -> float:
    mine, theirs = set(_WORD.findall(sentence.lower())), set(_WORD.findall(passage.lower()))
    return len(mine & theirs) / max(len(mine), 1)


if __name__ == "__main__":
    main()
