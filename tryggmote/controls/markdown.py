"""The text of a procedure as HTML. Written in Markdown; markup of one's own and addresses of pictures go.

Two walls: the parser knows no HTML, and what it makes is cleaned by `nh3` with a list of what is let through.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

PICTURE_SCHEME = "bilde:"
FIRST_HEADING = 3
"""The page has h1, and each unit's part of the procedure an h2."""
LAST_HEADING = 6
_TAGS = {
    "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "strong", "em", "s", "blockquote", "code",
    "pre", "a", "img", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "ol": {"start"}}


@dataclass(frozen=True)
class Shown:
    """A picture as a page shows it."""

    url: str
    alt: str
    width: int
    height: int


def to_html(text: str, pictures: Mapping[UUID, Shown]) -> SafeString:
    """The text as HTML that is safe to show. `![words](bilde:<id>)` shows a picture of the procedure."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    _set_headings(tokens)
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                _place(child, pictures)
    html = parser.renderer.render(tokens, parser.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_only_plain_addresses,
        url_schemes={"http", "https", "mailto", "tel"},
    )
    return mark_safe(clean)  # noqa: S308 - cleaned in the line above


def first_words(text: str) -> str:
    """The first paragraph or point of the text as plain words: what a list shows of it."""
    tokens = MarkdownIt("commonmark", {"html": False}).parse(text)
    for before, token in pairwise(tokens):
        if before.type == "paragraph_open" and (said := _words_of(token)):
            return said
    return ""


def _words_of(token: Token) -> str:
    parts = (" " if child.type.endswith("break") else child.content for child in token.children or ())
    return " ".join("".join(parts).split())


def _only_plain_addresses(tag: str, attribute: str, value: str) -> str | None:
    """No address that looks like one of ours and is another's: `//elsewhere.no`."""
    is_disguised = attribute == "href" and value.startswith("//")
    return None if is_disguised else value


def _set_headings(tokens: list[Token]) -> None:
    """Make the topmost heading of the text an h3, and keep the distance of the others to it."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    top = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - top + FIRST_HEADING, LAST_HEADING)}"


def _place(image: Token, pictures: Mapping[UUID, Shown]) -> None:
    """Put one of the procedure's own pictures where it is named; say it when there is none."""
    shown = pictures.get(picture_id(str(image.attrs.get("src", ""))) or UUID(int=0))
    if shown is None:
        image.type, image.tag, image.content = "text", "", _("(Bildet finnes ikke)")
        return
    image.attrs = {"src": shown.url, "alt": "", "width": shown.width, "height": shown.height}
    if not image.content.strip():
        image.children, image.content = [Token("text", "", 0, content=shown.alt)], shown.alt


def picture_id(source: str) -> UUID | None:
    """Which picture `bilde:<id>` names; None for anything else."""
    if not source.startswith(PICTURE_SCHEME):
        return None
    try:
        return UUID(source.removeprefix(PICTURE_SCHEME))
    except ValueError:
        return None


# Signs that would end the words, or begin something else in the middle of them.
_SIGNS = str.maketrans({"[": "(", "]": ")", "\\": "/", "`": "'", "<": "‹", ">": "›"})


def picture_line(picture_id: UUID, alt: str) -> str:
    """The line that shows a picture in the text."""
    words = " ".join(alt.translate(_SIGNS).split())
    return f"![{words}]({PICTURE_SCHEME}{picture_id})"
