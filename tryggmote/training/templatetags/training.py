"""What the pages of training need to say the name of an element."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.dates import MONTHS

from tryggmote.training.models import Session
from tryggmote.ui.dates import span

register = template.Library()


@register.filter
def named(names: Mapping[str, str], element: str) -> str:
    """The name of the element, from `names_of`."""
    return names[element]


@register.filter
def in_table(key: Any, table: Mapping[Any, Any] | str) -> Any:
    """What stands under the key; None when there is nothing, or no table."""
    return table.get(key) if isinstance(table, Mapping) else None


@register.filter
def month_name(number: int) -> str:
    """ "Januar" for 1, in the language in force."""
    return str(MONTHS[number]).capitalize()


@register.simple_tag
def time_of(session: Session) -> str:
    """From when to when it lasts, in words."""
    return span(session.starts_at, session.ends_at)
