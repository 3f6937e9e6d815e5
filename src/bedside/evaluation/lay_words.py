"""Words that are common in what lay people write and read about health, counted in public sets when they are needed.

No list of them is kept in the project: they are counted in Cochrane's plain summaries, in the plain adaptations of
PLABA, and in questions that people asked (LiveQA, K-QA). A word is common when it is among the first ``COMMON`` there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bedside.evaluation.data_rows import rows

COMMON = 5000
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def common_words(data: Path, most: int = COMMON) -> frozenset[str]:
    """The *most* frequent words of the lay texts in the folder *data*. Raises InputRefused where a set is missing."""
    counted = Counter(
        word.lower().replace("’", "'").removesuffix("'s") for text in _texts(data) for word in _WORD.findall(text)
    )
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return frozenset(word for word, _ in ranked[:most])


def plain_summaries(data: Path) -> list[str]:
    """Cochrane's plain summaries, to compare with."""
    return [row["plain"] for row in rows(data / "plain_language", "cochrane_pls.dev")]


def rated_sentences(data: Path) -> list[tuple[str, float]]:
    """Sentences with how hard people found them, 1 (easiest) to 6."""
    return [
        (row["sentence"], float(row["readability"]))
        for row in rows(data / "plain_language", "medreadme_readability.dev")
    ]


def _texts(data: Path) -> Iterator[str]:
    yield from plain_summaries(data)
    for row in rows(data / "plain_language", "plaba.dev"):
        for adaptation in row["adaptations"]:
            yield from adaptation["sentences"].values()
    yield from (row["message"] for row in rows(data / "liveqa_med", "train"))
    yield from (row["Question"] for row in rows(data / "kqa", "questions"))
