"""What the pages of training need to say the name of an element."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def named(names: Mapping[str, str], element: str) -> str:
    """The name of the element, from `names_of`."""
    return names[element]
