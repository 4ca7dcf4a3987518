"""What was found, marked, in templates."""

from collections.abc import Collection

from django import template
from django.utils.safestring import SafeString

from tryggmote.search import marking

register = template.Library()


@register.filter
def marked(text: object, stems: Collection[str]) -> SafeString:
    """The text with the words found marked."""
    return marking.marked(str(text), stems)


@register.filter
def passage(text: str, stems: Collection[str]) -> SafeString | str:
    """The part of the text where the words stand, marked; "" when they do not."""
    return marking.passage(text, stems)
