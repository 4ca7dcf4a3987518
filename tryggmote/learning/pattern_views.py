"""The page of patterns: calm figures to people who can do something about them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from tryggmote.access.context import SignedInPerson
from tryggmote.access.reading import log_read
from tryggmote.access.requests import PersonRequest
from tryggmote.incidents.codebook import codebook, versions
from tryggmote.learning import queries
from tryggmote.learning.limits import limits
from tryggmote.learning.models import Pattern
from tryggmote.learning.vocabulary import Aspect, PatternKind
from tryggmote.notices.services import mark_seen_about_any
from tryggmote.organisation.meeting_forms import MeetingForm

READ_LOG_KIND = "pattern"


@dataclass(frozen=True)
class Card:
    """A pattern in words. `incidents_url`: the incidents it counts, for those who may see them."""

    pattern: Pattern
    title: str
    where: str
    figures: str
    incidents_url: str = ""


@require_GET
def patterns(request: PersonRequest) -> HttpResponse:
    """What has been seen in the last three months: about oneself, those one leads, and where."""
    person = request.person
    found = queries.patterns()
    near = queries.units_where_all_is_shown(found)
    for pattern in found:
        if pattern.person_id not in (None, person.id):
            log_read(person, READ_LOG_KIND, pattern.id)
    mark_seen_about_any(subject_ids=[pattern.id for pattern in found])
    context = {
        "own": [_of_person(pattern) for pattern in found if pattern.person_id == person.id],
        "led": [_of_person(pattern) for pattern in found if pattern.person_id not in (None, person.id)],
        "settings": [_of_setting(p, near) for p in found if p.kind == PatternKind.SETTING],
        "waves": [_of_wave(pattern) for pattern in found if pattern.kind == PatternKind.WAVE],
        "limits": limits(),
        "writes": _writes(person),
    }
    return render(request, "learning/patterns.html", context)


def _writes(person: SignedInPerson) -> bool:
    return person.is_leader or bool(person.areas)


def _events(pattern: Pattern) -> str:
    return ngettext("%(n)s hendelse", "%(n)s hendelser", pattern.n) % {"n": pattern.n}


def _in_days(pattern: Pattern) -> str:
    return _("%(events)s på %(days)s dager") % {"events": _events(pattern), "days": pattern.days}


def _of_person(pattern: Pattern) -> Card:
    return Card(pattern, pattern.person.name if pattern.person else "", "", _in_days(pattern))


def _of_setting(pattern: Pattern, near: set[int]) -> Card:
    is_form = pattern.aspect == Aspect.FORM
    figures = ngettext(
        "%(events)s, én person", "%(events)s, %(people)s personer", pattern.people
    ) % {"events": _in_days(pattern), "people": pattern.people}  # fmt: skip
    url = ""
    if pattern.unit_id in near:
        narrowed = {"form": pattern.value} if is_form else {}
        url = f"{reverse('incidents:list')}?{urlencode({'period': '90', **narrowed})}"
    return Card(pattern, _in_common(pattern), pattern.unit.name if pattern.unit else "", figures, url)


def _in_common(pattern: Pattern) -> str:
    if pattern.aspect == Aspect.FORM:
        return str(MeetingForm(pattern.value).label)
    if pattern.aspect == Aspect.TRIGGER:
        # Codes that newer books have left out stand in an older one.
        words = (codebook(version).words("triggers", [pattern.value]) for version in versions())
        return next((found[0] for found in words if found), pattern.value)
    return f"«{pattern.value}»"


def _of_wave(pattern: Pattern) -> Card:
    figures = _("%(events)s i %(units)s enheter de siste %(days)s dagene") % {
        "events": _events(pattern),
        "units": pattern.units,
        "days": pattern.days,
    }
    return Card(pattern, pattern.unit.name if pattern.unit else "", "", figures)
