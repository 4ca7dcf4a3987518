"""What procedures ask of people on "Now" (2.3, 2.4): read; of leaders, approve and go through again.

Two queries: what one has to read, and what waits in the units one leads.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import BooleanField, Exists, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.controls.models import Procedure, ProcedureVersion
from tryggmote.controls.procedure_queries import with_unread_by
from tryggmote.controls.procedure_rules import REVIEW_ASKED_FOR_DAYS_BEFORE, read_by
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.information.queries import unread_by
from tryggmote.organisation.models import Placement
from tryggmote.organisation.queries import current
from tryggmote.organisation.roles import LEADS
from tryggmote.ui.dates import day, oslo_day

AT_MOST = 20


def procedure_duties(person: SignedInPerson) -> Iterator[Duty]:
    """What this person must read, and what waits for those who lead."""
    yield from _unread(person)
    if person.has_role(*LEADS):
        yield from _waiting(timezone.localdate())


def _unread(person: SignedInPerson) -> Iterator[Duty]:
    came = Placement.objects.filter(current(timezone.localdate()), person_id=person.id).order_by("starts_on")
    # As long as the news of it is unread, information asks for it; then it remains to confirm.
    asked_for_by_news = unread_by(person.id).filter(subject_id=OuterRef("pk"), is_important=True)
    found = with_unread_by(Procedure.objects.all(), person).filter(
        ~Exists(asked_for_by_news), Q(is_unread=True)
    )
    found = found.annotate(since=Subquery(came.values("starts_on")[:1]))
    for procedure in found.select_related("unit").order_by("must_read_at")[:AT_MOST]:
        yield Duty(
            title=_("Les rutinen «%(title)s»") % {"title": procedure.title},
            why=_("%(unit)s: Alle må lese den og si at de har forstått.") % {"unit": procedure.unit.name},
            url=procedure.get_absolute_url(),
            action=_("Les rutinen"),
            due=procedure.must_read_at and read_by(procedure.must_read_at, procedure.since),
            urgency=Urgency.SOON,
            requirement="2.3",
            kind="procedure_unread",
        )


def _waiting(today: date) -> Iterator[Duty]:
    led = RawSQL(
        "controls_procedure.unit_id = any ((select app.units_led())::integer[])",
        [],
        output_field=BooleanField(),
    )
    ready = Exists(
        ProcedureVersion.objects.filter(procedure=OuterRef("pk"), approved_at=None, ready_at__isnull=False)
    )
    soon = today + timedelta(days=REVIEW_ASKED_FOR_DAYS_BEFORE)
    found = (
        Procedure.objects.annotate(is_ready=ready)
        .filter(led, Q(is_ready=True) | Q(review_on__lte=soon), ended_at=None)
        .select_related("unit")
        .order_by("review_on")[:AT_MOST]
    )
    for procedure in found:
        yield _approving(procedure) if procedure.is_ready else _reviewing(procedure)


def _approving(procedure: Procedure) -> Duty:
    return Duty(
        title=_("Les og godkjenn utkastet til «%(title)s»") % {"title": procedure.title},
        why=_("%(unit)s: Utkastet er klart. Rutinen gjelder først når du har godkjent den.")
        % {"unit": procedure.unit.name},
        url=f"{procedure.get_absolute_url()}utkast/",
        action=_("Les utkastet"),
        due=None,
        urgency=Urgency.SOON,
        requirement="2.3",
        kind="procedure_waiting",
    )


def _reviewing(procedure: Procedure) -> Duty:
    review_on = procedure.review_on
    assert review_on is not None  # filtered in the query
    return Duty(
        title=_("Gå gjennom rutinen «%(title)s»") % {"title": procedure.title},
        why=_("%(unit)s: Den skal gjennomgås innen %(day)s.")
        % {"unit": procedure.unit.name, "day": day(review_on)},
        url=procedure.get_absolute_url(),
        action=_("Åpne rutinen"),
        due=oslo_day(review_on)[1],
        urgency=Urgency.LATER,
        requirement="2.3",
        kind="procedure_review",
    )
