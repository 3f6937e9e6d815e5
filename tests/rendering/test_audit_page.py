"""The page on audits names every kind, weight, finding and key there is."""

from pathlib import Path

import pytest

import bedside
from bedside.auditing import audit
from bedside.rendering.audit_json import SCHEMA, document
from bedside.rendering.audit_view import VERDICTS
from bedside.verification.article_checks.finding import FindingKind, Weight
from bedside.verification.claims import ClaimKind
from bedside.verification.document import document_of
from tests.auditing_doubles import ToldJudge, found

PAGE = (Path(__file__).parents[2] / "docs" / "audit.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("member", [*ClaimKind, *FindingKind, *Weight, *VERDICTS])
def test_every_member_is_on_the_page(member):
    """In code letters."""
    assert f"`{member.value}`" in PAGE


def test_every_key_of_the_json_is_on_the_page():
    """At every depth."""

    def keys(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from keys(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from keys(inner)

    text = "Iron cures anaemia [1]. Take 1 mg (100 mcg).\n\nReferences\n\n1. Adams B. Iron. 2019."
    written = document(audit(document_of(text), ToldJudge({}), found, bedside.open().vocabulary))
    enumerated = (
        set(written["summary"]["verdicts"]) | set(written["summary"]["kinds"]) | set(written["summary"]["findings"])
    )
    assert {key for key in keys(written) if key not in enumerated and f"`{key}`" not in PAGE} == set()
    assert f"`{SCHEMA}`" in PAGE
