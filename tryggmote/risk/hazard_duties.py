"""What hazards ask of leaders on "Now" (1.1, 2.1): judge them before the deadline. One query."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.organisation.roles import LEADS
from tryggmote.organisation.standing import units_decided_by_me
from tryggmote.risk.models import Hazard, HazardEscalation
from tryggmote.risk.rules import hazard_due
from tryggmote.ui.dates import day

AT_MOST = 20
SOON = timedelta(days=3)
TITLE_CHARACTERS = 80


def hazard_duties(person: SignedInPerson) -> Iterator[Duty]:
    """The hazards this person is to judge: of the units nearest to them, and those passed on to them."""
    if not person.has_role(*LEADS):
        return
    passed_on = Exists(HazardEscalation.objects.filter(hazard_id=OuterRef("id"), to_person_id=person.id))
    waiting = (
        Hazard.objects.annotate(is_passed_on=passed_on)
        .filter(Q(is_passed_on=True) | Q(unit_id__in=units_decided_by_me()), decided_at=None)
        .select_related("unit")
        .order_by("due_at", "id")[:AT_MOST]
    )
    now = timezone.now()
    for hazard in waiting:
        yield _judging(hazard, now)


def _judging(hazard: Hazard, now: datetime) -> Duty:
    due = hazard.due_at
    why = _("%(unit)s: Meldt %(day)s. Den som meldte, venter på svar.")
    if hazard.is_passed_on and hazard.escalated_at:  # type: ignore[attr-defined]
        due = hazard_due(hazard.escalated_at)
        why = _("%(unit)s: Meldt %(day)s. Ingen tok stilling til den innen fristen, så nå er den hos deg.")
    return Duty(
        title=_("Vurder faren «%(what)s»") % {"what": Truncator(hazard.what).chars(TITLE_CHARACTERS)},
        why=why % {"unit": hazard.unit.name, "day": day(hazard.raised_at)},
        url=hazard.get_absolute_url(),
        action=_("Åpne faren"),
        due=due,
        urgency=Urgency.TODAY if now >= due - SOON else Urgency.SOON,
        requirement="2.1",
        kind="hazard_undecided",
    )
