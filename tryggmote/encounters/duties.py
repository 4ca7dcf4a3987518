"""What "Now" shows for encounters: what is owed, in words (2.2, AML § 4-1), and where one is and is to be.

`duties.sql` says who owes what by when. What begins and ends within the day is asked for when "Now" is
opened: one's own outing, how a meeting that is over went, and today's meetings.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.kinds import DutyKind, Owed, Wording
from tryggmote.duties.registry import Duty, MeetingToday, Ongoing, Urgency
from tryggmote.encounters import outing_queries, queries
from tryggmote.encounters.models import Check
from tryggmote.encounters.outing_panel import PANEL, panel_of
from tryggmote.encounters.states import State
from tryggmote.ui.dates import oslo_today

MOST = 50  # rows of one kind; more is a list of its own
REQUIREMENT = "2.2"


def _ringing(owed: Owed) -> Wording:
    return Wording(
        title=_("Ring %(name)s") % owed.words,
        why=_("Tiden er gått, og ingen har hørt noe. Si fra her når dere har snakket."),
        url=reverse("encounters:outing", args=[owed.subject]),
        action=_("Se nummer og sted"),
    )


def _answering_check(owed: Owed) -> Wording:
    return Wording(
        title=_("Svar %(name)s før møtet") % owed.words,
        why=_("Sjekken ber om lederen. Den ansatte venter på svaret."),
        url=reverse("encounters:check", args=[owed.subject]),
        action=_("Svar"),
    )


def _answering_risk(owed: Owed) -> Wording:
    title = (
        _("Svar %(name)s, som stanset et møte")
        if owed.words["stopped_work"]
        else _("Svar %(name)s, som meldte en risiko")
    )
    return Wording(
        title=title % owed.words,
        why=_("Alle stans og meldte risikoer skal ha svar."),
        url=reverse("encounters:risk", args=[owed.subject]),
        action=_("Les og svar"),
    )


def _deciding(owed: Owed) -> Wording:
    why = (
        _("Lederen er spurt. Du kan alltid utsette møtet eller bytte form.")
        if owed.words["waits"]
        else _("Sjekken er gjort, men du har ikke valgt hva du gjør.")
    )
    return Wording(
        title=_("Avgjør møtet du har sjekket"),
        why=_("Lederen har svart.") if owed.words["is_answered"] else why,
        url=reverse("encounters:check", args=[owed.subject]),
        action=_("Se sjekken"),
    )


KINDS = (
    DutyKind(
        "encounters_ring", "", gettext_lazy("Noen som er ute alene og ikke har svart"), _ringing,
        escalates=False,
    ),
    DutyKind(
        "encounters_answer_check", REQUIREMENT, gettext_lazy("Svar før et møte"), _answering_check,
        escalates=False,
    ),
    DutyKind(
        "encounters_answer_risk", REQUIREMENT, gettext_lazy("Svar på stans og meldt risiko"), _answering_risk,
        escalates=False,
    ),
    DutyKind(
        "encounters_decide", REQUIREMENT, gettext_lazy("Et møte som er sjekket"), _deciding,
        escalates=False,
    ),
)  # fmt: skip


def out_alone(person: SignedInPerson) -> Iterator[Ongoing]:
    """One's own outing."""
    if outing := outing_queries.my_outing(person):
        yield Ongoing(PANEL, panel_of(person, outing))


def outcomes_to_tell(person: SignedInPerson) -> Iterator[Duty]:
    """The employee tells how a meeting went when it is over (2.2)."""
    now = timezone.now()
    for check in queries.checks_without_outcome(person, now)[:MOST]:
        if _is_over(check, now):
            yield _telling(check)


def _telling(check: Check) -> Duty:
    return Duty(
        title=_("Hvordan gikk møtet?"),
        why=_("Ett trykk er nok når alt gikk bra."),
        url=f"{check.get_absolute_url()}#utfall",
        action=_("Si hvordan det gikk"),
        due=None,
        urgency=Urgency.LATER,
        requirement=REQUIREMENT,
        kind="encounters_outcome",
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
