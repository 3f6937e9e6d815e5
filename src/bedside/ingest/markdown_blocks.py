"""Markdown as a hospital writes it, to blocks: headings, paragraphs, lists, tables. Emphasis and links become text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bedside.ingest.blocks import Block, BlockKind, row_text
from bedside.ingest.paragraphs import LINE, tidy
from bedside.ingest.raised import SUB, SUB_END, SUP, SUP_END, settled

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_RULE = re.compile(r" {0,3}(?:[-*_][ \t]*){3,}")
_ITEM = re.compile(r"(\s*)(?:[-*+]|\d{1,3}[.)])[ \t]+(.*)")
_INTERRUPTING = re.compile(r"\s*(?:[-*+]|1[.)])[ \t]+.*")  # "180. Then" at the head of a wrapped line is no item
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_QUOTE = re.compile(r"^ {0,3}> ?(?![\d=. ]*\d)")  # "> 50 ng/L" at the head of a wrapped line is no quotation
_DIVIDER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_CELL = re.compile(r"(?<!\\)\|")
_COMMENT = re.compile(r"<!--.{0,50000}?-->", re.DOTALL)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_IMAGE = re.compile(r"!\[([^\[\]\n]*)\]\([^()\s]*(?:\s\"[^\"\n]*\")?\)")
_LINK = re.compile(r"\[([^\[\]\n]+)\](?:\([^()\s]*(?:\s\"[^\"\n]*\")?\)|\[[^\]\n]*\])")
_AUTO = re.compile(r"<(https?://[^<>\s]+)>")
_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_BREAK = re.compile(r"<br\s*/?>|\\$", re.IGNORECASE | re.MULTILINE)
_RAISED = re.compile(r"<(sup|sub)>([^<>]*)</\1>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|em|strong|span|small|mark|a)(?:\s[^<>]*)?>", re.IGNORECASE)
_CODE = re.compile(r"(`+)([^`\n]+)\1(?!`)")
_STRONG = re.compile(r"(?<!\\)(\*\*|__)(?=\S)(.{1,1000}?)(?<=\S)\1")
_STARRED = re.compile(r"(?<![\\*\w])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![*\w])")
_UNDERSCORED = re.compile(r"(?<![\\_\w])_(?=[^\s_])([^_\n]+?)(?<=[^\s_])_(?![_\w])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")


def plain(text: str) -> str:
    """The words of one paragraph, item or cell, without the marks of Markdown. "<" before a figure stays."""
    text = _NOTE.sub("", _LINK.sub(r"\1", _IMAGE.sub(r"\1", text)))
    text = _TAG.sub("", _BREAK.sub(LINE, _AUTO.sub(r"\1", text)))
    text = _RAISED.sub(_raised, _CODE.sub(r"\2", text))
    text = _UNDERSCORED.sub(r"\1", _STARRED.sub(r"\1", _STRONG.sub(r"\2", text)))
    return tidy(settled(_ESCAPED.sub(r"\1", text)))


def _raised(match: re.Match[str]) -> str:
    start, end = (SUP, SUP_END) if match[1].lower() == "sup" else (SUB, SUB_END)
    return f"{start}{match[2]}{end}"


def blocks_of(text: str) -> Iterator[Block]:
    """The blocks of a document in order. Comments and rules are left out; fenced text is a paragraph."""
    lines = _COMMENT.sub("", _CONTROL.sub("", text)).expandtabs(4).split("\n")
    at = 0
    while at < len(lines):
        block, at = _next(lines, at)
        if block is not None and (block.text or block.items):
            yield block


def _next(lines: list[str], at: int) -> tuple[Block | None, int]:
    """The block that starts at line *at*, and the line after it."""
    line = lines[at]
    if not line.strip():
        return None, at + 1
    if heading := _HEADING.fullmatch(line):
        return Block(BlockKind.HEADING, plain(heading[2]), len(heading[1])), at + 1
    if _FENCE.match(line):
        return _fenced(lines, at)
    if _is_table(lines, at):
        return _table(lines, at)
    if _RULE.fullmatch(line):
        return None, at + 1
    return _list(lines, at) if _ITEM.fullmatch(line) else _paragraph(lines, at)


def _is_table(lines: list[str], at: int) -> bool:
    following = lines[at + 1] if at + 1 < len(lines) else ""
    return "|" in lines[at] and "-" in following and "|" in following and _DIVIDER.fullmatch(following) is not None


def _starts_block(lines: list[str], at: int) -> bool:
    """Whether line *at* ends the paragraph or item before it."""
    line = lines[at]
    return (
        not line.strip()
        or any(pattern.fullmatch(line) for pattern in (_HEADING, _RULE, _INTERRUPTING))
        or _FENCE.match(line) is not None
        or _is_table(lines, at)
    )


def _paragraph(lines: list[str], at: int) -> tuple[Block, int]:
    """Lines up to the next block; underlined by = or -, they are a heading."""
    found: list[str] = []
    while at < len(lines):
        if found and (underline := _UNDERLINE.fullmatch(lines[at])):
            level = 1 if underline[1][0] == "=" else 2
            return Block(BlockKind.HEADING, plain(" ".join(found)), level), at + 1
        if found and _starts_block(lines, at):
            break
        found.append(_QUOTE.sub("", lines[at]) + (LINE if lines[at].endswith("  ") else ""))
        at += 1
    return Block(BlockKind.PARAGRAPH, plain("\n".join(found))), at


def _fenced(lines: list[str], at: int) -> tuple[Block, int]:
    end = next((number for number in range(at + 1, len(lines)) if _FENCE.match(lines[number])), len(lines))
    return Block(BlockKind.PARAGRAPH, tidy(LINE.join(lines[at + 1 : end]))), end + 1


def _list(lines: list[str], at: int) -> tuple[Block, int]:
    """The items of one list. What is indented deeper, items or paragraphs, belongs to the item above it."""
    first = _ITEM.fullmatch(lines[at])
    indent = len(first[1]) if first else 0
    items: list[list[str]] = []
    while at < len(lines):
        line = lines[at]
        item = _ITEM.fullmatch(line)
        deeper = len(line) - len(line.lstrip()) > indent
        if item and not deeper:
            items.append([item[2]])
        elif not line.strip():
            following = lines[at + 1] if at + 1 < len(lines) else ""
            again = _ITEM.fullmatch(following)
            if not (again or (following.strip() and len(following) - len(following.lstrip()) > indent)):
                break
            if not again:
                items[-1].append(LINE)
        elif item:
            items[-1].append(LINE + item[2])
        elif deeper or not _starts_block(lines, at):
            items[-1].append(line.strip())
        else:
            break
        at += 1
    texts = tuple(filter(None, (plain("\n".join(item)) for item in items)))
    return Block(BlockKind.LIST, items=texts), at


def _table(lines: list[str], at: int) -> tuple[Block, int]:
    headers = _cells(lines[at])
    at += 2
    rows: list[str] = []
    while at < len(lines) and "|" in lines[at] and lines[at].strip():
        rows.append(row_text(headers, _cells(lines[at])))
        at += 1
    return Block(BlockKind.TABLE, items=tuple(filter(None, rows))), at


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return [plain(cell) for cell in _CELL.split(line)]
