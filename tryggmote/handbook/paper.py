"""Markdown as plain data for the printed book: what typst draws, never markup of anybody's (`book.typ`)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from tryggmote.controls.markdown import picture_id

Node = dict[str, Any]
Inline = str | Node
LINKED = ("http://", "https://", "mailto:", "tel:")
DEEPEST = 6


def blocks(source: str, *, top: int) -> list[Node]:
    """The blocks of a Markdown text. `top`: the level of its topmost heading; none is skipped below it."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    levels = _Levels(top)
    return [_block(node, levels) for node in SyntaxTreeNode(parser.parse(source)).children]


def plain_blocks(source: str) -> list[Node]:
    """The paragraphs of a text as somebody typed it."""
    paragraphs = (part.strip() for part in source.replace("\r\n", "\n").split("\n\n"))
    return [{"kind": "paragraph", "inline": [part]} for part in paragraphs if part]


def pictures_in(nodes: list[Node]) -> Iterator[UUID]:
    """The pictures that the blocks show."""
    for node in nodes:
        if node.get("picture"):
            yield UUID(node["picture"])
        for inside in ("blocks", "items", "inline", "rows"):
            yield from pictures_in([each for each in _flat(node.get(inside, [])) if isinstance(each, dict)])


def _flat(found: list[Any]) -> Iterator[Any]:
    for each in found:
        if isinstance(each, list):
            yield from _flat(each)
        else:
            yield each


class _Levels:
    """Headings as deep as they are written, without a gap: PDF/UA has none."""

    def __init__(self, top: int) -> None:
        self._top = top
        self._first: int | None = None
        self._last = top - 1

    def of(self, written: int) -> int:
        if self._first is None:
            self._first = written
        wanted = self._top + max(0, written - self._first)
        self._last = min(wanted, self._last + 1, DEEPEST)
        return self._last


def _block(node: SyntaxTreeNode, levels: _Levels) -> Node:
    match node.type:
        case "heading":
            return {
                "kind": "heading",
                "level": levels.of(int(node.tag[1])),
                "inline": _inline_of(node),
            }
        case "paragraph":
            return {"kind": "paragraph", "inline": _inline_of(node)}
        case "bullet_list" | "ordered_list":
            items = [[_block(child, levels) for child in item.children] for item in node.children]
            return {"kind": node.type, "items": items, "start": int(node.attrs.get("start", 1))}
        case "blockquote":
            return {"kind": "quote", "blocks": [_block(child, levels) for child in node.children]}
        case "table":
            return {"kind": "table", "rows": [[_inline_of(cell) for cell in row] for row in _rows_of(node)]}
        case "fence" | "code_block":
            return {"kind": "code", "text": node.content}
        case _:
            return {"kind": "rule"}


def _rows_of(table: SyntaxTreeNode) -> Iterator[list[SyntaxTreeNode]]:
    for part in table.children:
        for row in part.children:
            yield list(row.children)


def _inline_of(node: SyntaxTreeNode) -> list[Inline]:
    return [each for child in node.children for each in _inlines(child)]


def _inlines(node: SyntaxTreeNode) -> list[Inline]:
    match node.type:
        case "inline":
            return _inline_of(node)
        case "strong" | "em" | "s":
            return [{"kind": node.type, "inline": _inline_of(node)}]
        case "link":
            address = str(node.attrs.get("href", ""))
            inside = _inline_of(node)
            is_linked = address.startswith(LINKED) and inside
            return [{"kind": "link", "to": address, "inline": inside}] if is_linked else inside
        case "image":
            found = picture_id(str(node.attrs.get("src", "")))
            return [{"kind": "image", "alt": node.content, "picture": str(found) if found else ""}]
        case "softbreak":
            return [" "]
        case "hardbreak":
            return [{"kind": "break"}]
        case _:
            return [node.content]
