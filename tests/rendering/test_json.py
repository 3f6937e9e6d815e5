"""The JSON follows its schema, says the same every time, and carries the contract of section 17."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bedside.answer import AnswerKind, Fingerprints
from bedside.article.article import Section, SectionKey
from bedside.question.question import DeclineReason, Reader
from bedside.rendering.json import document, render
from bedside.verification.verdict import Report
from tests.rendering.sample import LEAD, TEST_GB, sample, without_bands

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "answer.schema.json").read_text(encoding="utf-8"))


def answered(**changes):
    """The sample with fingerprints as they really look."""
    return replace(sample(), fingerprints=Fingerprints("c" * 64, "a" * 64), **changes)


def declined():
    """A declined question: no run, no sections."""
    answer = sample(sections=())
    question = replace(answer.question, decline=DeclineReason.NOT_COVERED)
    return replace(
        answer, kind=AnswerKind.DECLINED, question=question, runs=(), fingerprints=Fingerprints("c" * 64, "a" * 64)
    )


@pytest.mark.parametrize(
    "answer", [answered(), declined(), without_bands(answered())], ids=["answered", "declined", "bare"]
)
def test_every_answer_follows_the_schema(answer):
    """The published schema describes what is written."""
    Draft202012Validator.check_schema(SCHEMA)
    errors = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(json.loads(render(answer)))]
    assert errors == []


def test_the_schema_can_fail():
    """A document that lost a key, or gained one, is not an answer."""
    valid = Draft202012Validator(SCHEMA)
    good = document(answered())
    assert not valid.is_valid({key: value for key, value in good.items() if key != "outcome"})
    assert not valid.is_valid({**good, "more": 1})


def test_ten_runs_are_byte_identical():
    """The same answer is the same text, down to the byte."""
    assert len({render(answered()).encode() for _ in range(10)}) == 1


def test_keys_are_in_order():
    """Objects are written with sorted keys."""
    text = render(answered())
    assert json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True) + "\n" == text


def test_numbers_are_text_outside_the_section_20_facts():
    """No float enters an answer: quantities keep their digits."""

    def floats(value):
        if isinstance(value, dict):
            return [f for item in value.values() for f in floats(item)]
        if isinstance(value, list):
            return [f for item in value for f in floats(item)]
        return [value] if isinstance(value, float) else []

    written = json.loads(render(answered()))
    assert floats({key: value for key, value in written.items() if key != "facts"}) == []
    assert written["facts_detail"][0]["quantity"]["value"] == "268"


def test_spans_point_into_the_question():
    """A fact's span gives the words it was read from."""
    written = document(answered())
    start, end = written["facts_detail"][0]["span"]
    assert written["question"]["text"][start:end] == written["facts_detail"][0]["text"] == "268 pg/mL"


def test_the_contract_sorts_what_fired_into_its_lists():
    """Red flag, recommendation, do-not and monitoring each in their own list, with row and rule id."""
    outcome = document(answered())["outcome"]
    assert [entry["rule"] for entry in outcome["red_flags"]] == ["RF1"]
    assert [entry["rule"] for entry in outcome["recommendations"]] == ["CL1", "CF3-GB", "CF3-US"]
    assert [entry["rule_id"] for entry in outcome["recommendations"]] == ["CL1", "CF3", "CF3"]
    assert [entry["rule"] for entry in outcome["do_not"]] == ["MO6"]
    assert [entry["rule"] for entry in outcome["monitoring"]] == ["MO1"]
    assert outcome["classification"] == "INDETERMINATE"
    assert "268 pg/mL" in outcome["classification_basis"]


def test_every_recommendation_has_sources_and_was_verified():
    """Nothing is recommended without a citation and a passed check; a rule without words is not listed."""
    outcome = document(answered())["outcome"]
    for name in ("recommendations", "do_not", "monitoring"):
        assert all(entry["sources"] and entry["verified"] and entry["text"] for entry in outcome[name])
    assert "ZZ9" not in json.dumps(outcome)


def test_a_red_flag_is_listed_even_when_its_sentence_did_not_pass():
    """A program that reads the answer sees the flag, with ``verified`` false and no words."""
    sections = (Section(SectionKey.LEAD, (LEAD,)),)
    [flag] = document(sample(sections=sections))["outcome"]["red_flags"]
    assert (flag["rule"], flag["text"], flag["verified"], flag["urgency"]) == ("RF1", "", False, "same_day")


def test_an_unchecked_sentence_is_not_called_verified():
    """Without a verdict in this reader's wording nothing is verified."""
    answer = replace(answered(), report=Report())
    assert not any(entry["verified"] for entry in document(answer)["outcome"]["recommendations"])


def test_a_value_that_cannot_be_placed_asks():
    """A number without unit gives ASK_UNIT as section 18 writes it."""
    answer = answered()
    [run] = answer.runs
    asking = replace(run, bands=(replace(run.bands[0], band="", ask="unit"),))
    assert document(replace(answer, runs=(asking,)))["outcome"]["classification"] == "ASK_UNIT"


def test_a_decline_says_why():
    """Abstained, with the reason's name."""
    outcome = document(declined())["outcome"]
    assert (outcome["abstained"], outcome["reason"]) == (True, "not-covered")
    assert outcome["recommendations"] == []


def test_words_follow_the_reader():
    """Texts are those this reader gets; both wordings stay in each sentence."""
    answer = replace(sample(Reader.PATIENT), fingerprints=Fingerprints("c" * 64, "a" * 64))
    written = document(answer)
    sentence = next(s for part in written["article"]["sections"] for s in part["sentences"] if s["id"] == TEST_GB.id)
    assert sentence["text"] == sentence["plain"] == "Plainly: Consider MMA."
    assert sentence["clinical"] == "Consider MMA."
    assert written["outcome"]["recommendations"][1]["text"] == "Plainly: Consider MMA."


def test_folded_sentences_are_written_too():
    """A program gets everything, with the mark that it is folded."""
    written = document(answered())
    folded = [s["id"] for part in written["article"]["sections"] for s in part["sentences"] if s["folded"]]
    assert folded == ["t/folded", "t/follow"]
