"""An audit on the terminal, as Markdown, as a page and as JSON: the same summary, marks and list in each."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

import bedside
from bedside.auditing import audit
from bedside.rendering import audit_html, audit_json, audit_markdown, audit_terminal
from bedside.rendering.audit_view import HEADINGS, listed, marked_text, summary
from bedside.verification.document import document_of
from bedside.verification.verdict import Verdict
from tests.auditing_doubles import ToldJudge, found

TEXT = (
    "Iron & tea\n\nIron cures <i>anaemia</i> [1] and is cheap. Zinc cures anaemia.\n\n"
    "- Tea is safe.\n- Take 1 mg (100 mcg) daily.\n\n"
    "# Numbers_here *stay*\n\nCopper is <script>alert(1)</script> needed."
)
VERDICTS = {
    "cures <i>": Verdict.SUPPORTED,
    "cheap": Verdict.OVERSTATED,
    "Tea": Verdict.CONTRADICTED,
    "1 mg": Verdict.WRONG_FIGURE,
    "Copper": Verdict.QUALIFIED,
}


@pytest.fixture(scope="module")
def made():
    """An audit with one claim of each verdict."""
    document = document_of(TEXT, "iron.txt")
    return audit(document, ToldJudge(VERDICTS), found, bedside.open().vocabulary, lambda _: "Adams 2019")


RENDERED = [
    audit_markdown.render,
    audit_html.render,
    audit_terminal.render,
    lambda made: audit_terminal.render(made, width=40, colour=True),
]


@pytest.mark.parametrize("render", RENDERED)
def test_the_summary_comes_first_then_the_text_then_the_list(made, render):
    """In each of the formats for people."""
    written = render(made)
    places = [written.index(heading) for heading in HEADINGS]
    assert places == sorted(places)


@pytest.mark.parametrize("render", RENDERED[:3])
def test_every_claim_is_told_with_its_reason_and_passage(made, render):
    """The number of the mark is the number in the list."""
    written = " ".join(render(made).split())
    for each in listed(made):
        assert f"{each.number}: " in written or f"{each.number}." in written
        assert each.verdict in written
        assert each.audited.reason in written
    assert written.count("Held against") == 5
    assert "nothing found in the library" in written


def test_the_summary_counts_each_verdict_with_its_claims(made):
    """Worst first."""
    lines = summary(made)
    assert lines[0] == "6 claims checked in 8 pieces of text."
    assert lines[1] == "Contradicted: 1 (claims 4)."
    assert "Nothing found in the library: 1 (claims 3)." in lines


def test_the_marked_text_is_the_whole_text(made):
    """Nothing is left out, and each checked claim is marked once."""
    pieces = [piece for block in marked_text(made) for piece in block.pieces]
    assert [piece.number for piece in pieces if piece.number] == [1, 2, 3, 4, 5, 6]
    shown = "".join("".join(piece.text for piece in pieces).split())
    assert shown == "".join(re.sub(r"^[-#] ", "", TEXT, flags=re.MULTILINE).split())


def test_the_page_asks_for_nothing_and_runs_nothing(made):
    """No script, no address that is fetched; the article's own marks are escaped; every link leads within the page."""
    page = audit_html.render(made)
    tags, targets, ids = set(), [], set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.add(tag)
            ids.update(value for name, value in attrs if name == "id")
            targets.extend(value for name, value in attrs if name in {"href", "src"})

    Reader().feed(page)
    assert tags.isdisjoint({"script", "link", "img", "iframe", "i", "object", "form"})
    assert all(target.startswith("#") and target[1:] in ids for target in targets)
    assert "url(" not in page
    assert "@import" not in page
    assert "&lt;script&gt;" in page


def test_markdown_cannot_be_steered_by_the_article(made):
    """The article's own stars, hashes and tags are plain."""
    written = audit_markdown.render(made)
    assert r"Numbers\_here \*stay\*" in written
    assert r"\<script\>" in written


def test_control_characters_never_reach_the_terminal_or_the_page():
    """An escape sequence in an article does nothing."""
    document = document_of("Iron cures \x1b[31manaemia\x07 today.")
    made = audit(document, ToldJudge({}), found, bedside.open().vocabulary)
    for written in (audit_terminal.render(made), audit_html.render(made)):
        assert "\x1b" not in written
        assert "\x07" not in written


def test_json_is_whole_and_the_same_each_time(made):
    """Schema, spans that fit the text, every claim and finding."""
    data = json.loads(audit_json.render(made))
    assert audit_json.render(made) == audit_json.render(made)
    assert data["schema"] == "bedside.audit/1"
    assert data["summary"]["checked"] == 6
    assert data["summary"]["clean"] is False
    for claim in data["claims"]:
        start, end = claim["span"]
        assert 0 <= start < end <= len(data["text"])
    iron = data["claims"][1]
    assert (iron["verdict"], iron["citations"], iron["against"]["source"]) == ("supported", [1], "Adams 2019")
    assert [each["weight"] for each in data["findings"]].count("fault") == data["summary"]["findings"]["fault"]
