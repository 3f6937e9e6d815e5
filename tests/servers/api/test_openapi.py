"""The description of the API comes from the code and is whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from bedside.servers.api.router import router
from bedside.servers.problem import Problem
from bedside.settings import READERS, REGIONS
from tests.servers.application import application, asking, client

ROOT = Path(__file__).parents[3]


def described():
    """The description."""
    app = FastAPI(title="bedside", version="1")
    app.include_router(router)
    return app.openapi()


OPERATIONS = [(path, method, about) for path, item in described()["paths"].items() for method, about in item.items()]
each_operation = pytest.mark.parametrize(
    "about", [about for *_, about in OPERATIONS], ids=[f"{method} {path}" for path, method, _ in OPERATIONS]
)


def test_it_can_be_loaded_and_shows_the_api_only():
    """Under its address, without a page that loads scripts from elsewhere."""
    asked = client()
    loaded = asked.get("/api/v1/openapi.json").json()
    assert all(path.startswith("/api/v1/") for path in loaded["paths"])
    assert {asked.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")} == {404}


@each_operation
def test_every_request_is_explained_and_every_problem_of_it_told(about):
    """A sentence, what comes back, and every status with the problems behind it."""
    assert about["description"]
    assert {"400", "422", "429", "500", "503"} <= set(about["responses"])
    if "requestBody" in about:
        assert {"408", "413", "415"} <= set(about["responses"])
    for status, response in about["responses"].items():
        if int(status) >= 400:
            [(kind, media)] = response["content"].items()
            assert kind == "application/problem+json"
            for example in media["examples"].values():
                assert Draft202012Validator(media["schema"]).is_valid(example["value"])
                assert example["value"]["status"] == int(status)


@pytest.mark.parametrize("name", ["AskIn", "QuestionIn", "TurnIn", "EditIn", "AuditIn", "SearchIn"])
def test_what_is_read_is_strict_and_has_examples(name):
    """No field but those described, and each text with an example."""
    schema = described()["components"]["schemas"][name]
    assert schema["additionalProperties"] is False
    assert any("examples" in field for field in schema["properties"].values())


def test_readers_and_regions_are_those_of_the_settings():
    """In their order."""
    schemas = described()["components"]["schemas"]
    assert tuple(schemas["Reader"]["enum"]) == READERS
    assert set(schemas["Region"]["enum"]) == set(REGIONS)


def test_every_problem_is_on_the_page_its_type_leads_to():
    """Each with its name, and its status in docs/api.md."""
    asked = client(application())
    page = asked.get("/docs/errors")
    assert page.status_code == 200
    told = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for problem in Problem:
        assert re.search(rf"id=['\"]{problem.slug}['\"]", page.text)
        assert f"| `{problem.slug}` | {problem.status} |" in told


def test_every_request_is_in_the_documentation():
    """Each with its method and path."""
    told = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for path, method, _ in OPERATIONS:
        assert f"`{method.upper()} {path}`" in told, path


def test_the_answer_follows_its_published_schema():
    """What the API sends is what docs/answer.schema.json describes."""
    schema = json.loads((ROOT / "docs" / "answer.schema.json").read_text(encoding="utf-8"))
    for reader in READERS:
        reply = client().post("/api/v1/ask", json=asking(reader=reader, region="both"))
        assert list(Draft202012Validator(schema).iter_errors(reply.json())) == []
