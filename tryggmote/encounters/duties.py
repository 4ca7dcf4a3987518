"""What "Now" shows for encounters: who waits for a leader, what must be answered, where one is to be."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, MeetingToday, Ongoing, Urgency
from tryggmote.encounters import outing_queries, queries
from tryggmote.encounters.models import Check, Outing
from tryggmote.encounters.outing_panel import PANEL, panel_of
from tryggmote.encounters.states import State
from tryggmote.ui.dates import oslo_today

MOST = 50  # rows of one kind; more is a list of its own


def people_out(person: SignedInPerson) -> Iterator[Duty | Ongoing]:
    """One's own outing; and the contact, then the leaders, ring somebody who has not answered (AML § 4-1)."""
    for outing in outing_queries.own_and_missed(person)[:MOST]:
        is_own = outing.employee_id == person.id
        yield Ongoing(PANEL, panel_of(person, outing)) if is_own else _ring(outing)


def _ring(outing: Outing) -> Duty:
    return Duty(
        title=_("Ring %(name)s") % {"name": outing.employee.name},
        why=_("Tiden er gått, og ingen har hørt noe. Si fra her når dere har snakket."),
        url=outing.get_absolute_url(),
        action=_("Se nummer og sted"),
        due=outing.expected_at,
        urgency=Urgency.AT_ONCE,
        requirement="",
        kind="encounters.ring",
    )


def checks_waiting_for_me(person: SignedInPerson) -> Iterator[Duty]:
    """A leader answers checks that ask for one (2.2)."""
    if not person.is_leader:
        return
    for check in queries.checks_waiting_for(person)[:MOST]:
        yield Duty(
            title=_("Svar %(name)s før møtet") % {"name": check.employee.name},
            why=_("Sjekken ber om lederen. Den ansatte venter på svaret."),
            url=check.get_absolute_url(),
            action=_("Svar"),
            due=check.starts_at,
            urgency=Urgency.NOW,
            requirement="2.2",
            kind="encounters.answer_check",
        )


def risks_to_answer(person: SignedInPerson) -> Iterator[Duty]:
    """A leader answers every stop and every reported risk (2.2)."""
    if not person.is_leader:
        return
    for report in queries.risks_owed_by(person)[:MOST]:
        title = (
            _("Svar %(name)s, som stanset et møte")
            if report.stopped_work
            else _("Svar %(name)s, som meldte en risiko")
        )
        yield Duty(
            title=title % {"name": report.reporter.name},
            why=_("Alle stans og meldte risikoer skal ha svar."),
            url=report.get_absolute_url(),
            action=_("Les og svar"),
            due=report.answer_due,
            urgency=Urgency.NOW if report.stopped_work else Urgency.SOON,
            requirement="2.2",
            kind="encounters.answer_risk",
        )


def my_checks_to_finish(person: SignedInPerson) -> Iterator[Duty]:
    """The employee decides what to do with a meeting, and tells afterwards how it went (2.2)."""
    now = timezone.now()
    for check in queries.checks_to_finish(person, now)[:MOST]:
        if not check.is_decided:
            yield _decide(check)
        elif _is_over(check, now):
            yield _tell_outcome(check)


def _decide(check: Check) -> Duty:
    why = (
        _("Lederen er spurt. Du kan alltid utsette møtet eller bytte form.")
        if check.waits_for_leader
        else _("Sjekken er gjort, men du har ikke valgt hva du gjør.")
    )
    return Duty(
        title=_("Avgjør møtet du har sjekket"),
        why=_("Lederen har svart.") if check.answered_at else why,
        url=check.get_absolute_url(),
        action=_("Se sjekken"),
        due=check.starts_at,
        urgency=Urgency.TODAY if check.waits_for_leader else Urgency.NOW,
        requirement="2.2",
        kind="encounters.decide",
    )


def _tell_outcome(check: Check) -> Duty:
    return Duty(
        title=_("Hvordan gikk møtet?"),
        why=_("Ett trykk er nok når alt gikk bra."),
        url=f"{check.get_absolute_url()}#utfall",
        action=_("Si hvordan det gikk"),
        due=None,
        urgency=Urgency.LATER,
        requirement="2.2",
        kind="encounters.outcome",
    )


def _is_over(check: Check, now: datetime) -> bool:
    return now > (check.starts_at or check.created_at) + timedelta(hours=1)


def meetings_today(person: SignedInPerson) -> Iterator[MeetingToday]:
    """Today's meetings, each with the next step."""
    for planned in queries.todays_meetings(person, oslo_today()):
        meeting, check = planned.meeting, planned.check
        check_url = f"{reverse('encounters:check_new', args=[meeting.form])}?meeting={meeting.id}"
        yield MeetingToday(
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            form=meeting.form_word,
            place=meeting.place,
            url=check.get_absolute_url() if check else reverse("encounters:meeting", args=[meeting.id]),
            state=str(planned.state.word),
            variant=planned.state.variant,
            action=_("Sjekk møtet") if planned.state is State.UNCHECKED else "",
            action_url=check_url if planned.state is State.UNCHECKED else "",
        )
