"""An audit as JSON, schema ``bedside.audit/1`` (docs/audit.md). The same audit gives the same bytes."""

from __future__ import annotations

import json
from typing import Any

from bedside.text.span import NOWHERE, Span
from bedside.verification.article_checks.finding import ArticleFinding
from bedside.verification.audit import Audit, AuditedClaim
from bedside.verification.reference_list import Reference
from bedside.verification.verdict import Finding

SCHEMA = "bedside.audit/1"


def render(audit: Audit) -> str:
    """The audit as indented JSON in UTF-8 characters, ending in a line break."""
    return json.dumps(document(audit), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def document(audit: Audit) -> dict[str, Any]:
    """The audit as plain values. Every span is [start, end) in characters of ``text``; numbers that were compared are
    text, digit for digit, as they stand in it; ``coverage`` is in hundredths."""
    return {
        "schema": SCHEMA,
        "name": audit.document.name,
        "text": audit.document.text,
        "summary": {
            "checked": len(audit.checked),
            "clean": audit.clean,
            "verdicts": {verdict.value: count for verdict, count in audit.verdicts.items()},
            "kinds": {kind.value: count for kind, count in audit.kinds.items()},
            "findings": {weight.value: count for weight, count in audit.weights.items()},
        },
        "findings": [_article_finding(finding) for finding in audit.findings],
        "claims": [_claim(each) for each in audit.claims],
        "references": [_reference(reference) for reference in audit.references],
    }


def _article_finding(finding: ArticleFinding) -> dict[str, Any]:
    return {
        "kind": finding.kind.value,
        "weight": finding.weight.value,
        "message": finding.message,
        "spans": [_span(span) for span in finding.spans],
    }


def _claim(each: AuditedClaim) -> dict[str, Any]:
    held = each.against
    return {
        "id": each.claim.id,
        "kind": each.claim.kind.value,
        "text": each.claim.text,
        "span": _span(each.claim.span),
        "citations": list(each.claim.citations),
        "heading": each.claim.heading,
        "verdict": each.verdict.value,
        "reason": each.reason,
        "against": None if held is None else {"id": held.id, "source": held.source, "text": held.text},
        "coverage": round(100 * each.coverage),
        "findings": [_finding(finding) for finding in each.findings],
        "considered": list(each.considered),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    """``here`` is a span of the claim's own ``text``, ``there`` one of the passage it was held against."""
    return {
        "check": finding.check,
        "verdict": finding.verdict.value,
        "message": finding.message,
        "here": _span(finding.here),
        "there": _span(finding.there),
    }


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "place": reference.place,
        "number": reference.number or None,
        "label": reference.label,
        "text": reference.text,
        "span": _span(reference.span),
    }


def _span(span: Span) -> list[int] | None:
    return None if span == NOWHERE else [span.start, span.end]
