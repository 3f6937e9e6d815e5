"""The page that asks: its topics as a list to look through, however many there are."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient

from bedside.protocol.protocol import Wording
from bedside.servers.app import create_app
from bedside.servers.pages.ask import topics
from bedside.settings import Settings
from tests.servers.application import desk


@pytest.fixture
def page(tmp_path) -> str:
    """The page as a reader gets it."""
    app = create_app(Settings.load({"BEDSIDE_HOME": str(tmp_path)}))
    with TestClient(app, base_url="http://localhost") as client:
        return client.get("/").text


def listed(text: str) -> list[str]:
    """The items of the list of topics."""
    section = re.search(r'<section class="topics".*?</section>', text, re.DOTALL)
    assert section
    return re.findall(r"<li>(.*?)</li>", section[0], re.DOTALL)


def test_every_topic_has_a_line_that_leads_to_its_questions(page):
    """Behind the form; the words before it only count them."""
    items = listed(page)
    assert len(items) == len(desk().protocols) > 1
    for topic in desk().protocols:
        assert sum(f'href="/patterns#{topic}"' in item for item in items) == 1
    assert page.index('<form class="ask-form') < page.index('<section class="topics"')
    assert f">{len(items)} topics</a>" in page


def test_twenty_topics_stand_in_order_with_whom_they_are_for_apart():
    """A leading article does not count; a title without brackets stays whole."""
    one = next(iter(desk().protocols.values()))
    titles = [f"Topic {chr(122 - number)} (people aged {number} and over)" for number in range(18)]
    many = {
        f"t{number}": replace(one, id=f"t{number}", title=Wording(title, title))
        for number, title in enumerate([*titles, "An apple a day", "Bruises"])
    }
    found = topics(SimpleNamespace(protocols=many))
    assert [title for _, title, _ in found[:3]] == ["An apple a day", "Bruises", "Topic i"]
    assert found[0][2] == ""
    assert found[2][2] == "people aged 17 and over"
    assert len(found) == 20
