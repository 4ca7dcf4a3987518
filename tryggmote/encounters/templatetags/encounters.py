"""Encounters in templates: icons, levels, and times in words."""

from django import template
from django.utils.safestring import SafeString

from tryggmote.encounters.calendars import CalendarEntry
from tryggmote.encounters.looks import FORM_ICONS, LEVEL_VARIANTS, STEP_VARIANTS
from tryggmote.encounters.models import Check, Meeting, Outing
from tryggmote.encounters.vocabulary import LEVEL_WORDS
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.ui.dates import clock, span, when
from tryggmote.ui.templatetags import ui

register = template.Library()


@register.simple_tag
def form_icon(form: str) -> SafeString:
    """The icon of a meeting form; nothing for a form without one."""
    return ui.icon(FORM_ICONS.get(MeetingForm(form), "")) if form else SafeString("")


@register.simple_tag
def level_tag(check: Check) -> SafeString:
    """The level as a small status: word, shape and colour."""
    return ui.tag(str(LEVEL_WORDS[check.risk]), LEVEL_VARIANTS[check.risk])


@register.simple_tag
def outing_tag(outing: Outing) -> SafeString:
    """How far it has come for somebody who is out, as a small status."""
    return ui.tag(outing.step.label, STEP_VARIANTS[outing.step])


@register.filter
def level_variant(check: Check) -> str:
    """The level as a meaning of `ui`'s alert."""
    return LEVEL_VARIANTS[check.risk]


@register.simple_tag
def hours(meeting: Meeting) -> str:
    """From and to by the clock: "13.00–14.00"."""
    starts = clock(meeting.starts_at)
    return f"{starts}–{clock(meeting.ends_at)}" if meeting.ends_at else starts


@register.simple_tag
def meeting_span(meeting: Meeting | CalendarEntry) -> str:
    """Day and clock, from and to."""
    return span(meeting.starts_at, meeting.ends_at)


@register.filter
def in_one_line(check: Check) -> str:
    """Form, time and place of a check: "Avtalt samtale · i dag kl. 13.00 · Samtalerom 3"."""
    time = when(check.starts_at) if check.starts_at else ""
    return " · ".join(part for part in (str(check.get_form_display()), time, check.place) if part)
