"""The one-year limit for claims (folketrygdloven § 13-14) is watched until the injury is reported to NAV."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from tryggmote.access.context import acting_as_job
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Workforce
from tryggmote.organisation.queries import leader_above, nearest_leaders
from tryggmote.organisation.workdays import OSLO
from tryggmote.statutory.models import Injury, LimitReminder, ReportDecision, ReportSending
from tryggmote.statutory.rules import claim_lost_on, earliest_claimable, reminders_due
from tryggmote.statutory.vocabulary import Addressee


def remind_of_limits(*, today: date | None = None) -> int:
    """Remind the injured and their leaders of each limit that nears, each in its own transaction.

    Running it twice, or twice at once, reminds nobody twice; days on which it did not run are made up for
    with one reminder. Returns how many injuries were reminded of.
    """
    today = today or timezone.now().astimezone(OSLO).date()
    with acting_as_job():
        unsent = _unsent(today)
        given = set(LimitReminder.objects.values_list("injury_id", "days_before"))
    reminded = 0
    for injury in unsent:
        owed = [days for days in reminders_due(injury.happened_on, today) if (injury.id, days) not in given]
        reminded += bool(owed) and _remind(injury, owed)
    return reminded


def _unsent(today: date) -> list[Injury]:
    """What can still be claimed and has not gone to NAV, save what it is decided not to report."""
    latest = ReportDecision.objects.filter(injury_id=OuterRef("id")).order_by("-at", "-id")
    sent = ReportSending.objects.filter(injury_id=OuterRef("id"), to=Addressee.NAV)
    return list(
        Injury.objects.filter(~Exists(sent.values("id")), happened_on__gte=earliest_claimable(today))
        .annotate(is_due=Subquery(latest.values("is_due")[:1]))
        .filter(Q(is_due=None) | Q(is_due=True))
        .only("id", "injured_id", "workforce_id", "happened_on")
        .order_by("happened_on", "id")
    )


def _remind(injury: Injury, owed: list[int]) -> bool:
    try:
        with acting_as_job():
            reminders = [LimitReminder(injury_id=injury.id, days_before=days) for days in owed]
            LimitReminder.objects.bulk_create(reminders)
            _tell(injury, reminders[-1].id)
    except IntegrityError:
        return False  # another worker reminded at the same moment
    return True


def _tell(injury: Injury, reminder_id: UUID) -> None:
    leaders = set(nearest_leaders(injury.injured_id, workforce_id=injury.workforce_id).ids)
    leaders -= {injury.injured_id}
    if not leaders and (above := leader_above(workforce_id=injury.workforce_id, passed=[injury.injured_id])):
        leaders = {above}
    place = Workforce.objects.select_related("unit").get(id=injury.workforce_id)
    tell(
        person_ids=leaders | {injury.injured_id},
        kind="injury_limit",
        # The reminder and not the injury: who has not seen the first one is reminded again all the same.
        subject_id=reminder_id,
        url=f"{reverse('statutory:injury', args=[injury.id])}#yrkesskade",
        context={"unit": place.unit.name, "day": date_format(claim_lost_on(injury.happened_on), "j.n.Y")},
    )
