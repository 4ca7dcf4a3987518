"""Draws what capabilities have put on "Min side"."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from tryggmote.ui import my_page

register = template.Library()


@register.simple_tag(takes_context=True)
def own_sections(context: template.Context) -> SafeString:
    """Each registered section with its own context."""
    request = context["request"]
    drawn = (
        (render_to_string(section.template, section.context(request.person), request),)
        for section in my_page.sections()
    )
    return format_html_join("\n", "{}", drawn)
