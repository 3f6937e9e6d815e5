"""Every statement that ships passes the gate by itself: its plain wording says what the clinical one says."""

from __future__ import annotations

import pytest

from bedside.article.article import Article, Section, SectionKey
from bedside.article.claims import claim
from bedside.desk import Desk
from bedside.evidence.gather import Evidence
from bedside.protocol.protocol import Wording
from bedside.verification.verify import verify


@pytest.mark.parametrize(
    "topic",
    [
        *(
            "vitamin-b12",
            "iron-deficiency",
            "vitamin-d",
            "thyroid",
            "high-inr",
            "glucose",
            "blood-pressure",
            "potassium",
            "atrial-fibrillation",
            "pneumonia",
            "helicobacter",
            "c-difficile",
            "urinary-infection",
        ),
        *("b12-evidence", "safety"),
    ],
)
def test_no_statement_is_withheld(desk: Desk, topic: str) -> None:
    """Each as the only sentence of an article, with its sources."""
    statements = desk.content.statements(topic)
    evidence = Evidence(dict(statements), dict(desk.content.sources()))
    failed = {}
    for statement in statements.values():
        article = Article(Wording("-", "-"), (Section(SectionKey.LEAD, (claim(statement),)),), ())
        if withheld := verify(article, evidence, desk.checks).report.withheld:
            failed[statement.id] = withheld[0].reason
    assert statements
    assert not failed
