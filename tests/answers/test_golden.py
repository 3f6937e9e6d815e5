"""Golden articles: whole answers kept word for word. A difference is a clinical change, named in the changelog."""

from __future__ import annotations

from bedside.desk import Desk
from tests.golden.articles import HERE, README, articles, readme_with_answer


def test_the_golden_articles_are_unchanged(desk: Desk) -> None:
    """Every article is what its file says; rewrite them with python -m tests.golden.rewrite."""
    today = dict(articles(desk))
    assert {path.name for path in today} == {path.name for path in HERE.glob("*.md")}
    for path, text in today.items():
        assert text == path.read_text(encoding="utf-8"), f"{path.name} has changed"


def test_the_answer_in_the_readme_is_the_real_one(desk: Desk) -> None:
    """README.md shows what the command prints today."""
    assert readme_with_answer(desk) == README.read_text(encoding="utf-8")
