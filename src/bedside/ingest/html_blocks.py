"""The blocks of an HTML page: what a reader came for, without menus, banners, footers and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedside.ingest.blocks import Block, BlockKind, row_text
from bedside.ingest.html_tables import table_rows
from bedside.ingest.paragraphs import LINE, tidy
from bedside.ingest.raised import MARK, MARK_END, SUB, SUB_END, SUP, SUP_END, settled

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DROPPED = frozenset(
    [
        "nav",
        "footer",
        "aside",
        "script",
        "style",
        "noscript",
        "template",
        "form",
        "button",
        "select",
        "input",
        "textarea",
        "iframe",
        "object",
        "svg",
        "canvas",
        "video",
        "audio",
        "img",
        "head",
        "dialog",
        "-comment",
    ]
)
_DROPPED_ROLES = frozenset(["navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert"])
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CONTAINERS = frozenset(
    [
        "html",
        "body",
        "main",
        "article",
        "section",
        "div",
        "header",
        "hgroup",
        "blockquote",
        "details",
        "figure",
        "fieldset",
        "center",
        "dd",
        "li",
        "td",
        "th",
    ]
)
_PARAGRAPHS = frozenset(["p", "pre", "address", "figcaption", "summary", "caption", "legend"])
_LISTS = frozenset(["ul", "ol", "menu"])
_DEEPEST = 150  # levels; what is nested deeper is read as plain text
_CONTROL = re.compile(r"[\x00-\x08\x1c-\x1f]")


def blocks_of(tree: LexborHTMLParser) -> Iterator[Block]:
    """The blocks of the main part of a page, in order."""
    root = tree.css_first("main") or tree.css_first("[role=main]") or _only_article(tree) or tree.body
    if root is not None:
        walk = _Walk()
        walk.into(root, 0)
        walk.end_paragraph()
        yield from (block for block in walk.blocks if block.text or block.items)


def _only_article(tree: LexborHTMLParser) -> LexborNode | None:
    articles = tree.css("article")
    return articles[0] if len(articles) == 1 else None


@dataclass(slots=True)
class _Walk:
    """The blocks found so far, and the words of a paragraph that no element encloses."""

    blocks: list[Block] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)

    def end_paragraph(self) -> None:
        if text := _settled(self.loose):
            self.blocks.append(Block(BlockKind.PARAGRAPH, text))
        self.loose.clear()

    def into(self, node: LexborNode, depth: int) -> None:
        """Everything inside a container."""
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if _is_dropped(child, depth):
                continue
            if depth < _DEEPEST and (tag in _CONTAINERS or _holds_blocks(child)):
                self.end_paragraph()
                self.into(child, depth + 1)
                self.end_paragraph()
            elif tag in _HEADINGS or tag in _PARAGRAPHS or tag in _LISTS or tag in ("dl", "table"):
                self.end_paragraph()
                self.blocks += _block(child, depth)
            else:
                _gather(child, self.loose, depth)


def _is_dropped(node: LexborNode, depth: int) -> bool:
    """Whether a reader would not call this part of the document."""
    tag = node.tag or ""
    if tag in _DROPPED:
        return True
    if tag == "-text":
        return False
    attributes = node.attributes
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    banner = tag == "header" and depth == 0 and node.parent is not None and node.parent.tag == "body"
    return hidden or banner or (attributes.get("role") or "") in _DROPPED_ROLES


def _holds_blocks(node: LexborNode) -> bool:
    """Whether an element of a line (a link, a span, an element of its own making) encloses paragraphs."""
    tag = node.tag or ""
    if tag == "table":
        return (node.attributes.get("role") or "") in ("presentation", "none")
    known = tag in _HEADINGS or tag in _PARAGRAPHS or tag in _LISTS or tag in ("dl", "-text")
    return not known and node.css_first("p, div, h1, h2, h3, h4, h5, h6, ul, ol, dl, table, tr") is not None


def _block(node: LexborNode, depth: int) -> Iterator[Block]:
    tag = node.tag or ""
    if tag in _HEADINGS:
        yield Block(BlockKind.HEADING, text_of(node, depth), _HEADINGS[tag])
    elif tag in _LISTS:
        items = (text_of(child, depth) for child in node.iter() if not _is_dropped(child, depth))
        yield Block(BlockKind.LIST, items=tuple(filter(None, items)))
    elif tag == "dl":
        yield Block(BlockKind.LIST, items=tuple(_definitions(node, depth)))
    elif tag == "table":
        caption = node.css_first("caption")
        rows = table_rows(node, lambda cell: text_of(cell, depth))
        texts = (row_text(headers, cells) for headers, cells in rows)
        text = text_of(caption, depth) if caption is not None else ""
        yield Block(BlockKind.TABLE, text, items=tuple(filter(None, texts)))
    else:
        yield Block(BlockKind.PARAGRAPH, text_of(node, depth))


def _definitions(node: LexborNode, depth: int) -> Iterator[str]:
    """Each term with its definitions: "term: definition"."""
    terms: list[str] = []
    for child in node.css("dt, dd"):
        if child.tag == "dt":
            terms.append(text_of(child, depth))
        else:
            yield f"{', '.join(terms)}: {text_of(child, depth)}" if terms else text_of(child, depth)
            terms = []


def text_of(node: LexborNode, depth: int = 0) -> str:
    """The text of one element; lists and paragraphs inside it on lines of their own."""
    parts: list[str] = []
    for child in node.iter(include_text=True):
        _gather(child, parts, depth + 1)
    return _settled(parts)


def _settled(parts: list[str]) -> str:
    return tidy(settled("".join(parts)))


def _gather(node: LexborNode, parts: list[str], depth: int) -> None:
    """Append the text of *node*, with marks for what is raised, lowered or a reference."""
    tag = node.tag or ""
    if tag == "-text":
        parts.append(_CONTROL.sub("", node.text_content or ""))
        return
    if _is_dropped(node, depth):
        return
    if tag == "br":
        parts.append(LINE)
        return
    if depth > _DEEPEST:
        parts.append(_CONTROL.sub("", node.text(deep=True, separator=" ")))
        return
    start, end = _around(node, tag)
    parts.append(start)
    for child in node.iter(include_text=True):
        _gather(child, parts, depth + 1)
    parts.append(end)


def _around(node: LexborNode, tag: str) -> tuple[str, str]:
    if tag == "sup":
        refers = node.css_first("a[href^='#']") is not None
        return (SUP + MARK, MARK_END + SUP_END) if refers else (SUP, SUP_END)
    if tag == "sub":
        return SUB, SUB_END
    block = tag in _CONTAINERS or tag in _PARAGRAPHS or tag in _LISTS or tag in _HEADINGS or tag in ("tr", "dt")
    return (LINE, LINE) if block else ("", "")
