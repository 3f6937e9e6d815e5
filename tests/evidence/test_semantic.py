"""Re-ranking by meaning: what it may change, and what must make no difference."""

from __future__ import annotations

from dataclasses import replace
from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.evidence.candidate import Candidate
from bedside.evidence.hit import Hit, Reason
from bedside.evidence.semantic import embedded_text, reranked, similarities
from bedside.evidence.source import SourceStatus


class Placed:
    """An embedder that puts a text at the cosine its last line says to the question, which stands at (1, 0)."""

    name = "placed 1"

    def __init__(self):
        self.asked = []

    def embed(self, texts):
        """A vector for each text; what was asked is kept."""
        self.asked.append(list(texts))
        return [(1.0, 0.0), *(self._at(float(text.splitlines()[-1])) for text in texts[1:])]

    @staticmethod
    def _at(cosine):
        return (7 * cosine, 7 * sqrt(1 - cosine**2))  # the length of a vector means nothing


def hit(name, rank, score, cosine=0.0, **fields):
    found = Candidate(id=name, source=name, title="", heading="", text=str(cosine))
    return Hit(replace(found, **fields), rank, score, (Reason("words", "b12", score),))


def ids(hits):
    return [one.candidate.id for one in hits]


SCORES = st.lists(st.integers(1, 10_000), min_size=1, max_size=30).map(lambda found: sorted(found, reverse=True))
COSINES = st.integers(-10_000, 10_000).map(lambda whole: whole / 10_000)


@st.composite
def found(draw):
    """Hits as a search gives them: scores that fall with the rank, and any similarity."""
    scores = draw(SCORES)
    names = draw(st.permutations([f"p{number:02}" for number in range(len(scores))]))
    return [hit(names[at], at + 1, score / 100, draw(COSINES)) for at, score in enumerate(scores)]


def test_what_is_nearer_to_the_question_rises():
    hits = [hit("far", 1, 10.0, 0.1), hit("near", 2, 9.0, 0.8)]
    assert ids(reranked("?", hits, Placed(), weight=1.0)) == ["near", "far"]
    assert ids(reranked("?", hits, Placed(), weight=0.1)) == ["far", "near"]


def test_the_points_are_the_similarity_times_weight_times_the_best_score():
    [first, second] = reranked("?", [hit("a", 1, 10.0, 0.5), hit("b", 2, 4.0, 0.25)], Placed(), weight=2.0)
    assert (first.score, second.score) == (20.0, 9.0)
    assert first.reasons[-1] == Reason("meaning", "similarity 0.5000 by placed 1", 10.0)


@given(found(), st.integers(0, 40), st.sampled_from([0.0, 0.3, 1.0, 4.0]), st.randoms(use_true_random=False))
def test_the_order_the_hits_are_given_in_makes_no_difference(hits, most, weight, chance):
    shuffled = chance.sample(hits, len(hits))
    assert reranked("?", shuffled, Placed(), most=most, weight=weight) == reranked(
        "?", hits, Placed(), most=most, weight=weight
    )


@given(found(), COSINES, st.sampled_from([0.3, 1.0, 4.0]))
def test_equal_similarities_keep_the_order_by_words(hits, cosine, weight):
    alike = [replace(one, candidate=replace(one.candidate, text=str(cosine))) for one in hits]
    assert ids(reranked("?", alike, Placed(), weight=weight)) == ids(hits)


@given(found(), st.integers(0, 40), st.sampled_from([0.0, 0.3, 1.0, 4.0]))
def test_reasons_sum_to_the_score_and_ranks_count_up(hits, most, weight):
    got = reranked("?", hits, Placed(), most=most, weight=weight)
    assert [one.rank for one in got] == list(range(1, len(hits) + 1))
    assert all(isclose(sum(reason.value for reason in one.reasons), one.score) for one in got)
    assert sorted(ids(got)) == sorted(ids(hits))
    scores = [round(one.score, 9) for one in got]
    assert scores == sorted(scores, reverse=True)


@given(found(), st.integers(0, 40))
def test_only_the_first_are_read_and_the_rest_stay_below_them(hits, most):
    embedder = Placed()
    got = reranked("?", hits, embedder, most=most, weight=1.0)
    assert ids(got)[most:] == ids(hits)[most:]
    assert set(ids(got)[:most]) == set(ids(hits)[:most])
    assert [len(texts) for texts in embedder.asked] == ([1 + min(most, len(hits))] if most else [])


def test_without_weight_or_hits_no_model_is_asked():
    embedder = Placed()
    hits = [hit("a", 1, 2.0, 0.1), hit("b", 2, 1.0, 0.9)]
    assert reranked("?", hits, embedder, weight=0.0) == tuple(hits)
    assert reranked("?", [], embedder) == ()
    assert embedder.asked == []


def test_digits_that_processors_disagree_on_do_not_count():
    hits = [hit("a", 1, 2.0, 0.50001), hit("b", 2, 2.0, 0.50003)]
    assert ids(reranked("?", hits, Placed(), weight=4.0)) == ["a", "b"]


def test_a_hit_that_points_away_gets_no_points_and_loses_none():
    [near, away] = reranked("?", [hit("away", 1, 2.0, -0.9), hit("near", 2, 2.0, 0.1)], Placed(), weight=1.0)
    assert (near.candidate.id, away.score) == ("near", 2.0)
    assert [reason.name for reason in away.reasons] == ["words"]


def test_what_was_retracted_is_not_carried_up_by_its_meaning():
    hits = [hit("sound", 1, 3.0, 0.5), hit("withdrawn", 2, 2.9, 0.8, status=SourceStatus.RETRACTED)]
    assert ids(reranked("?", hits, Placed(), weight=2.0)) == ["sound", "withdrawn"]
    sound = [hits[0], replace(hits[1], candidate=replace(hits[1].candidate, status=SourceStatus.CURRENT))]
    assert ids(reranked("?", sound, Placed(), weight=2.0)) == ["withdrawn", "sound"]


def test_an_empty_vector_is_near_to_nothing():
    class Nowhere(Placed):
        def embed(self, texts):
            return [(0.0, 0.0) for _ in texts]

    assert similarities("?", [hit("a", 1, 1.0).candidate], Nowhere()) == (0.0,)


def test_an_embedder_that_leaves_a_text_out_is_not_believed():
    class Lossy(Placed):
        def embed(self, texts):
            return super().embed(texts)[:-1]

    with pytest.raises(ValueError, match="zip"):
        reranked("?", [hit("a", 1, 1.0, 0.5), hit("b", 2, 1.0, 0.5)], Lossy())


def test_the_model_reads_the_question_then_title_heading_and_text():
    embedder = Placed()
    reranked("B12?", [hit("a", 1, 1.0, 0.5, title="A study", heading="Results")], embedder)
    assert embedder.asked == [["B12?", "A study\nResults\n0.5"]]
    assert embedded_text(hit("a", 1, 1.0, title="A study").candidate) == "A study\n0.0"
