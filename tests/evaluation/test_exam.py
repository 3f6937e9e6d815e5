"""The exam: the same every time, every kind asked, and scores that a checker cannot get by luck."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bedside.evaluation.abstracts import read_abstracts
from bedside.evaluation.corruptions import CORRUPTIONS
from bedside.evaluation.exam import Expect, items, run, wilson
from bedside.evaluation.material import abstract_sentences, plain_wordings, statement_sentences
from bedside.evaluation.nearness import coverage
from bedside.evaluation.paraphrases import PARAPHRASES
from bedside.ingest.compiled import CompiledContent
from tests.evaluation.made_up import SENTENCES

DATA = Path(__file__).parents[3] / "shared" / "data"
_HASHED = """
import hashlib
from tests.evaluation.test_exam import small
print(hashlib.sha256(repr(small()).encode()).hexdigest())
"""


def small():
    """A small exam on shipped statements and invented abstracts."""
    content = CompiledContent.open()
    verbatim = (*statement_sentences(content), *SENTENCES)
    return items(verbatim, plain_wordings(content), per_kind=12, untouched=200)


@pytest.fixture(scope="module")
def asked():
    return small()


def test_the_exam_does_not_depend_on_the_order_of_sets():
    """Two programs with different hash seeds ask exactly the same."""
    root = Path(__file__).parents[2]
    seen = {
        subprocess.run(
            [sys.executable, "-c", _HASHED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=root, check=True, capture_output=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(seen) == 1


def test_another_seed_asks_other_questions():
    """The seed is what the draw hangs on."""
    one, two = (items(SENTENCES, per_kind=3, untouched=20, seed=seed) for seed in (1, 2))
    assert one != two
    assert one == items(SENTENCES, per_kind=3, untouched=20, seed=1)


def test_every_kind_is_asked_and_every_id_is_one(asked):
    """Each way of spoiling, each rewording and each kind of untouched sentence has items, with ids of their own."""
    kinds = {item.kind for item in asked}
    assert kinds == {
        *CORRUPTIONS, *PARAPHRASES, "verbatim", "exact-quotation", "unrelated-passage-added", "plain-wording",
    }  # fmt: skip
    assert len({item.id for item in asked}) == len(asked)


def test_expectations_follow_the_kind(asked):
    """What was spoiled is to be refused, and nothing else."""
    assert {item.kind for item in asked if item.expect is Expect.REFUSE} == set(CORRUPTIONS)


def test_some_spoiled_sentences_were_reworded_first(asked):
    """A checker that only compares texts must not pass by that."""
    assert sum(item.reworded for item in asked) > len(asked) / 50


def test_who_accepts_all_catches_nothing_and_alarms_nobody(asked):
    """Every spoiled item missed, no true one refused."""
    report = run(asked, lambda _: True)
    assert {count.right for count in report.kinds if count.expect is Expect.REFUSE} == {0}
    assert {count.share for count in report.kinds if count.expect is Expect.STAND} == {1.0}


def test_who_refuses_all_catches_all_and_alarms_everybody(asked):
    """Every spoiled item caught, every true one refused."""
    report = run(asked, lambda _: False)
    assert {count.share for count in report.kinds if count.expect is Expect.REFUSE} == {1.0}
    assert {count.right for count in report.kinds if count.expect is Expect.STAND} == {0}


def test_word_overlap_fails_the_exam(asked):
    """Most words of a spoiled sentence are the source's: counting them catches few numbers, negations or drugs."""

    def overlaps(item):
        cited = " ".join(item.passages[place] for place in item.cited if place < len(item.passages))
        return coverage(item.sentence, cited) >= 0.7

    report = run(asked, overlaps)
    assert report.group("untouched").share > 0.9
    for group in ("number", "unit", "comparator", "negation", "direction", "time", "drug", "strength"):
        assert report.group(group).share < 0.4, group


def test_looking_for_the_very_words_refuses_honest_rewordings(asked):
    """A checker that only finds text again catches what was spoiled and refuses what was reworded."""

    def found_again(item):
        return any(item.sentence in item.passages[place] for place in item.cited if place < len(item.passages))

    report = run(asked, found_again)
    assert report.group("paraphrase").share < 0.1
    assert report.group("negation").share == 1


def test_the_report_keeps_examples_of_what_went_wrong(asked):
    """At most five of a kind, with the passages they cite."""
    report = run(asked, lambda _: True)
    for kind in CORRUPTIONS:
        kept = [each for each in report.examples if each.kind == kind]
        assert 1 <= len(kept) <= 5
    assert any(each.cited for each in report.examples)


def test_the_report_adds_up_and_prints(asked):
    """Groups hold their kinds, JSON holds the same counts, the table has a line each, progress is told to the end."""
    told = []
    report = run(asked, lambda item: len(item.sentence) % 2 == 0, lambda done, of: told.append((done, of)))
    assert told[-1] == (len(asked), len(asked))
    for group in report.groups:
        assert group.n == sum(count.n for count in report.kinds if count.group == group.name)
        assert group.low <= group.share <= group.high
    form = json.loads(json.dumps(report.as_json()))
    assert [row["n"] for row in form["kinds"]] == [count.n for count in report.kinds]
    table = report.table()
    assert len(table) == 2 + len(report.groups) + len(report.kinds) + len(report.reworded)
    with pytest.raises(KeyError):
        report.group("nothing of the kind")


def test_wilson_interval_of_known_shares():
    """Against worked values: 0 of 10, 5 of 10, 10 of 10; nothing asked says nothing."""
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)


def test_the_whole_exam_is_large_enough():
    """On real abstracts: at least 3,000 spoiled and 3,000 untouched sentences, and hundreds of rewordings."""
    if not (DATA / "pubmed_abstracts" / "abstracts.jsonl.zst").is_file():
        pytest.skip("the data sets are not here")
    content = CompiledContent.open()
    verbatim = (*statement_sentences(content), *abstract_sentences(read_abstracts(DATA, 20, 3000)))
    asked = items(verbatim, per_kind=80)
    assert sum(item.expect is Expect.REFUSE for item in asked) >= 3000
    assert sum(item.group == "untouched" for item in asked) >= 3000
    assert sum(item.group == "paraphrase" for item in asked) >= 700
