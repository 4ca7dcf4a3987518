"""What expert help asks of people on "Now": answer what one is asked, and follow up what is late (1.2).

One query for experts, one for leaders and safety representatives.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.expertise import queries
from tryggmote.expertise.models import ExpertRequest
from tryggmote.expertise.vocabulary import ADVISERS, State
from tryggmote.organisation.roles import LEADS, Role
from tryggmote.ui.dates import oslo_day

AT_MOST = 20
ASKERS = (*LEADS, Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE)


def expertise_duties(person: SignedInPerson) -> Iterator[Duty]:
    """What one is asked as an expert, and what one, or the unit, has asked and not had answered in time."""
    if person.has_role(*ADVISERS):
        yield from map(_to_answer, queries.waiting_for_me()[:AT_MOST])
    if person.has_role(*ASKERS):
        yield from map(_to_follow_up, queries.late_for_me(person.id)[:AT_MOST])


def _to_answer(request: ExpertRequest) -> Duty:
    is_late = request.state is State.LATE
    return Duty(
        title=_("Svar på spørsmålet fra %(unit)s") % {"unit": request.unit.name},
        why=_("De trenger faglig hjelp, og dagen de satte, er passert.")
        if is_late
        else _("De trenger faglig hjelp, og har satt en dag for svaret."),
        url=request.get_absolute_url(),
        action=_("Les og svar"),
        due=oslo_day(request.wanted_by)[1],
        urgency=Urgency.TODAY if is_late else Urgency.SOON,
        requirement="1.2",
        kind="expertise_answer",
    )


def _to_follow_up(request: ExpertRequest) -> Duty:
    return Duty(
        title=_("%(expert)s har ikke svart %(unit)s") % {"expert": request.expert, "unit": request.unit.name},
        why=_("Dagen for svaret er passert. Purr, eller skriv svaret hvis dere har fått det."),
        url=request.get_absolute_url(),
        action=_("Åpne spørsmålet"),
        due=oslo_day(request.wanted_by)[1],
        urgency=Urgency.TODAY,
        requirement="1.2",
        kind="expertise_late",
    )
