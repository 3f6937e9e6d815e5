"""The proof of a sentence: both sides, what they share, the verdict, and the rule with its facts."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.evidence.passage import Passage
from bedside.rendering.html.marking import Shared, marked
from tests.answers.test_literature import EVERYTHING
from tests.answers.test_literature import QUESTION as LITERATURE
from tests.answers.test_literature import ask as asked_of
from tests.rendering.html.tree import drawn, page_of, said, tree

QUESTION = "72F, B12 140 ng/L, Hb 98 g/L, MCV 112, gait unsteady, on omeprazole 8 yrs. Next step?"


@pytest.fixture(scope="module")
def answer(desk):
    """An answer with red flags, for a patient: sentence and statement differ in their words."""
    return desk.ask(QUESTION, reader="patient")


def joined(pieces):
    """The text that pieces were cut from."""
    return "".join(piece.text for piece in pieces)


def test_the_pieces_of_both_sides_are_the_texts(answer, aids):
    """Marking changes no character of the sentence or of the statement."""
    sentences = {s.id: s.text_for(answer.question.reader) for s in answer.article.sentences()}
    for proof in page_of(answer, aids).proofs:
        assert joined(proof.sentence) == sentences[proof.sentence_id]
        assert joined(proof.statement) == answer.statements[proof.statement_id].clinical


def test_figures_are_marked_by_amount_and_words_by_meaning(aids):
    """The same amount in another spelling, and another form of a word, count as shared; other figures do not."""
    sides = marked("B12 below 180 ng/L means a deficiency at 3 months.", "Deficient: a B12 of <180 pg/mL.", aids.terms)
    figures = [piece.text for piece in sides.here if piece.shared is Shared.FIGURE]
    assert any("180" in figure for figure in figures)
    assert not any("3 months" in figure for figure in figures)
    assert any(piece.shared is Shared.WORD for piece in sides.there)


def test_nothing_is_marked_where_nothing_is_shared(aids):
    """Two texts about different things have no marks."""
    sides = marked("Eat green vegetables.", "Hearing aids are fitted by audiologists.", aids.terms)
    assert {piece.shared for piece in (*sides.here, *sides.there)} == {Shared.NOTHING}


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_two_texts_can_be_marked_without_losing_a_character(here, there):
    """Whatever stands in a text, its pieces joined are the text."""
    from bedside.desk import open as open_desk

    sides = marked(here, there, _terms(open_desk))
    assert joined(sides.here) == here
    assert joined(sides.there) == there


_KEPT = []


def _terms(open_desk):
    if not _KEPT:
        _KEPT.append(open_desk().checks)
    return _KEPT[0]


def test_a_rule_is_shown_with_the_facts_that_made_it_true(answer, aids):
    """The words of the question that decided a rule stand in the proof of its sentences."""
    rules = [rule for proof in page_of(answer, aids).proofs for rule in proof.rules]
    fired = {rule.id for run in answer.runs for rule in (o.rule for o in run.firing())}
    assert {rule.id for rule in rules if rule.state == "fired"} <= fired
    assert any(leaf.words == "B12 140 ng/L" for rule in rules for leaf in rule.leaves)


def test_a_qualified_sentence_shows_its_reservation(desk, aids):
    """The verdict is not hidden: a source that was superseded is named with the reason."""
    seen = page_of(desk.ask(QUESTION, reader="clinician"), aids)
    doubtful = [proof for proof in seen.proofs if not proof.passed]
    assert doubtful
    assert all(proof.reasons for proof in doubtful)
    root = tree(drawn(seen))
    assert len(root.css(".caveat")) == len(doubtful)


def loaded(text, licence="CC-BY-4.0"):
    """A source as its owner loaded it, with one passage."""
    return (Passage("loaded/1", "loaded", "section 1.3", text, licence, sha256(text.encode()).hexdigest()),)


def test_the_original_stands_beside_the_statement_where_it_is_loaded(answer, aids):
    """The passage that says what our statement says is shown with its place, its licence, and what both share."""
    [statement] = [s for key, s in answer.statements.items() if key == "vitamin-b12/omeprazole"] or [
        answer.statements[page_of(answer, aids).proofs[1].statement_id]
    ]
    source = statement.citations[0].source
    with_original = replace(aids, originals=lambda key: loaded(statement.clinical) if key == source else ())
    proofs = [p for p in page_of(answer, with_original).proofs if p.statement_id == statement.id]
    [original] = [each for proof in proofs for each in proof.originals]
    assert original.standing == "checked against the source text"
    assert joined(original.pieces) == statement.clinical
    assert original.licence == "CC-BY-4.0"
    assert "section 1.3" in original.place
    assert any(piece.shared is not Shared.NOTHING for piece in original.pieces)


def test_only_as_much_of_an_original_is_shown_as_its_licence_lets(answer, aids):
    """Of a long passage only the sentence that fits; where even that is too long, only where it stands."""
    statement = answer.statements[page_of(answer, aids).proofs[1].statement_id]
    text = f"Something else comes first here. {statement.clinical} And much follows behind it, at length."
    for most, expected in ((1000, text), (len(statement.clinical.split()), None), (2, "")):
        allowed = replace(aids, originals=lambda _key: loaded(text), may_quote=lambda _licence, most=most: most)
        proof = next(p for p in page_of(answer, allowed).proofs if p.statement_id == statement.id)
        shown = joined(proof.originals[0].pieces)
        assert len(shown.split()) <= most
        if expected is not None:
            assert shown == expected
        assert proof.originals[0].cut is (most != 1000)


def test_an_original_that_says_nothing_of_it_is_said_to(answer, aids):
    """A loaded source in which the statement is not found is not shown as if it were."""
    silent = replace(aids, originals=lambda _key: loaded("Hearing aids are fitted by audiologists."))
    for proof in page_of(answer, silent).proofs:
        for original in proof.originals:
            assert original.standing == "not found in the source text"
            assert not original.pieces


def test_a_proof_opens_without_a_script_and_has_a_page(answer, aids):
    """It is a details element whose button names the sources, with the address of its own page inside."""
    seen = page_of(answer, aids)
    root = tree(drawn(seen))
    for number, node in enumerate(root.css("details.proof .proof-body"), 1):
        assert node.attributes["id"].startswith("proof-")
        assert seen.proof(number).number == number
    assert root.css_first("details.proof > summary") is not None
    assert root.css_first(".proof-body a[href='/t/link/proof/1']") is not None
    assert said(root.css_first("details.proof > summary")).startswith("Proof, supported")
    assert seen.proof(0) is None
    assert seen.proof(len(seen.proofs) + 1) is None


def test_a_quotation_shows_its_passage_with_the_quoted_words_marked(desk, aids):
    """The words between the marks are those of the passage, and what surrounds them is there as far as it may be."""
    seen = page_of(asked_of(desk, LITERATURE, EVERYTHING), aids)
    assert seen.proofs
    for proof in seen.proofs:
        [original] = proof.originals
        [quoted] = [piece.text for piece in original.pieces if piece.shared is Shared.WORD]
        assert quoted in joined(proof.sentence)
        assert "by the passage" in proof.verdict_label
    tight = replace(aids, may_quote=lambda _licence: 1)
    for proof in page_of(asked_of(desk, LITERATURE, EVERYTHING), tight).proofs:
        assert len(proof.originals[0].pieces) == 1
        assert proof.originals[0].cut
