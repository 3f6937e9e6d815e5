"""Over-triage and refusals, measured on patients' questions of public collections that no topic covers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bedside.question.question import DeclineReason
from tests.question.material import asked

DATA = Path(__file__).parents[3] / "shared" / "data"
# Words of topics that are covered: a question that holds one may be answered, and is left out of the count.
COVERED = (
    *("thyroid", "tsh", "levothyroxine", "warfarin", "coumadin", "inr", "potassium"),
    *("diabet", "glucose", "blood sugar", "a1c", "metformin", "insulin"),
    *("blood pressure", "hypertension", "hypotension"),
    *("atrial fib", "afib", "pneumonia", "pylori", "c diff", "c. diff", "difficile"),
    *("uti", "urin", "cystitis", "bladder infection", "kidney infection", "flank pain", "macrobid", "cranberry"),
)
SETS = {"kqa/questions.jsonl.zst": "Question", "liveqa_med/train.jsonl.zst": "message"}


@pytest.fixture(scope="module", params=sorted(SETS))
def questions(request):
    """The questions of one collection as understood; none of them is about B12 but for a handful."""
    zstandard = pytest.importorskip("zstandard", reason="the collections are compressed with zstandard")
    path = DATA / request.param
    if not path.is_file():
        pytest.skip(f"{request.param} is not here")
    with zstandard.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)[SETS[request.param]] for line in lines]
    return [asked(text) for text in texts if text.strip()]


def test_few_ordinary_questions_raise_an_alarm(questions):
    """At most three in a hundred patients' questions are taken for an emergency."""
    alarms = [question for question in questions if question.emergencies]
    assert len(alarms) <= 0.03 * len(questions), [question.text[:80] for question in alarms]


def test_unrelated_questions_are_declined_as_not_covered(questions):
    """Nearly all are declined for the honest reason, and none as another language or as an attack."""
    plain = [q for q in questions if not q.emergencies and not any(word in q.text.lower() for word in COVERED)]
    reasons = [question.decline for question in plain]
    assert reasons.count(DeclineReason.NOT_COVERED) >= 0.98 * len(plain)
    assert DeclineReason.OTHER_LANGUAGE not in reasons
    assert reasons.count(DeclineReason.NOT_A_QUESTION) <= 2
