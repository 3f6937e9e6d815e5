"""Every check of an article against itself, in the order in which their findings are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bedside.verification.article_checks.citation_numbers import citation_numbers
from bedside.verification.article_checks.contradictions import contradictions
from bedside.verification.article_checks.conversions import conversions
from bedside.verification.article_checks.doses import doses_that_differ
from bedside.verification.article_checks.finding import ArticleFinding, ReadArticle, Weight
from bedside.verification.article_checks.limits import ranges_that_differ, targets_that_are_cut_offs
from bedside.verification.article_checks.reference_quality import own_summaries, reference_records
from bedside.verification.article_checks.review_claims import review_claims
from bedside.verification.article_checks.schedules import schedules_that_differ
from bedside.verification.article_checks.single_value import single_value
from bedside.verification.article_checks.treatment_order import treatment_before_test

CHECKS: tuple[Callable[[ReadArticle], Iterator[ArticleFinding]], ...] = (
    treatment_before_test,
    contradictions,
    single_value,
    doses_that_differ,
    ranges_that_differ,
    schedules_that_differ,
    conversions,
    citation_numbers,
    own_summaries,
    reference_records,
    review_claims,
    targets_that_are_cut_offs,
)


def check_article(article: ReadArticle) -> tuple[ArticleFinding, ...]:
    """What every check found: faults first, then notes, then what was recomputed and holds."""
    found = [finding for check in CHECKS for finding in check(article)]
    return tuple(sorted(found, key=lambda finding: tuple(Weight).index(finding.weight)))
