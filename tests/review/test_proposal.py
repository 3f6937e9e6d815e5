"""Proposed wordings: what is refused, what is let through, and the text they are kept as."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bedside
from bedside.errors import InputRefused
from bedside.evidence.passage import Passage
from bedside.ingest.wording import wording_findings
from bedside.review.glosses import glosses_of
from bedside.review.proposal import Level, Proposal, Wording, objections, worded, wording_of
from bedside.text.span import NOWHERE
from tests.review.wordings import HONEST, MISSED, SPOILED

BASE = "ab" * 32


@pytest.fixture(scope="module")
def desk():
    """The content that ships."""
    return bedside.open()


@pytest.fixture(scope="module")
def against(desk):
    """What speaks against a wording of a statement, as the board asks it."""
    glosses = glosses_of(desk.shipped.statements(), desk.content.glossary())

    def asked(statement, wording, originals=(), earlier=()):
        return objections(
            statement,
            wording,
            desk.checks,
            originals,
            earlier=earlier,
            glosses=glosses,
            house=lambda each: [found.text for found in wording_findings(each, desk.checks.units.tokens)],
        )

    return asked


def changed(text, change):
    """A text with one replacement that must apply."""
    if change is None:
        return text
    assert change[0] in text
    return text.replace(*change)


def of_row(desk, row):
    """The statement of a row, and the wording it proposes."""
    _, name, clinical, plain = row
    statement = desk.shipped.statement(name)
    return statement, worded(changed(statement.clinical, clinical), changed(statement.plain, plain))


def names(rows):
    """The rows with their names as ids."""
    return [pytest.param(row, id=row[0]) for row in rows]


@pytest.mark.parametrize("row", names(SPOILED))
def test_a_spoiled_wording_is_refused(desk, against, row):
    """Every objection says what, and what to do; a place it names lies in the text."""
    statement, wording = of_row(desk, row)
    found = against(statement, wording)
    assert found
    for each in found:
        assert each.what
        assert each.remedy
        assert each.span == NOWHERE or 0 <= each.span.start < each.span.end <= len(wording.of(each.level))


@pytest.mark.parametrize("row", names(HONEST))
def test_an_honest_wording_is_let_through(desk, against, row):
    """The same said otherwise."""
    assert against(*of_row(desk, row)) == ()


@pytest.mark.parametrize("row", names(MISSED))
def test_what_the_checks_do_not_see_is_known(desk, against, row):
    """These are for people to find: docs/wordings.md says so."""
    assert against(*of_row(desk, row)) == ()


def test_the_tables_are_as_long_as_they_claim():
    """At least 40 spoiled and 20 honest ones, each under its own name."""
    assert len(SPOILED) >= 40
    assert len(HONEST) >= 20
    rows = [row[0] for row in (*SPOILED, *HONEST)]
    assert len(set(rows)) == len(rows)


def test_the_present_wording_is_no_proposal(desk, against):
    """For no statement that ships does anything but that speak against its own wording."""
    for statement in desk.shipped.statements():
        assert {each.check for each in against(statement, wording_of(statement))} == {"same"}


def passage(text):
    """A loaded passage."""
    return Passage("p1", "source", "section 1", text, "CC-BY-4.0", "")


def test_a_figure_may_come_from_a_loaded_source(desk, against):
    """A number has a birthplace: without one it is refused, with one on both levels it is not a figure's fault."""
    statement = desk.shipped.statement("vitamin-b12/polycythaemia-unmasked-us")
    wording = Wording(
        "B12 treatment may unmask polycythaemia vera within 6 months.",
        statement.plain.replace("B12 treatment may", "Within 6 months, B12 treatment may"),
    )
    assert "figures" in {each.check for each in against(statement, wording)}
    source = passage("B12 treatment may unmask polycythaemia vera within 6 months.")
    assert "figures" not in {each.check for each in against(statement, wording, [source])}


def test_a_source_that_says_otherwise_refuses_it(desk, against):
    """The loaded text is asked, too."""
    statement = desk.shipped.statement("vitamin-b12/b12-low")
    wording = worded(statement.clinical.replace("is read", "counts"), statement.plain)
    source = passage("A total B12 below 150 ng/L (the same in pg/mL) is read as B12 deficiency.")
    assert "original" in {each.check for each in against(statement, wording, [source])}


def test_an_earlier_wording_is_held_against_too(desk, against):
    """What the shipped wording says is still asked for when the present one no longer says it."""
    statement = desk.shipped.statement("vitamin-b12/b12-low")
    shipped = wording_of(statement)
    other = {
        name: text.replace("180", "170") for name, text in (("clinical", shipped.clinical), ("plain", shipped.plain))
    }
    present = replace(statement, **other)
    wording = worded(present.clinical.replace("is read", "counts"), present.plain.replace("is read", "counts"))
    assert against(present, wording) == ()
    assert {each.check for each in against(present, wording, earlier=[shipped])} >= {"figures"}


def test_an_objection_says_itself_in_a_line(desk, against):
    """Level, what and remedy."""
    statement = desk.shipped.statement("vitamin-b12/b12-low")
    [*_, last] = against(statement, worded(statement.clinical.replace("180", "170"), statement.plain))
    assert last.line.startswith(f"{last.level.value} wording: ")
    assert last.level in Level


TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1, max_size=60).filter(str.strip)


def test_words_that_are_missing_are_named_together_and_what_is_added_from_this_side(desk, against):
    """One objection for all of them; and none that speaks of a passage, where there is no passage."""
    statement = desk.shipped.statement("vitamin-b12/emergency-first")
    short = [each.line for each in against(statement, Wording(statement.clinical, "Go to hospital."))]
    assert len([line for line in short if "Keep " in line]) == 1
    more = Wording(statement.clinical, statement.plain.replace("stools", "stools like tar"))
    lines = [each.line for each in against(statement, more)]
    assert any("This wording says 'like', which the present one does not say." in line for line in lines)
    assert not any("passage" in line for line in (*short, *lines))


@given(TEXTS, TEXTS, TEXTS)
def test_a_proposal_comes_back_from_its_text(clinical, plain, why):
    """One text for one proposal, and the other way round."""
    made = Proposal(worded(clinical, plain), why, BASE)
    assert Proposal.from_text(made.to_text()) == made


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("why"),
        lambda data: data.update(extra="x"),
        lambda data: data.update(why=" "),
        lambda data: data.update(why="x" * 5000),
        lambda data: data.update(base="abc"),
        lambda data: data.update(clinical=3),
        lambda data: data.update(clinical="two  spaces"),
        lambda data: data.update(plain=None),
    ],
)
def test_what_is_no_proposal_is_refused(spoil):
    """Every field, of its kind, as it was written."""
    data = json.loads(Proposal(worded("A.", "B."), "Why.", BASE).to_text())
    spoil(data)
    with pytest.raises(InputRefused):
        Proposal.from_text(json.dumps(data, ensure_ascii=False, sort_keys=True))


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "[" * 100_000, '{"a": NaN}'])
def test_other_texts_are_refused(text):
    """A comment is no proposal."""
    with pytest.raises(InputRefused):
        Proposal.from_text(text)
