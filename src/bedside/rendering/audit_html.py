"""An audit as one HTML page that needs nothing else: no script, no font, no picture, no request."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bedside.rendering.audit_view import (
    HEADINGS,
    LIMITS,
    SIGNS,
    WEIGHTS,
    Listed,
    MarkedBlock,
    listed,
    marked_text,
    summary,
    title_of,
)
from bedside.verification.audit import Audit
from bedside.verification.document import BlockKind

# A page that may load nothing, whatever an article smuggles into it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root{color-scheme:light dark}
body{font:1rem/1.55 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem}h3{font-size:1rem}
.c{border-bottom:3px solid;padding-bottom:1px}
.c a{font-size:.75rem;text-decoration:none;margin-left:.25rem;white-space:nowrap;color:inherit}
.supported{border-color:#1a7f37}.qualified{border-color:#0969da}.overstated{border-color:#bf8700}
.unsupported{border-color:#8250df;border-bottom-style:dashed}.wrong-figure,.contradicted{border-color:#cf222e}
.contradicted{border-bottom-style:double}
.claims li{margin:0 0 1.25rem}.claims p{margin:.2rem 0}.held{font-size:.875rem;opacity:.85}
.limits{font-size:.875rem;border-left:3px solid;padding-left:.75rem}
@media print{body{margin:0;max-width:none}}
"""
_TAGS = {BlockKind.HEADING: "h3", BlockKind.PARAGRAPH: "p", BlockKind.ITEM: "li", BlockKind.ROW: "li"}
_IN_LISTS = (BlockKind.ITEM, BlockKind.ROW)


def render(audit: Audit) -> str:
    """The audit as one page in UTF-8, ending in a line break. Everything of the article is escaped."""
    title = escape(title_of(audit))
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>"
    )
    parts = [head, *_summary(audit), *_findings(audit), *_text(audit), *_claims(audit), "</main>\n</body>\n</html>\n"]
    return "\n".join(parts)


def _summary(audit: Audit) -> Iterator[str]:
    yield f"<h2>{HEADINGS[0]}</h2>"
    yield "<ul>" + "".join(f"<li>{_safe(line)}</li>" for line in summary(audit)) + "</ul>"
    yield f'<p class="limits">{_safe(LIMITS)}</p>'


def _findings(audit: Audit) -> Iterator[str]:
    yield f"<h2>{HEADINGS[1]}</h2>"
    for weight, heading in WEIGHTS.items():
        found = [finding for finding in audit.findings if finding.weight is weight]
        if found:
            yield f"<h3>{heading}</h3>"
            yield "<ul>" + "".join(f"<li>{_safe(finding.message)}</li>" for finding in found) + "</ul>"
    if not audit.findings:
        yield "<p>Nothing was found.</p>"


def _text(audit: Audit) -> Iterator[str]:
    """The text; neighbouring items and rows are one list."""
    yield f"<h2>{HEADINGS[2]}</h2>\n<article>"
    inside = False
    for block in marked_text(audit):
        wanted = block.kind in _IN_LISTS
        if wanted != inside:
            yield "<ul>" if wanted else "</ul>"
            inside = wanted
        yield _block(block)
    yield ("</ul>\n" if inside else "") + "</article>"


def _block(block: MarkedBlock) -> str:
    tag = _TAGS[block.kind]
    written = []
    for piece in block.pieces:
        text = _safe(piece.text)
        if piece.number:
            mark = (
                f'<a href="#claim-{piece.number}" id="at-{piece.number}">[{piece.number}: {SIGNS[piece.verdict]}]</a>'
            )
            written.append(f'<span class="c {piece.verdict.value}">{text}{mark}</span>')
        elif text:
            written.append(text)
    return f"<{tag}>{' '.join(written)}</{tag}>"


def _claims(audit: Audit) -> Iterator[str]:
    yield f'<h2>{HEADINGS[3]}</h2>\n<ol class="claims">'
    yield from map(_claim, listed(audit))
    yield "</ol>"


def _claim(each: Listed) -> str:
    held = f'<p class="held">Held against {_safe(each.against)}</p>' if each.against else ""
    number, verdict = each.number, each.audited.verdict.value
    return (
        f'<li id="claim-{number}"><p>{_safe(each.audited.claim.text)} <a href="#at-{number}">in the text</a></p>'
        f'<p><b class="c {verdict}">{_safe(each.verdict)}</b>: {_safe(each.audited.reason)}</p>{held}</li>'
    )


def _safe(text: str) -> str:
    """The text on one line, escaped, without control characters."""
    return escape("".join(sign for sign in " ".join(text.split()) if sign.isprintable()))
