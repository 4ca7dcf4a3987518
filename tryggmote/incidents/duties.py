"""What incidents ask of people on "Now" (2.4): read it, and read the answer. Two queries."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.models import ReadEntry
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.incidents.models import Incident, Opening, Recipient
from tryggmote.incidents.rules import read_by
from tryggmote.incidents.services import READ_LOG_KIND
from tryggmote.incidents.vocabulary import Capacity
from tryggmote.ui.dates import when

LATEST = timedelta(days=365)
"""Older matters are found in the list; "Now" is for what can still be put right."""
AT_MOST = 20


def incident_duties(person: SignedInPerson) -> Iterator[Duty]:
    """The reports this person must read, and the answers that wait for them."""
    yield from _unread(person)
    yield from _answers(person)


def _unread(person: SignedInPerson) -> Iterator[Duty]:
    opened = Exists(Opening.objects.filter(incident_id=OuterRef("incident_id"), person_id=person.id))
    # A leader above is told because nobody answers; once somebody has, they owe nothing.
    owes = Q(incident__answered_at=None) | ~Q(capacity=Capacity.NEXT_LEADER)
    owed = (
        Recipient.objects.filter(person_id=person.id, at__gte=timezone.now() - LATEST)
        .annotate(is_read=opened)
        .filter(owes, is_read=False)
        .select_related("incident__workforce__unit")
        .order_by("at")[:AT_MOST]
    )
    for told in owed:
        yield _reading(told)


def _reading(told: Recipient) -> Duty:
    return Duty(
        title=_("Les hendelsen fra %(unit)s") % {"unit": told.incident.workforce.unit.name},
        why=_what_and_when(told.incident),
        url=told.incident.get_absolute_url(),
        action=_("Les hendelsen"),
        due=read_by(told.at),
        urgency=Urgency.NOW,
        requirement="2.4",
        kind="incident_unread",
    )


def _what_and_when(incident: Incident) -> str:
    return _("%(what)s. Meldt %(moment)s.") % {
        "what": ", ".join(incident.nature_words),
        "moment": when(incident.created_at),
    }


def _answers(person: SignedInPerson) -> Iterator[Duty]:
    read_since = ReadEntry.objects.filter(
        kind=READ_LOG_KIND,
        object_id=OuterRef("id"),
        person_id=person.id,
        read_at__gte=OuterRef("answered_at"),
    )
    unread = (
        Incident.objects.filter(
            Q(reporter_id=person.id) | Q(concerned_id=person.id), answered_at__gte=timezone.now() - LATEST
        )
        .exclude(Exists(read_since))
        .defer("what_happened")
        .order_by("answered_at")[:AT_MOST]
    )
    for incident in unread:
        yield Duty(
            title=_("Les svaret på hendelsen"),
            why=_what_and_when(incident),
            url=incident.get_absolute_url(),
            action=_("Les svaret"),
            due=None,
            urgency=Urgency.TODAY,
            requirement="2.4",
            kind="incident_answered",
        )
