"""Formulas of JATS as a line of text: fractions with a stroke, powers with ``^``, "[formula]" for a mere picture."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml gives its element type no public name

MISSING = "[formula]"
_DOCUMENT = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_PLAIN = re.compile(r"\w{1,12}")


def formula_text(element: Element) -> str:
    """The text of a formula element, from MathML where there is any, else from TeX, else from its letters."""
    math = element if element.tag == "math" else next(element.iter("math"), None)
    if math is not None and (text := _math(math).strip()):
        return text
    tex = element if element.tag == "tex-math" else next(element.iter("tex-math"), None)
    if tex is not None and tex.text:
        inside = _DOCUMENT.search(tex.text)
        return (inside[1] if inside else tex.text).strip().strip("$").strip() or MISSING
    return "".join(map(str, element.itertext())).strip() or MISSING


def _math(node: Element) -> str:
    """One node of MathML."""
    if not isinstance(node.tag, str) or node.tag in _SILENT:
        return ""
    if node.tag == "mspace":
        return " "
    if node.tag == "mfenced":
        parts = [_math(child) for child in node]
        return f"{node.get('open', '(')}{', '.join(parts)}{node.get('close', ')')}"
    if len(node):
        parts = [_math(child) for child in node if isinstance(child.tag, str)]
        writer = _WRITERS.get(node.tag)
        return writer(parts) if writer and len(parts) >= _PARTS.get(node.tag, 1) else "".join(parts)
    written = node.text or ""
    return _operator(written.strip()) if node.tag == "mo" else written if node.tag == "mtext" else written.strip()


def _operator(sign: str) -> str:
    """A sign between two things with spaces around it, a bracket or other mark without."""
    return f" {sign} " if sign in _SPACED else sign


def _over(parts: list[str]) -> str:
    """A letter with a bar over it keeps the bar, because a mean is not the value."""
    return f"{parts[0]}\u0304" if parts[1] in _BARS else "".join(parts)


def _grouped(part: str) -> str:
    part = part.strip()
    return part if _PLAIN.fullmatch(part) else f"({part})"


_SILENT = frozenset(["annotation", "annotation-xml", "mprescripts", "none", "mphantom"])
_SPACED = frozenset("=+-<>\u2212\u00d7\u2264\u2265\u00b1\u2248\u2211")
_BARS = frozenset("\u00af\u203e\u0304\u2013_-")
_PARTS = {"mfrac": 2, "msup": 2, "msub": 2, "mover": 2, "mroot": 2, "msubsup": 3, "munderover": 3}
_WRITERS: dict[str, Callable[[list[str]], str]] = {
    "mfrac": lambda parts: f"{_grouped(parts[0])}/{_grouped(parts[1])}",
    "msup": lambda parts: f"{parts[0]}^{_grouped(parts[1])}",
    "msub": lambda parts: f"{parts[0]}_{_grouped(parts[1])}",
    "msubsup": lambda parts: f"{parts[0]}_{_grouped(parts[1])}^{_grouped(parts[2])}",
    "munderover": lambda parts: f"{parts[0]}_{_grouped(parts[1])}^{_grouped(parts[2])} ",
    "mover": _over,
    "msqrt": lambda parts: f"\u221a({''.join(parts)})",
    "mroot": lambda parts: f"({parts[0]})^(1/{parts[1]})",
    "mtr": lambda parts: ", ".join(parts) + "; ",
    "mlabeledtr": lambda parts: ", ".join(parts) + "; ",
}
"""How an element of MathML is written, from the text of its parts; ``_PARTS`` says how many it must have."""
