"""What the public pages say, of the content that ships."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import bedside.servers
from bedside.desk import Desk
from bedside.evidence.source import RecordCheck, Source, SourceKind
from bedside.facts.read import read_facts
from bedside.protocol.outcome import Run
from bedside.rendering.public import policy
from bedside.rendering.public.source_page import links
from bedside.servers.public.examples import follows
from bedside.servers.public.shelf import Shelf
from bedside.servers.public.validation import EVALUATION
from bedside.settings import READERS, Settings
from bedside.verification.judging import CHECKS
from bedside.verification.verdict import SHOWN
from tests.servers.public.conftest import public_app
from tests.servers.public.reading import Page

ROOT = Path(__file__).parents[3]
TEMPLATES = sorted((Path(bedside.servers.__file__).parent / "templates" / "public").glob("*.html"))
HOSTILE = (
    "..",
    "%2e%2e%2fetc%2fpasswd",
    "..%2f..%2fetc%2fpasswd",
    "'%20OR%201=1--",
    "%00",
    "{{7*7}}",
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "nice-ng239%00",
    "x" * 5000,
    "%ff%fe",
    "é",
    "b12-bands-gb/..",
)


@pytest.fixture(scope="module")
def shelf(desk) -> Shelf:
    """What the pages of that desk show."""
    return Shelf(desk)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(
    "place",
    [
        "/patterns/vitamin-b12/{}",
        "/patterns/{}/low-on-oral",
        "/protocols/{}",
        "/protocols/vitamin-b12/tables/{}",
        "/protocols/vitamin-b12/{}",
        "/sources/{}",
        "/statements/{}",
        "/statements/vitamin-b12/{}",
        "/about/{}",
        "/patterns/vitamin-b12/low-on-oral?for={}",
        "/sources?kind={}",
        "/sources/nice-ng239?page={}",
    ],
)
def test_a_hostile_name_is_nothing(client, place, name):
    """404 for what is not there, whatever it is made of, and none of it comes back."""
    response = client.get(place.format(name))
    harmless = response.status_code == 200 and response.url.path != place.format(
        name
    )  # ".." was resolved by the client
    assert response.status_code == 404 or harmless
    assert "<script>alert" not in response.text
    assert "root:" not in response.text


def test_every_pattern_has_an_example_that_follows_it(shelf):
    """What is shown as an example was asked, and chose the pattern; most are questions in words."""
    by_hand = set()
    for entry in shelf.patterns:
        example = shelf.example(entry.topic, entry.id)
        assert example is not None, entry.id
        assert follows(shelf.answer(example, "clinician").answer, entry.topic, entry.id)
        if example.edits:
            by_hand.add(entry.id)
    assert by_hand <= {"on-nasal", "measuring", "masked", "start", "general"}


@pytest.mark.parametrize("reader", READERS)
def test_a_patterns_answer_is_what_the_desk_answers(client, desk, shelf, reader):
    """Word for word, for each reader, with its content fingerprint."""
    examples = ((each, shelf.example(each.topic, each.id)) for each in shelf.patterns[25:])
    entry, example = next((each, found) for each, found in examples if not found.edits)
    answer = desk.ask(example.question, reader=reader, region="both", as_of=desk.content.date)
    page = Page.of(client.get(f"{entry.href}?for={reader}").text)
    words = " ".join(page.text.split())
    for sentence in answer.article.sentences():
        assert " ".join(sentence.text_for(answer.question.reader).split()) in words
    assert answer.fingerprints.content in words
    assert "about a pattern, not about you" in words
    assert "Not submitted" in words


def test_the_ranges_of_a_pattern_hold_the_number_of_its_example(shelf):
    """Every pattern that names one band of one measure: an example's placed value lies in that band."""
    checked = 0
    for entry in shelf.patterns:
        example = shelf.example(entry.topic, entry.id)
        if example is None or not entry.ranges:
            continue
        runs: tuple[Run, ...] = shelf.answer(example, "clinician").answer.runs
        placed = {shelf.names.band_clinical(b.measure, b.band) for run in runs for b in run.bands if b.band}
        assert {each.band for each in entry.ranges} & placed, entry.id
        checked += 1
    assert checked >= 15


def test_a_measure_that_an_earlier_pattern_takes_is_left_out(shelf):
    """An indeterminate active B12 on tablets has a pattern of its own, so the next one speaks of total B12 only."""
    [entry] = [each for each in shelf.patterns if each.id == "indeterminate-on-oral"]
    assert {each.measure for each in entry.ranges} == {"total vitamin B12"}
    assert entry.in_short == ("total vitamin B12: 180 to 350 ng/L or pg/mL",)
    [entry] = [each for each in shelf.patterns if each.id == "unlikely-on-oral"]
    assert "active B12 (holotranscobalamin)" in {each.measure for each in entry.ranges}


def test_patterns_are_found_by_words_and_by_a_question(client):
    """The words of a pattern find it; a question finds the pattern its answer follows."""
    found = client.post("/patterns", data={"words": "nitrous oxide"})
    assert "/patterns/vitamin-b12/nitrous-oxide" in Page.of(found.text).links
    asked = client.post("/patterns", data={"words": "My B12 is 268 pg/mL and I take 1000 mcg tablets daily. What now?"})
    text = asked.text[: asked.text.index("By their words")]
    assert "/patterns/vitamin-b12/indeterminate-on-oral" in text
    assert asked.headers["cache-control"] == "no-store"


def test_a_search_that_sounds_like_an_emergency_says_so_first(client):
    """Red flags come before anything found."""
    found = client.post("/patterns", data={"words": "crushing chest pain right now and I cannot breathe"})
    assert 'role="alert"' in found.text


@pytest.mark.parametrize("address", ["/patterns", "/library"])
@pytest.mark.parametrize("words", ["", " ", "\x00\x01", "x" * 100_000])
def test_what_cannot_be_read_is_refused_on_the_page(client, address, words):
    """With a message on the page that has the form, and no fault."""
    response = client.post(address, data={"words": words})
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert Page.of(response.text).faults == []


def test_what_is_searched_for_is_escaped(client):
    """A script that is searched for stays text."""
    for address in ("/patterns", "/library"):
        response = client.post(address, data={"words": '"><script>alert(1)</script> B12'})
        assert "<script>alert" not in response.text


def test_the_search_of_the_library_says_why(client):
    """Each hit leads to its page and has the parts of its score."""
    response = client.post("/library", data={"words": "metformin and vitamin B12"})
    page = Page.of(response.text)
    assert page.faults == []
    hits = [link for link in page.links if link.startswith("/statements/") and link.count("/") == 3]
    assert hits
    assert all(client.get(link).status_code == 200 for link in hits)
    assert "Parts of the score of number 1" in page.text


@pytest.mark.parametrize(("field", "value"), [("kind", "gossip"), ("since", "19x9"), ("since", "٢٠٢٠")])
def test_a_filter_that_does_not_exist_is_refused(client, field, value):
    """A kind that is none, and a year that is none."""
    response = client.post("/library", data={"words": "B12", field: value})
    assert response.status_code == 422


def test_filters_narrow_the_list_of_sources(client, desk):
    """Only sources of that kind, and all of them."""
    page = Page.of(client.get("/sources?kind=guideline").text)
    listed = {link.removeprefix("/sources/") for link in page.links if link.startswith("/sources/")}
    assert listed == {s.key for s in desk.shipped.sources() if s.kind is SourceKind.GUIDELINE} != set()


def test_a_statement_is_shown_in_both_wordings_with_its_verdicts(client, desk, shelf):
    """What the gate says of each wording, and every figure in both."""
    for statement in list(desk.shipped.statements())[::25]:
        shown = shelf.statement(statement)
        assert all(wording.verdict in SHOWN for wording in shown.wordings)
        assert shown.figures_agree
        words = " ".join(Page.of(client.get(f"/statements/{statement.id}").text).text.split())
        bare = re.sub(r"\s", "", words)
        assert re.sub(r"\s", "", statement.clinical) in bare


def test_what_cites_what_agrees_both_ways(shelf):
    """A source lists exactly the statements that cite it; a statement exactly the rules that name it."""
    for key, found in shelf.citing.citing.items():
        assert {s.id for s in found} == {
            s.id for s in shelf.statements.values() if key in {c.source for c in s.citations}
        }
    for protocol in shelf.protocols:
        for rule in protocol.rules:
            for name in (*rule.statements, *rule.why):
                assert rule.id in {use.name for use in shelf.citing.uses[name]}


def test_every_case_passes_on_its_page(client, desk):
    """The page runs them and says so."""
    count = len(desk.content.cases("vitamin-b12"))
    assert f"{count} of {count} cases pass" in client.get("/protocols/vitamin-b12/cases").text


def test_the_bands_of_a_line_cover_it_without_gap(shelf):
    """Each segment begins where the one before ends, and the drawing says the same in words."""
    lines = [line for protocol in shelf.protocols for line in shelf.lines(protocol)]
    assert lines
    for line in lines:
        for before, after in zip(line.segments, line.segments[1:], strict=False):
            assert after.x == pytest.approx(before.x + before.width, abs=0.2)
        assert all(segment.range in line.description for segment in line.segments)


def test_a_flow_counts_every_rule_once(shelf):
    """The drawing and its table have as many rules as the protocol."""
    for protocol in shelf.protocols:
        drawn = shelf.overview(protocol)
        assert sum(band.count for band in drawn.bands) == len(protocol.rules)
        assert sum(box.count for box in drawn.left) == sum(box.count for box in drawn.right) == len(protocol.rules)


def test_every_spoiled_version_that_is_shown_is_refused(shelf):
    """The example can be spoiled in at least three ways, and the gate refuses each."""
    worked = shelf.worked
    assert worked is not None
    assert all(verdict.verdict in SHOWN for verdict in worked.verdicts)
    assert len(worked.spoiled) >= 3
    assert worked.let_through == 0
    assert all(each.verdict not in SHOWN and each.text != worked.statement.clinical for each in worked.spoiled)


def test_the_policy_names_every_check_and_says_what_the_settings_say(desk, client):
    """Each check of the checker has its line with its own words; retention and order are those of the settings."""
    page = " ".join(Page.of(client.get("/about/editorial-policy").text).text.split())
    for check in policy.gate_checks() + policy.passage_checks():
        assert check.looks_for, check.name
        assert check.looks_for in page
    assert {check.__name__ for check in CHECKS} <= {check.name for check in policy.passage_checks()}
    assert "for 30 days" in page
    settings = Settings(home=desk.settings.home, thread_days=7, evidence_order="trial", region="GB")
    other = TestClient(public_app(Desk(settings, desk.content)))
    page = " ".join(Page.of(other.get("/about/editorial-policy").text).text.split())
    assert "for 7 days" in page
    assert "an order of its own" in page
    assert "GB (here when none is chosen)" in page
    assert page.index("Trial") < page.index("Systematic review")


def test_no_setting_that_may_hold_a_password_is_shown(desk):
    """The address of a database, the home and the folder of a model stand on no page."""
    settings = Settings(home=desk.settings.home, database="postgresql+psycopg://u:canary@h/d")
    pages = TestClient(public_app(Desk(settings, desk.content)))
    for name in ("", "/editorial-policy", "/source-attributes", "/limits"):
        text = pages.get(f"/about{name}").text
        assert "canary" not in text
        assert str(settings.home) not in text


def test_figures_of_validation_are_those_of_the_repository():
    """Each row stands so in the file it names, and no row of that file is left out."""
    text = (ROOT / EVALUATION.file).read_text(encoding="utf-8")
    assert EVALUATION.command in text
    assert EVALUATION.measured in text
    rows = re.findall(r"^\| ([a-z][^|]*?) \| (\d+) \| ([\d.]+%) \| ([^|]+?) \| ([\d.]+%) \|$", text, re.MULTILINE)
    assert rows == [(r.group, str(r.items), r.right, r.interval, r.other_seed) for r in EVALUATION.rows]


def test_the_limits_are_those_of_the_intended_use(client):
    """What docs/intended-use.md says bedside does not do, the page says too."""
    text = (ROOT / "docs" / "intended-use.md").read_text(encoding="utf-8")
    page = " ".join(Page.of(client.get("/about/limits").text).text.split())
    section = text[text.index("## What it does not do") : text.index("## What it may never do")]
    lines = [" ".join(line.split()) for line in re.findall(r"^- (.+(?:\n  .+)*)", section, re.MULTILINE)]
    said = [line for line in lines if "send, log or keep" not in line]  # the server keeps threads, and says so
    assert len(said) >= 4
    assert [line for line in said if line not in page] == []


def test_what_is_read_of_a_person_is_said(client):
    """Age, sex and ethnic group change answers, and the page of attributes names them; results and medicines are not
    among them."""
    page = " ".join(Page.of(client.get("/about/source-attributes").text).text.split())
    said = page[page.index("besides health:") : page.index("Bibliography")]
    assert "age" in said
    assert "sex" in said
    assert "ethnicity" in said
    assert "metformin" not in said


def test_templates_have_no_clinical_word():
    """Without the content, a template states no fact of a patient and no number with a unit."""
    desk = bedside.open()
    assert TEMPLATES
    for path in TEMPLATES:
        words = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        facts = [fact for fact in read_facts(words, desk.vocabulary).items if fact.concept not in GENERAL]
        assert facts == [], path.name
        assert not re.search(r"\d+ ?(?:mg|mcg|µg|ng|pg|pmol|nmol|mmol|g/L|months?|weeks?)\b", words), path.name


OF_TEMPLATES = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)
GENERAL = {"age_years", "jurisdiction"}  # children, and the countries whose guidelines are shown


def test_pages_are_sent_again_only_when_they_changed(client):
    """A browser that has a page is told so."""
    first = client.get("/about")
    again = client.get("/about", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")
    assert client.get("/about", headers={"If-None-Match": '"other"'}).status_code == 200


def test_no_cookie_is_set(client):
    """Reading the public pages leaves nothing behind."""
    for address in ("/patterns", "/library", "/about"):
        assert "set-cookie" not in client.get(address).headers


def test_a_page_that_was_made_once_is_quick(client):
    """Well below the tenth of a second of processor time a page may take."""
    for address in (
        "/patterns",
        "/protocols/vitamin-b12",
        "/protocols/vitamin-b12/tables/SP",
        "/statements/vitamin-b12",
    ):
        client.get(address)
        begin = time.process_time()
        client.get(address)
        assert time.process_time() - begin < 0.1, address


def test_an_address_that_is_not_of_the_web_is_no_link():
    """A record that was loaded may say anything."""
    for url in ("javascript:alert(1)", "data:text/html,x", "//x", "http://[", "file:///etc/passwd", ""):
        source = Source(
            "k", SourceKind.TRIAL, "t", "i", RecordCheck.LOADED, url=url, pmid="1 onload=x", doi='10.1/"><b>'
        )
        assert all(link.href.startswith("https://doi.org/10.1/%22%3E%3Cb%3E") for link in links(source))
