"""The components, as template tags: `{% load ui %}`. Each draws one template in `ui/components/`.

The living catalogue of them all is the page `/ui/`.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tryggmote.ui import dates
from tryggmote.ui.differences import Piece, differences, shortened

register = template.Library()

# Colour is never alone: each meaning has a shape as well.
MEANINGS = {
    "success": ("success", "CheckmarkCircleFillIcon"),
    "warning": ("warning", "ExclamationmarkTriangleFillIcon"),
    "error": ("danger", "XMarkOctagonFillIcon"),
    "info": ("info", "InformationSquareFillIcon"),
    "neutral": ("neutral", ""),
}
BUTTONS = {
    "primary": ("accent", "primary"),
    "secondary": ("neutral", "secondary"),
    "tertiary": ("neutral", "tertiary"),
    "danger": ("danger", "primary"),
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An Aksel icon by its component name ("PlusIcon"). Silent for screen readers unless it has a label."""
    return _svg(name.removesuffix("Icon"), str(label)) if name else SafeString("")


@lru_cache(maxsize=1000)  # a page holds some forty icons, and there are few kinds
def _svg(name: str, label: str) -> SafeString:
    href = f"{static('ui/build/icons.svg')}#{name}"
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="tm-icon" {} focusable="false"><use href="{}"></use></svg>', spoken, href)


@register.inclusion_tag("ui/components/button.html")
def button(
    label: str, url: str, variant: str = "secondary", icon: str = "", size: str = "medium"
) -> dict[str, Any]:
    """A link that looks like a button: it goes somewhere, it changes nothing."""
    return {"label": label, "url": url, "icon": icon, "size": size, **_button_look(variant)}


@register.inclusion_tag("ui/components/submit.html")
def submit(
    label: str,
    variant: str = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    size: str = "medium",
) -> dict[str, Any]:
    """A button that sends the form it stands in."""
    return {"label": label, "icon": icon, "name": name, "value": value, "size": size, **_button_look(variant)}


@register.simple_tag
def tag(label: Any, variant: str = "neutral", icon: str = "") -> SafeString:
    """A small status. The shape follows the meaning unless another is named."""
    return _tag(str(label), variant, icon)


@lru_cache(maxsize=1000)  # one in each row of a list, and there are few words
def _tag(label: str, variant: str, icon: str) -> SafeString:
    color, shape = MEANINGS[variant]
    return SafeString(
        render_to_string(
            "ui/components/tag.html", {"label": label, "color": color, "icon": icon or shape}
        ).strip()
    )


@register.simple_block_tag(end_name="endalert")
def alert(content: str, variant: str = "info", title: str = "", level: int = 2) -> str:
    """A message that stays on the page."""
    color, shape = MEANINGS[variant]
    return render_to_string(
        "ui/components/alert.html",
        {
            "content": content,
            "title": title,
            "color": color,
            "icon": shape,
            "level": level,
            "variant": variant,
        },
    )


@register.simple_block_tag(end_name="endcard")
def card(content: str, title: str = "", level: int = 2) -> str:
    """A surface for things that belong together."""
    return render_to_string("ui/components/card.html", {"content": content, "title": title, "level": level})


@register.simple_block_tag(end_name="endpage_header")
def page_header(content: str, title: str, lead: str = "", back_url: str = "", back_label: str = "") -> str:
    """The page's one h1, with the way back above it; the content is the page's actions."""
    context = {
        "actions": content if content.strip() else "",
        "title": title,
        "lead": lead,
        "back_url": back_url,
        "back_label": back_label,
    }
    return render_to_string("ui/components/page_header.html", context)


@register.simple_block_tag(end_name="endexpand")
def expand(content: str, label: str, is_open: bool = False) -> str:
    """Text that opens when asked for (`<details>`)."""
    return render_to_string(
        "ui/components/expand.html", {"content": content, "label": label, "is_open": is_open}
    )


@register.inclusion_tag("ui/components/empty_state.html")
def empty_state(
    title: str,
    text: str = "",
    action_url: str = "",
    action_label: str = "",
    icon: str = "",
    variant: str = "primary",
) -> dict[str, Any]:
    """What a list shows before it has anything: what will be here, and the first step.

    `variant`: of the button; "secondary" where the page has its main button already.
    """
    return {
        "title": title,
        "text": text,
        "action_url": action_url,
        "action_label": action_label,
        "icon": icon,
        "variant": variant,
    }


@register.inclusion_tag("ui/components/facts.html")
def facts(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Label and value, one pair a row."""
    return {"pairs": pairs}


@register.inclusion_tag("ui/components/stat.html")
def stat(value: Any, label: str, url: str = "", text: str = "", icon: str = "") -> dict[str, Any]:
    """A figure that links to what it counts."""
    return {"value": value, "label": label, "url": url, "text": text, "icon": icon}


@register.inclusion_tag("ui/components/link_card.html")
def link_card(title: str, url: str, text: str = "", icon: str = "", level: int = 0) -> dict[str, Any]:
    """A large link with a line of explanation. `level` makes the title a heading."""
    return {"title": title, "url": url, "text": text, "icon": icon, "level": level}


@register.inclusion_tag("ui/components/steps.html")
def steps(current: int, total: int, label: str = "") -> dict[str, Any]:
    """How far one has come in a task of several pages."""
    return {"current": current, "total": total, "label": label}


@register.simple_tag
def when(moment: datetime | None) -> SafeString:
    """A moment as people say it, machine-readable underneath. Empty for None."""
    return _time(moment, dates.when(moment)) if moment else SafeString("")


@register.simple_tag
def clock(moment: datetime | None) -> SafeString:
    """Time of day only."""
    return _time(moment, dates.clock(moment)) if moment else SafeString("")


@register.simple_tag
def day(value: date | None) -> SafeString:
    """A day as people say it."""
    return _time(value, dates.day(value)) if value else SafeString("")


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: template.Context, page_obj: Page, label: str = "") -> dict[str, Any]:
    """Links between the pages of a list; the filters in the address stay. `label` tells two apart."""
    query = context["request"].GET.copy() if "request" in context else None
    if query is not None:
        query.pop("page", None)
    prefix = f"?{query.urlencode()}&page=" if query else "?page="
    numbers = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return {"page": page_obj, "numbers": list(numbers), "prefix": prefix, "label": label}


@register.inclusion_tag("ui/components/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """The error summary: what is wrong in this form, each a link to its field. Empty when all is well."""
    of_the_whole = [{"text": text} for text in form.non_field_errors()]
    of_fields = [{"field": field, "text": text} for field in form for text in field.errors]
    return {"errors": of_the_whole + of_fields}


@register.inclusion_tag("ui/components/difference.html")
def difference(before: str, after: str) -> dict[str, list[Piece]]:
    """What has changed from one text to another, word by word; what lies far from any change is left out."""
    return {"pieces": shortened(differences(before, after))}


@register.inclusion_tag("ui/components/filters.html", takes_context=True)
def filters(context: template.Context, form: forms.Form, label: str = "") -> dict[str, Any]:
    """A bar of filters above a list. Works as an ordinary GET form."""
    active = [name for name in form.fields if form.is_bound and form.data.get(form.add_prefix(name))]
    return {"form": form, "active": len(active), "label": label, "path": context["request"].path}


def _button_look(variant: str) -> dict[str, str]:
    color, look = BUTTONS[variant]
    return {"color": color, "look": look}


def _time(value: date, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)
