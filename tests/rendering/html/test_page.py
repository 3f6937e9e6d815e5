"""The page of an answer: what it says of its standing, its readers, what is missing, and what changed."""

from __future__ import annotations

import pytest

from bedside.article.article import FIRST_SCREEN
from bedside.article.budget import FIRST_SCREEN_WORDS
from bedside.facts.case import Edit, Told
from bedside.rendering.html.fields import FieldKind, edits_of
from bedside.rendering.html.standalone import render, style
from bedside.rendering.html.status import STATES
from bedside.settings import READERS, REGIONS
from tests.rendering.html.tree import drawn, page_of, said, tree

FOUNDING = (
    "My serum vitamin B12 level is 268 pg/mL while I am taking 1000 micrograms oral cyanocobalamin daily; "
    "what is the appropriate management?"
)
EMERGENCY = "Crushing chest pain since this morning, and my B12 is 268 pg/mL. What should I do?"


@pytest.fixture(scope="module")
def founding(desk):
    """The founding question for a patient."""
    return desk.ask(FOUNDING, reader="patient", region="both")


def test_the_strip_shows_every_state_and_marks_only_not_submitted(founding, aids):
    """Nothing was submitted, so no other state may look reached, and the status says that nobody reviewed it."""
    root = tree(drawn(page_of(founding, aids)))
    states = root.css(".states > li")
    assert [said(state).removesuffix(" (now)") for state in states] == list(STATES)
    assert [said(s) for s in states if "aria-current" in s.attributes] == ["Not submitted (now)"]
    assert "Not reviewed by a clinician" in said(root.css_first(".strip"))


def test_the_first_screen_is_within_its_words(desk, aids):
    """Red flags, lead, why and what to do now, as far as they stand unfolded, are within the budget of the article."""
    for reader in READERS:
        seen = page_of(desk.ask(FOUNDING, reader=reader), aids)
        words = [
            len(say.text.split()) for part in seen.first for row in part.rows for side in row.sides for say in side.says
        ]
        assert {part.key for part in seen.first} <= {key.value for key in FIRST_SCREEN}
        assert sum(words) <= FIRST_SCREEN_WORDS + (100 if reader == "student" else 0)  # a student's Why is never folded


def test_red_flags_come_before_everything_in_an_emergency(desk, aids):
    """An emergency begins with its title and the red flags; elsewhere they stand before the lead."""
    urgent = drawn(page_of(desk.ask(EMERGENCY), aids))
    assert urgent.index('class="alert"') < urgent.index('class="asked"')
    assert urgent.index("<h1>") < urgent.index('class="alert"') < urgent.index("part-lead")


@pytest.mark.parametrize("reader", ["patient", "clinician"])
@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        ("28 weeks pregnant, blood pressure 165/112. What now?", True),
        ("Potassium 6.9 mmol/L, what now?", True),
        ("Ferritin 9 ug/L, black tarry stools. What now?", True),
        ("28 weeks pregnant, blood pressure 146/94, no headache. What now?", False),
        ("INR 8.9 on warfarin, no bleeding. What now?", False),
        ("Potassium 6.2 mmol/L. What now?", False),
    ],
)
def test_a_red_flag_that_cannot_wait_makes_an_emergency_page(desk, aids, text, urgent, reader):
    """Also where no word of the question is one of an emergency: the value is."""
    html = drawn(page_of(desk.ask(text, reader=reader), aids))
    assert (html.index('class="alert"') < html.index('class="asked"')) is urgent


def test_each_reader_is_one_link_away_and_the_facts_and_the_region_stay(desk, aids):
    """The switch is links; switching changes wordings, never the region, the chips or the order of what they say."""
    pages = {reader: page_of(desk.ask(FOUNDING, reader=reader, region="US"), aids) for reader in READERS}
    for reader, seen in pages.items():
        assert [choice.address for choice in seen.readers] == [f"/t/link?for={each}&region=US" for each in READERS]
        assert [choice.value for choice in seen.readers if choice.current] == [reader]
    assert len({tuple((chip.name, chip.value, chip.words) for chip in seen.chips) for seen in pages.values()}) == 1


def test_each_region_is_one_link_away_and_the_reader_stays(desk, aids):
    """Every region has its link for the same reader; the one that is read is marked."""
    for region in REGIONS:
        seen = page_of(desk.ask(FOUNDING, reader="nurse", region=region), aids)
        assert {choice.address for choice in seen.regions} == {f"/t/link?for=nurse&region={each}" for each in REGIONS}
        assert [choice.value for choice in seen.regions if choice.current] == [region]
        marked = tree(drawn(seen)).css(".regions a[aria-current]")
        assert [link.attributes["id"] for link in marked] == [f"read-by-{region}"]


def test_a_switch_without_a_script_is_a_plain_link(founding, aids):
    """What the script fetches in place is the address of the link itself."""
    links = tree(drawn(page_of(founding, aids))).css(".readers a, .regions a")
    assert len(links) == len(READERS) + len(REGIONS)
    assert all(link.attributes["href"] == link.attributes["hx-get"] for link in links)


def test_a_calendar_is_offered_only_where_there_is_a_date(desk, aids):
    """A decline names none; papers for people stand before files for programs."""
    with_dates = page_of(desk.ask(FOUNDING, reader="patient"), aids)
    without = page_of(desk.ask("What dose of warfarin should I take?"), aids)
    assert [label for _, label in with_dates.papers] == ["Leaflet", "Dates"]
    assert [label for _, label in without.papers] == ["Leaflet"]
    assert [label for _, label in with_dates.files] == ["JSON"]


def test_the_box_for_what_follows_stands_before_what_is_taken_away_and_the_references(founding, aids):
    """Nobody scrolls past the references to go on."""
    html = drawn(page_of(founding, aids))
    assert html.index('id="follow-up-label"') < html.index('id="take-away"') < html.index('id="references"')


def test_a_doubt_on_a_chip_says_what_is_doubtful(desk, aids):
    """Not merely that something is: a unit that is missing is named, and a sound value carries nothing."""
    doubts = {
        chip.name: chip.doubt
        for chip in page_of(desk.ask("My B12 is 268 pg/mL, haemoglobin 98. What now?"), aids).chips
    }
    assert doubts == {"total_b12": "", "haemoglobin": "no unit given"}


def test_letters_of_evidence_are_explained_to_those_who_see_them(desk, aids):
    """Professionals see a level behind a sentence, and what each letter means; patients see neither."""
    for reader in READERS:
        html = drawn(page_of(desk.ask(FOUNDING, reader=reader), aids))
        assert ("<b>Levels:</b>" in html) == ("level C" in html), reader


def test_the_page_says_once_that_nobody_reviewed_it_at_its_end(founding, aids):
    """The closing lines leave out what the line of how sure, how old, who checked has said."""
    end = said(tree(drawn(page_of(founding, aids))).css_first(".sureness"))
    assert end.count("Not reviewed by a clinician") == 1
    assert founding.as_of not in end


def test_a_chip_is_a_form_with_its_projection_name(founding, aids):
    """A number comes with its units, the one that was written chosen; everything posts to the address of facts."""
    root = tree(drawn(page_of(founding, aids)))
    form = root.css_first("#fact-1 form")
    assert form.attributes["action"] == "/t/link/facts"
    assert form.css_first("input[name=name]").attributes["value"] == "total_b12"
    assert form.css_first("input[name='value.total_b12']").attributes["value"] == "268"
    assert said(form.css_first("option[selected]")) == "pg/mL"


def test_every_missing_question_that_has_facts_can_be_answered_in_place(founding, aids, desk):
    """Each field is one that the edit of a fact can take."""
    seen = page_of(founding, aids)
    [part] = [part for part in seen.rest if part.key == "unknown"]
    says = [say for row in (*part.rows, *part.more) for side in row.sides for say in side.says]
    assert len(says) > 10
    assert all(say.ask and say.ask.fields for say in says)
    for field in (field for say in says for field in say.ask.fields):
        value = {FieldKind.NUMBER: "12", FieldKind.WORDS: "daily"}.get(field.kind) or field.options[0][0]
        filled = [("name", field.name), (f"value.{field.name}", value), (f"unit.{field.name}", *field.units[:1])]
        edits = edits_of([pair for pair in filled if len(pair) == 2])
        assert len(edits) == 1
        desk.ask(FOUNDING, edits=edits)  # raises for a name or value that no fact can have


def test_the_fields_of_a_form_become_edits():
    """Empty fields state nothing, a number takes its unit, a word does not, and one button answers for the rest."""
    form = [
        ("token", "x"),
        ("name", "total_b12"),
        ("value.total_b12", " <50 "),
        ("unit.total_b12", "ng/L"),
        ("name", "falls"),
        ("name", "confusion"),
        ("value.confusion", "present"),
        ("value.hidden_one", "present"),
    ]
    assert edits_of(form) == (Edit("total_b12", "<50 ng/L"), Edit("confusion", "present"))
    assert Edit("falls", "absent") in edits_of([*form, ("all", "absent")])
    assert Edit("confusion", "present") in edits_of([*form, ("all", "absent")])
    assert edits_of([("name", "egfr"), ("value.egfr", "unknown"), ("unit.egfr", "g/L")]) == (Edit("egfr", "unknown"),)


def test_a_page_without_a_target_has_no_form(founding, aids):
    """What is kept as a file cannot be posted, and links to nothing on a server."""
    html = render(founding, aids=aids)
    root = tree(html)
    assert not root.css("form, button, input, script, link")
    assert all(a.attributes["href"].startswith(("#", "http")) for a in root.css("a"))
    assert len(root.css("style")) == 1
    assert "default-src 'none'" in html


def test_the_style_sheet_loads_nothing_from_anywhere():
    """No import, no address, no font from outside; and nothing that could end its element."""
    text = str(style())
    assert "url(" not in text
    assert "@import" not in text
    assert "@font-face" not in text
    assert "</" not in text


def test_what_changed_stands_at_the_top_with_the_fact_behind_it(desk, aids):
    """A follow-up shows what was told and what it changed, behind the red flags only; the trail is on the chip."""
    told = (Told("My B12 is 268 pg/mL. What now?"), Told("Sorry, it was 150 pg/mL, and I am unsteady on my feet."))
    answer = desk.follow_up(told)
    seen = page_of(answer, aids, changes=desk.changes(told))
    assert seen.changes.lines
    assert any(line.because for line in seen.changes.lines)
    html = drawn(seen)
    assert html.index('class="alert"') < html.index("What changed, and which fact changed it") < html.index("part-lead")
    assert [turn.turn for turn in seen.asked] == [0, 1]
    [chip] = [chip for chip in seen.chips if chip.name == "total_b12"]
    assert chip.turn == 1
    assert "268" in " ".join(chip.history)


def test_another_person_leaves_the_words_of_the_one_before_out(desk, aids):
    """The page of a new case shows its own turn only."""
    told = (Told("My B12 is 268 pg/mL. What now?"), Told("What about my mother? She is 82 and her B12 is 150 pg/mL."))
    seen = page_of(desk.follow_up(told), aids)
    assert [turn.turn for turn in seen.asked] == [1]
    assert "another person" in said(tree(drawn(seen)).css_first(".asked"))


def test_a_unit_that_was_not_given_is_not_chosen_for_the_reader(desk, aids):
    """A value without its unit comes with an empty choice; one that has a unit, with that unit."""
    seen = page_of(desk.ask("My B12 is 268 pg/mL, haemoglobin 98. What now?"), aids)
    chosen = [said(each) for each in tree(drawn(seen)).css(".chip option[selected]")]
    assert sorted(chosen) == ["pg/mL", "unit?"]


def test_a_fact_set_by_hand_says_so(desk, aids):
    """An edit has no words; its chip says who set it."""
    seen = page_of(desk.ask(FOUNDING, edits=(Edit("pregnancy", "present"),)), aids)
    [chip] = [chip for chip in seen.chips if chip.name == "pregnancy"]
    assert chip.edited
    assert not chip.words


@pytest.mark.parametrize("question", ["I took 100 paracetamol tablets", "What is the best treatment for asthma?", "?!"])
def test_emergencies_and_declines_have_pages_too(question, desk, aids):
    """Also an answer without protocols has title, standing and lead."""
    root = tree(drawn(page_of(desk.ask(question), aids)))
    assert root.css_first("h1") is not None
    assert root.css(".part-lead .say, .alert .say")


def test_a_number_whose_test_is_asked_for_is_given_under_the_right_name(desk, aids):
    """Neither name is filled in beforehand: a number that is sent unread would answer for the wrong test."""
    answer = desk.ask("My B12 is 60 pmol/L. What now?")
    asks = {
        say.id: say.ask
        for part in page_of(answer, aids).rest
        for row in part.rows
        for side in row.sides
        for say in side.says
    }
    fields = asks["ask/assay"].fields
    assert [field.name for field in fields] == ["total_b12", "active_b12"]
    assert not any(field.value for field in fields)
    told = (
        Told(answer.question.text),
        Told("", edits_of([("name", "active_b12"), ("value.active_b12", "60"), ("unit.active_b12", "pmol/L")])),
    )
    assert "ask/assay" not in {s.id for s in desk.follow_up(told).article.sentences()}


@pytest.mark.parametrize("reader", ["patient", "clinician"])
@pytest.mark.parametrize("text", ["Potassium 6.2 mmol/L on ramipril, eGFR 38, aged 72. What now?", "INR 6 on warfarin"])
def test_references_of_folded_points_are_folded_too(desk, aids, text, reader):
    """Every reference of a sentence in sight is in sight; so is one that should not be relied on."""
    page = page_of(desk.ask(text, reader=reader), aids)
    says = [say for part in page.parts() if part.open for row in part.rows for side in row.sides for say in side.says]
    seen = {number for say in says for number in say.numbers}
    root = tree(drawn(page))
    folded = {node.attributes["id"].removeprefix("ref-") for node in root.css("details .references > li")}
    every = {node.attributes["id"].removeprefix("ref-") for node in root.css(".references > li")}
    assert every == {str(each.number) for each in page.references}
    assert folded
    assert {str(number) for number in seen} == every - folded
    assert all(each.sound for each in page.references if str(each.number) in folded)
