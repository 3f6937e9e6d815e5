"""From text to claims: what is one, where it stands, what it cites, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.verification.citation_marks import citation_marks, without_marks
from bedside.verification.claims import CHECKED, ClaimKind, claims
from bedside.verification.document import BlockKind, Piece, assemble, document_of


def said(text):
    """The texts of the claims and the advice."""
    return [claim.text for claim in claims(text) if claim.kind in CHECKED]


def kinds(text):
    return [claim.kind for claim in claims(text)]


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("Iron cures anaemia; zinc does not help.", ["Iron cures anaemia", "Zinc does not help."]),
        ("Iron cures anaemia, but zinc does not help.", ["Iron cures anaemia", "Zinc does not help."]),
        ("Aspirin thins the blood and is given daily.", ["Aspirin thins the blood", "Aspirin is given daily."]),
        ("Check ferritin and start iron today.", ["Check ferritin", "Start iron today."]),
        (
            "While tablets work in most people, injections are needed after surgery.",
            ["Tablets work in most people", "Injections are needed after surgery."],
        ),
        ("Iron and folate are low in coeliac disease.", ["Iron and folate are low in coeliac disease."]),
        ("Start iron and increase by 100 mg weekly.", ["Start iron and increase by 100 mg weekly."]),
        ("Tea is safe, but it stains the teeth.", ["Tea is safe, but it stains the teeth."]),
        ("Take iron with water and orange juice.", ["Take iron with water and orange juice."]),
        ("Salt (sodium and chloride) raises pressure.", ["Salt (sodium and chloride) raises pressure."]),
        (
            "If the level is low and symptoms are new, start iron.",
            ["If the level is low and symptoms are new, start iron."],
        ),
    ],
)
def test_two_claims_that_are_joined_are_parted_where_both_can_stand(text, halves):
    """A half without a subject of its own takes that of the half before it."""
    assert said(text) == halves


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Iron deficiency causes anaemia.", ClaimKind.CLAIM),
        ("Take iron once daily.", ClaimKind.ADVICE),
        ("If you are pregnant, ask your doctor first.", ClaimKind.ADVICE),
        ("You should not stop the tablets.", ClaimKind.ADVICE),
        ("Never give iron with tea.", ClaimKind.ADVICE),
        ("What is iron deficiency?", ClaimKind.QUESTION),
        ("Which best describes you?", ClaimKind.FRAME),
        ("This information does not replace professional medical advice.", ClaimKind.FRAME),
        ("All articles are reviewed by our Medical Advisory Board.", ClaimKind.FRAME),
        ("Last updated: 3 May 2024.", ClaimKind.FRAME),
        ("Read more", ClaimKind.FRAME),
    ],
)
def test_what_a_sentence_is(text, kind):
    """Claims and advice are checked; what the page says of itself is not."""
    assert kinds(f"{text} ") == [kind] or kinds(f"A heading\n\n{text}\nAnd more of it.")[1] == kind


def test_a_heading_that_says_something_is_a_claim():
    """And one that only names its section is none."""
    text = "Why tablets are useless for you\n\nTea is safe.\n\nTreatment of anaemia\n\nTea is safe."
    found = [(claim.kind, claim.text) for claim in claims(text)]
    assert found[0] == (ClaimKind.CLAIM, "tablets are useless for you")
    assert found[2] == (ClaimKind.HEADING, "Treatment of anaemia")


def test_what_stands_under_a_disclaimer_is_no_claim():
    """Up to the next heading."""
    text = "Disclaimer\n\nIron cures anaemia.\n\nTreatment\n\nIron cures anaemia."
    assert kinds(text) == [ClaimKind.FRAME, ClaimKind.FRAME, ClaimKind.HEADING, ClaimKind.CLAIM]


def test_an_item_that_says_nothing_alone_carries_its_lead_in():
    """So does what it cites, unless it cites something itself."""
    text = (
        "Iron fails. [9]\n\nTest for these causes: [1]\n\n- Coeliac disease\n"
        "- Helicobacter infection [2]\n- Take a history of surgery"
    )
    found = [(claim.text, claim.citations) for claim in claims(text) if claim.kind in CHECKED]
    assert found == [
        ("Iron fails.", (9,)),
        ("Test for these causes: Coeliac disease", (1,)),
        ("Test for these causes: Helicobacter infection", (2,)),
        ("Take a history of surgery", (1,)),
    ]


def test_a_row_of_a_table_is_one_claim():
    """With all its cells; a divider and a row that says nothing are none."""
    text = "| Drug | Dose |\n|---|---|\n| Iron | 200 mg daily |"
    assert [(claim.kind, claim.text) for claim in claims(text)] == [
        (ClaimKind.FRAME, "Drug ; Dose"),
        (ClaimKind.CLAIM, "Iron ; 200 mg daily"),
    ]


def test_entries_of_the_reference_list_are_references():
    """One piece an entry; nothing in them is a claim or a citation."""
    text = (
        "Iron cures anaemia [1].\n\nReferences\n\n1. Adams B. Iron cures anaemia. 2019.\n"
        "2. Brown C. Tea [in German]. 2020."
    )
    assert kinds(text) == [ClaimKind.CLAIM, ClaimKind.HEADING, ClaimKind.REFERENCE, ClaimKind.REFERENCE]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Iron cures anaemia [1].", [(1,)]),
        ("Iron cures anaemia [1, 3-5].", [(1, 3, 4, 5)]),
        ("Iron cures anaemia.\u00b9\u00b2", [(12,)]),
        ("Iron cures anaemia\u00b9,\u00b3.", [(1, 3)]),
        ("An area of 4 cm\u00b2 healed.", []),
        ("Iron works. 1 Zinc fails. 2, 3 Tea harms. 4", [(1,), (2, 3), (4,)]),
        ("A study showed benefit, 5 the other harm. 1 Iron works. 2 Zinc fails. 3", [(5,), (1,), (2,), (3,)]),
        ("Take 2 tablets. 3 hours later take one more.", []),
        ("It rose in type 2 diabetes in week 12", []),
        ("The reference range is [3.5-5.0].", []),
        ("Iron (1) works. Zinc (2) fails.", []),
        ("Iron works (1). Zinc fails (2). Tea harms (3, 4).", [(1,), (2,), (3, 4)]),
    ],
)
def test_citation_marks_are_told_apart_from_figures(text, numbers):
    """Each of the ways of writing them, and figures that look like them."""
    assert [mark.numbers for mark in citation_marks(text)] == numbers


def test_no_citation_mark_stays_in_a_claim_as_a_figure():
    """Figures stay, marks go."""
    text = "Give 1 mg daily. 6, 2 The level was 268 pg/mL. 1 Recheck at 3 months: 2"
    assert said(text) == ["Give 1 mg daily.", "The level was 268 pg/mL.", "Recheck at 3 months:"]


@given(st.text(max_size=400))
def test_every_piece_of_any_text_stands_in_the_text(text):
    """No text breaks the reading; spans lie inside, in order and apart; marks taken out keep every place."""
    found = claims(text)
    end = 0
    for claim in found:
        assert end <= claim.span.start < claim.span.end <= len(text)
        end = claim.span.end
    assert len(without_marks(text, citation_marks(text))) == len(text)
    assert found == claims(text)


def test_plain_text_is_laid_out_by_its_lines():
    """Headings, paragraphs, lists with their numbers, tables."""
    text = "Iron\n\nIron is a metal.\n\n1. First of all\n2. Second\n\n\u2022 A point\n\nA\tB\nC\tD"
    found = [(block.kind, block.span.of(text), block.number) for block in document_of(text).blocks]
    assert found == [
        (BlockKind.HEADING, "Iron", 0),
        (BlockKind.PARAGRAPH, "Iron is a metal.", 0),
        (BlockKind.ITEM, "First of all", 1),
        (BlockKind.ITEM, "Second", 2),
        (BlockKind.ITEM, "A point", 0),
        (BlockKind.ROW, "A\tB", 0),
        (BlockKind.ROW, "C\tD", 0),
    ]


def test_pieces_become_one_text_whose_blocks_are_the_pieces():
    """What a reader of a file brings, each at its place."""
    document = assemble(
        "a", [Piece(BlockKind.HEADING, "One", 1), Piece(BlockKind.ITEM, " "), Piece(BlockKind.ITEM, "Two")]
    )
    assert [block.span.of(document.text) for block in document.blocks] == ["One", "Two"]
