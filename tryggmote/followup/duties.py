"""What follow-up asks of people on "Now" (§ 23A-5): the next step, and an offer that waits. One query."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.followup.models import Plan
from tryggmote.followup.vocabulary import State

SOON = timedelta(days=1)
AT_MOST = 20
REQUIREMENT = "23a-5"


def followup_duties(person: SignedInPerson) -> Iterator[Duty]:
    """Offers this person has not answered, and the next step with those they follow up."""
    now = timezone.now()
    offered = Q(person_id=person.id, offers_waiting__gt=0)
    to_do = Q(follower_id=person.id, next_due_at__lt=now + SOON)
    waiting = (
        Plan.objects.filter(offered | to_do, closed_at=None)
        .select_related("person", "unit")
        .order_by("next_due_at")[:AT_MOST]
    )
    for plan in waiting:
        yield _answering(plan) if plan.person_id == person.id else _following(plan)


def _answering(plan: Plan) -> Duty:
    return Duty(
        title=_("Velg hva du vil ha av støtte"),
        why=_("Lederen din har noen tilbud til deg. Alt er frivillig."),
        url=plan.get_absolute_url(),
        action=_("Se tilbudene"),
        due=None,
        urgency=Urgency.TODAY,
        requirement=REQUIREMENT,
        kind="followup_offered",
    )


def _following(plan: Plan) -> Duty:
    is_late = plan.state == State.OVERDUE
    return Duty(
        title=_("Følg opp %(name)s") % {"name": plan.person.name},
        why=_("%(unit)s: Neste steg skulle vært gjort.") % {"unit": plan.unit.name}
        if is_late
        else _("%(unit)s: Neste steg har frist snart.") % {"unit": plan.unit.name},
        url=plan.get_absolute_url(),
        action=_("Åpne planen"),
        due=plan.next_due_at,
        urgency=Urgency.NOW if is_late else Urgency.TODAY,
        requirement=REQUIREMENT,
        kind="followup_next_step",
    )
