"""The library by program: what the commands write with --json, as far as licences let it be shown to others."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

import bedside
from bedside.cli.main import bedside as command
from bedside.evidence.candidate import Candidate
from bedside.evidence.hit import Hit
from bedside.evidence.passage import Passage
from bedside.evidence.source import RecordCheck, Source, SourceKind, SourceStatus
from bedside.ingest.licences import ALL_RIGHTS_RESERVED, QUOTATION
from bedside.rendering.json_records import source_json, statement_json
from bedside.servers.api.documents import hit_json, passage_json
from tests.servers.application import application, client, desk


@pytest.fixture(scope="module")
def asked():
    """One client for all requests."""
    return client()


def commanded(*arguments):
    """What a command writes as JSON."""
    done = CliRunner().invoke(command, [*arguments, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_statements_sources_and_protocols_are_those_of_the_commands(asked):
    """The same keys and values."""
    name = "vitamin-b12/b12-indeterminate"
    assert asked.get(f"/api/v1/statements/{name}").json() == commanded("library", "show", name)
    shown = asked.get("/api/v1/sources/nice-ng239").json()
    assert shown.pop("pack") is None
    assert shown == commanded("library", "show", "nice-ng239")
    assert asked.get("/api/v1/sources").json() == {"sources": commanded("library", "list"), "loaded": 0}
    assert asked.get("/api/v1/protocols").json() == commanded("protocol", "list")
    assert asked.get("/api/v1/protocols/vitamin-b12").json() == commanded("protocol", "show", "vitamin-b12")


def test_a_search_finds_what_the_command_finds(asked):
    """Same hits, same order, same reasons; our own wording needs no licence."""
    found = asked.post("/api/v1/library/search", json={"query": "metformin and vitamin B12", "limit": 5}).json()
    assert [hit.pop("shown") for hit in found] == [None] * 5
    assert found == commanded("library", "search", "metformin and vitamin B12", "--limit", "5")
    wanted = {"query": "B12", "kinds": ["guideline"], "since": 2020, "statuses": ["current"], "per_source": 0}
    assert all(hit["kind"] == "guideline" for hit in asked.post("/api/v1/library/search", json=wanted).json())


def test_lists_can_be_narrowed(asked):
    """By kind and by status; what is neither is refused with the choices."""
    kinds = {each["kind"] for each in asked.get("/api/v1/sources?kind=guideline").json()["sources"]}
    assert kinds == {"guideline"}
    refused = asked.get("/api/v1/sources?status=fresh")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["choices"] == list(SourceStatus)


@pytest.mark.parametrize(
    "path",
    [
        "version",
        "statements/vitamin-b12/b12-indeterminate",
        "sources",
        "sources/nice-ng239",
        "protocols",
        "protocols/vitamin-b12",
    ],
)
def test_content_is_fetched_once(asked, path):
    """An ETag, and 304 without a body for whoever has it; another tag gets the whole."""
    first = asked.get(f"/api/v1/{path}")
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    for held in (tag, f'"x", W/{tag}', "*"):
        again = asked.get(f"/api/v1/{path}", headers={"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert asked.get(f"/api/v1/{path}", headers={"If-None-Match": '"x"'}).content == first.content


NAMES = ["..", "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//etc/passwd", "%00",
         "x%00.json", "%0a", "'%20OR%201=1--", "%3Cscript%3E", "a" * 5_000, "%E2%80%AE", "%ff%fe",
         "{{7*7}}", "file:///etc/passwd", "C:%5Cwindows"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "place", ["sources/{}", "statements/{}/{}", "statements/vitamin-b12/{}", "passages/{}", "protocols/{}"]
)
def test_a_name_that_is_none_is_not_found(asked, place, name):
    """Paths, quotes, templates and control characters are names of nothing."""
    reply = asked.get(f"/api/v1/{place.format(name, name)}")
    assert reply.status_code == 404
    assert "root:" not in reply.text
    assert "7*7" not in reply.text


def test_the_version_says_what_answers(asked):
    """Program, content and library."""
    said = asked.get("/api/v1/version").json()
    assert said["version"] == bedside.__version__
    assert said["release"] == desk().content.release
    assert said["library"] is None
    assert said["answer_schema"] == "bedside.answer/1"


RESERVED = Passage("x/1", "x", "p1", "word " * 100, ALL_RIGHTS_RESERVED, "0" * 64)
FREE = replace(RESERVED, id="x/2", licence="CC BY 4.0")
HOSTILE = Source(
    "x",
    SourceKind.TRIAL,
    "<script>alert(1)</script> {{ 7*7 }}",
    'Press "><img onerror=x>',
    RecordCheck.LOADED,
    url="javascript:alert(1)",
)


class Shelf:
    """A library with one hostile source and two passages of it."""

    def __init__(self, beneath):
        self._beneath = beneath

    def __getattr__(self, name):
        """Everything else is as it ships."""
        return getattr(self._beneath, name)

    def source(self, key):
        """The source."""
        return HOSTILE if key == "x" else None

    def passages_of(self, key):
        """Its passages."""
        return (RESERVED, FREE) if key == "x" else ()

    def passage(self, name):
        """One of them."""
        return next((each for each in self.passages_of("x") if each.id == name), None)


@pytest.fixture(scope="module")
def loaded():
    """A client of a desk with that library."""
    opened = bedside.open()
    opened.__dict__["searchable"] = Shelf(opened.searchable)
    return client(application(shared_desk=opened))


def test_words_are_shown_as_far_as_their_licence_lets(loaded):
    """A reserved text is quoted with at most 40 words and a reason; a free one is whole; the hash is of the whole."""
    quoted, whole = (loaded.get(f"/api/v1/passages/x/{n}").json() for n in (1, 2))
    assert quoted["text"] == " ".join(["word"] * QUOTATION) + " ..."
    assert not quoted["shown"]["whole"]
    assert "reserved" in quoted["shown"]["reason"]
    assert (whole["text"], whole["shown"]["whole"]) == (FREE.text, True)
    assert quoted["sha256"] == whole["sha256"]
    assert [each["text"] for each in loaded.get("/api/v1/sources/x").json()["passages"]] == [quoted["text"], FREE.text]


def test_a_found_passage_is_quoted_as_its_licence_lets(loaded):
    """Also a whole record: the strictest of its passages counts, and what is gone since counts as reserved."""

    def found(name):
        hit = Hit(Candidate(name, "x", "title", "", "word " * 100), 1, 1.0, ())
        return hit_json(hit, loaded.app.state.desk)

    assert len(found("x/1")["text"].split()) == QUOTATION + 1
    assert len(found("x/2")["text"].split()) == 100
    assert len(found("x/record")["text"].split()) == QUOTATION + 1
    assert len(found("x/gone")["text"].split()) == QUOTATION + 1


def test_a_hostile_title_comes_back_as_data(loaded):
    """JSON that a browser takes for nothing else."""
    reply = loaded.get("/api/v1/sources/x")
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.json()["title"] == HOSTILE.title


def test_documents_hold_every_field():
    """A field that a source or statement gains has to be decided on."""
    source = next(iter(desk().shipped.sources()))
    left_out = {"design", "design_reason", "population", "published_on"}
    assert set(source_json(source)) == set(source.__slots__) - left_out
    statement = next(iter(desk().shipped.statements()))
    left_out = {"dose_fact", "clinicians_only", "patients_only", "passage", "where"}
    assert set(statement_json(statement)) == set(statement.__slots__) - left_out
    assert set(passage_json(FREE)) == {*FREE.__slots__, "shown"}
