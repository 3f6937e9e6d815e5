"""The aid gives probabilities, the same every time, from weights that its data card vouches for."""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files
from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.verification.aid.claim_aid import ClaimAid, Probabilities, claim_aid
from bedside.verification.aid.features import features
from bedside.verification.aid.meaning import meaning_of

PACKAGE = files("bedside.verification.aid")
CLAIM = "Vitamin D supplementation reduces the risk of fractures in older adults."
FOR = "In older adults, vitamin D supplementation reduced the risk of fractures significantly."
OFF = "The genome of the bat was sequenced from samples of eleven caves in the south."


class Toy:
    """Vectors of any text, without a model: sums over its characters."""

    name = "toy"

    def __init__(self, length: int) -> None:
        self._length = length

    def embed(self, texts):
        """Sums of the characters, weighted by place."""
        return [[float(sum(ord(c) * (at + 1) % 17 for c in text)) for at in range(self._length)] for text in texts]


@pytest.mark.parametrize("name", ["rarities.json", "weights_base.json", "weights_semantic.json"])
def test_the_data_card_holds_the_hash_of_every_file(name):
    """A weights file that was changed and not written with its card fails here; each is small enough to read."""
    content = PACKAGE.joinpath(name).read_bytes()
    card = PACKAGE.joinpath("DATA_CARD.md").read_text(encoding="utf-8")
    [told] = re.findall(rf"\| `{re.escape(name)}` \| ([0-9a-f]{{64}}) \|", card)
    assert told == hashlib.sha256(content).hexdigest()
    assert len(content) < 300_000


def test_evidence_that_says_the_same_is_not_left_open_and_other_evidence_is():
    """The nearer evidence is likelier to support, the unrelated is neutral."""
    near, off = claim_aid().judge(CLAIM, FOR), claim_aid().judge(CLAIM, OFF)
    assert near.support > off.support
    assert off.likeliest == "neutral"
    assert near.likeliest != "neutral"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=400))
def test_any_two_texts_have_probabilities_that_sum_to_one(claim, evidence):
    """Also of what is empty, or in another script, and the same when asked again."""
    judged = claim_aid().judge(claim, evidence)
    assert judged.support + judged.refute + judged.neutral == pytest.approx(1)
    assert all(isfinite(each) and 0 <= each <= 1 for each in (judged.support, judged.refute, judged.neutral))
    assert claim_aid().judge(claim, evidence) == judged


def test_the_semantic_configuration_reads_vectors_of_its_own_length():
    """It judges by an embedder, refuses to judge without one, and refuses vectors it did not learn from."""
    aid = claim_aid("semantic")
    length = len(aid.axes[0])
    judged = aid.judge(CLAIM, FOR, Toy(length))
    assert judged.support + judged.refute + judged.neutral == pytest.approx(1)
    assert aid.judge(CLAIM, FOR, Toy(length)) == judged
    with pytest.raises(ValueError, match="needs an embedding model"):
        aid.judge(CLAIM, FOR)
    with pytest.raises(ValueError, match=f"of {length} numbers"):
        aid.judge(CLAIM, FOR, Toy(length - 1))


def test_the_figures_asked_for_are_the_figures_there_are():
    """Both files name exactly the figures that are computed: a figure renamed in code fails here."""
    own = list(features(CLAIM, FOR))
    assert list(claim_aid().names) == own
    assert list(claim_aid("semantic").names) == own + list(meaning_of([1.0], [[1.0]]).figures)


def test_the_likeliest_stance_is_neutral_only_above_a_half():
    """First whether the evidence speaks to the claim, then which way."""
    assert Probabilities(0.2, 0.25, 0.55).likeliest == "neutral"
    assert Probabilities(0.3, 0.25, 0.45).likeliest == "support"
    assert Probabilities(0.25, 0.3, 0.45).likeliest == "refute"


def test_inputs_are_bounded_and_of_one_length():
    """No figure, however large, reaches the networks beyond the bound."""
    aid: ClaimAid = claim_aid()
    made = list(aid.inputs(features("word " * 4000, "other " * 4000)))
    assert len(made) == len(aid.names)
    assert max(map(abs, made)) <= 2
