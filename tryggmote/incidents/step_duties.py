"""What leaders owe of steps, on "Now": one line an incident, with what is next (2.4). Two queries."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.incidents.consequence_rules import consequence_rules
from tryggmote.incidents.guiding import leaders_codes
from tryggmote.incidents.models import Recipient, Step
from tryggmote.incidents.vocabulary import Capacity

LATEST = timedelta(days=365)
"""Older matters are found in the list; "Now" is for what can still be put right."""
AT_MOST = 20
_HANDLES = (Capacity.DAILY_LEADER, Capacity.FORMAL_LEADER, Capacity.LEADER)


def step_duties(person: SignedInPerson) -> Iterator[Duty]:
    """The next step of each incident this person was told of as a leader, and what their people share."""
    now = timezone.now()
    if person.is_leader or person.overseen:
        for step in _next_steps(person, now):
            yield _next_step(step, now)
    if person.led:
        for step in _shared_steps(person, now):
            yield _shared_step(step)


def _next_steps(person: SignedInPerson, now: datetime) -> QuerySet[Step]:
    """The step with the earliest deadline of each incident, with how many there are (`owed`)."""
    told = Recipient.objects.filter(incident_id=OuterRef("incident_id"), person_id=person.id)
    # A leader above is told because nobody answers; once somebody has, the nearest leaders go on.
    handles = Exists(told.filter(capacity__in=_HANDLES)) | Q(
        Exists(told.filter(capacity=Capacity.NEXT_LEADER)), incident__answered_at=None
    )
    return (
        Step.objects.filter(
            handles,
            done_at=None,
            code__in=leaders_codes(),
            workforce_id=F("incident__workforce_id"),
            asked_at__gte=now - LATEST,
            incident__read_by_leader_at__isnull=False,
        )
        .annotate(
            owed=Window(Count("id"), partition_by=F("incident_id")),
            place=Window(RowNumber(), partition_by=F("incident_id"), order_by=[F("due_at"), F("id")]),
        )
        .filter(place=1)
        .select_related("incident__workforce__unit")
        .order_by("due_at")[:AT_MOST]
    )


def _next_step(step: Step, now: datetime) -> Duty:
    rule = consequence_rules().step(step.code)
    others = step.owed - 1  # type: ignore[attr-defined]
    more = (
        ngettext("%(count)s steg til.", "%(count)s steg til.", others) % {"count": others} if others else ""
    )
    return Duty(
        title=_("%(step)s – %(unit)s") % {"step": rule.title, "unit": step.incident.workforce.unit.name},
        why=" ".join(filter(None, [f"{', '.join(step.incident.nature_words)}.", str(rule.why), more])),
        url=step.incident.get_absolute_url() + "#handling",
        action=_("Følg opp"),
        due=step.due_at,
        urgency=Urgency.NOW if step.due_at <= now else Urgency.TODAY,
        requirement="2.4",
        kind="incident_step",
    )


def _shared_steps(person: SignedInPerson, now: datetime) -> QuerySet[Step]:
    codes = [rule.code for rule in consequence_rules().steps if rule.other_employers]
    return Step.objects.filter(
        workforce_id__in=person.led, code__in=codes, done_at=None, asked_at__gte=now - LATEST
    ).order_by("due_at")[:AT_MOST]


def _shared_step(step: Step) -> Duty:
    rule = consequence_rules().step(step.code)
    return Duty(
        title=str(rule.title),
        why=str(rule.why),
        url=f"{reverse('incidents:shared')}#{step.id}",
        action=_("Se hva det gjelder"),
        due=step.due_at,
        urgency=Urgency.SOON,
        requirement="aml-2-2",
        kind="incident_shared",
    )
