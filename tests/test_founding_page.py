"""The audit of the founding article agrees with the one that was made by hand, where it must."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bedside.desk import Desk
from bedside.ingest.article_file import read_article
from bedside.ingest.compiled import CompiledContent
from bedside.settings import Settings

PAGE = Path(__file__).parents[2] / "shared" / "reference" / "b12-page.txt"
CLAIMS = json.loads((Path(__file__).parent / "founding_page_claims.json").read_text(encoding="utf-8"))["claims"]
KINDS = {"SUP": "stands", "CAV": "stands", "OVR": "overstated", "CON": "contradicted", "UNV": "unsupported"}
VERDICTS = {"supported": "stands", "qualified": "stands", "wrong-figure": "contradicted"}
AT_LEAST = 40


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory) -> list[tuple[str, str]]:
    """For each claim made by hand, its verdict and that of the audit's claim which shares most of its place."""
    if not PAGE.exists():
        pytest.skip("the founding article is not beside the project")
    home = tmp_path_factory.mktemp("home")
    desk = Desk(Settings.load({"BEDSIDE_HOME": str(home)}), CompiledContent.open())
    checked = [claim for claim in desk.audit(read_article(PAGE)).claims if claim.verdict.value != "not-a-claim"]

    def shared(claim, start: int, end: int) -> int:
        return min(claim.claim.span.end, end) - max(claim.claim.span.start, start)

    found = []
    for _, by_hand, start, end in CLAIMS:
        best = max(checked, key=lambda claim: shared(claim, start, end))
        ours = best.verdict.value if shared(best, start, end) > 0 else "unsupported"
        found.append((by_hand, VERDICTS.get(ours, ours)))
    return found


def test_most_verdicts_agree_in_kind(verdicts) -> None:
    assert len(verdicts) == 60
    agree = sum(KINDS[by_hand] == ours for by_hand, ours in verdicts)
    assert agree >= AT_LEAST, Counter(verdicts)


def test_nothing_contradicted_is_called_supported_or_the_other_way_round(verdicts) -> None:
    assert ("CON", "stands") not in verdicts
    assert ("SUP", "contradicted") not in verdicts
