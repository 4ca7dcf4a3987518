"""Shows where the words stand: whole words that hold a stem of what was asked for are marked."""

import re
from collections.abc import Collection

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tryggmote.catalogue.matching import excerpt, fold

_MARKDOWN = re.compile(r"[*#>`|]+")
_PIECES = re.compile(r"[^\W_]+|[\W_]+")


def marked(text: str, stems: Collection[str]) -> SafeString:
    """The text escaped for HTML, each word that holds one of the folded stems inside <mark>."""
    parts = []
    for piece in _PIECES.findall(text):
        is_found = any(stem in fold(piece) for stem in stems)
        parts.append(f"<mark>{escape(piece)}</mark>" if is_found else escape(piece))
    return mark_safe("".join(parts))  # noqa: S308  every piece of text is escaped


def passage(text: str, stems: Collection[str]) -> SafeString | str:
    """The part of the text around the first stem found, marked; "" when none stands in it."""
    plain = " ".join(_MARKDOWN.sub("", text).split())
    if not any(stem in fold(plain) for stem in stems):
        return ""
    return marked(excerpt(plain, stems), stems)
