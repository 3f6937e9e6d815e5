"""The description of the API holds, whatever is sent: asked by schemathesis, with bounded examples."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from bedside.servers.api.router import router
from bedside.servers.walls import ANY_HOST
from tests.servers.application import OPEN, application

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    response_schema_conformance,
    response_headers_conformance,
    unsupported_method,
]


def operations():
    """Every path with its method, from the description."""
    bare = FastAPI()
    bare.include_router(router)
    return [(path, method, item[method]) for path, item in bare.openapi()["paths"].items() for method in item]


ALL = [(path, method) for path, method, _ in operations()]
CHECKED = [(path, method) for path, method, about in operations() if "requestBody" in about]
"""Those that can be asked in an unfit way; a name in a path is only not found."""


@cache
def described():
    """The description of one application, as a client loads it."""
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", application(replace(OPEN, hosts=(ANY_HOST,))))


@pytest.mark.parametrize(("path", "method"), ALL)
def test_the_api_keeps_its_description(path, method):
    """No request that fits makes the server fail or answer as it did not say it would."""
    send(path, method, GenerationMode.POSITIVE, lambda _: None)


@pytest.mark.parametrize(("path", "method"), CHECKED)
def test_what_does_not_fit_is_turned_away(path, method):
    """A request that the description forbids gets a problem with its reason, never an answer or a fault."""

    def turned_away(response):
        assert 400 <= response.status_code < 500, response.status_code
        assert response.headers["content-type"] == ["application/problem+json"]

    send(path, method, GenerationMode.NEGATIVE, turned_away)


def send(path, method, mode, look):
    """Send some requests and hold each response against the description and *look*."""
    operation = described()[path][method]

    @settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case):
        response = case.call()
        case.validate_response(response, checks=CHECKS)
        look(response)

    asked()
