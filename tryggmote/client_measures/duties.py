"""What cases ask of the unit's leader on "Now": decide, look again, answer a complaint, send to the archive.

One query, and none for others than leaders: nobody else decides.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.client_measures import queries
from tryggmote.client_measures.guidelines import guidelines
from tryggmote.client_measures.models import ClientMeasure
from tryggmote.client_measures.vocabulary import Outcome, State, StepKind
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.organisation.roles import LEADS_DIRECTLY
from tryggmote.organisation.workdays import add_workdays
from tryggmote.ui.dates import day, oslo_day

ASKED_DAYS_BEFORE = 3
_MAY_WAIT = (
    Q(decided_at=None, submitted_at__isnull=False)
    | Q(outcome=Outcome.IMPOSED)
    | Q(complained_at__isnull=False)
)
_DECIDED_BY_ME = "unit_id = any ((select app.decides_client_measures_in())::integer[])"


def client_measure_duties(person: SignedInPerson) -> Iterator[Duty]:
    """What waits for this leader."""
    if not person.has_role(*LEADS_DIRECTLY):
        return
    today = timezone.localdate()
    mine = RawSQL(f"client_measures_clientmeasure.{_DECIDED_BY_ME}", [], output_field=BooleanField())  # noqa: S611
    for case in queries.cases().filter(mine, _MAY_WAIT)[: queries.LIST_LIMIT]:
        if duty := _duty_of(case, today):
            yield duty


def _duty_of(case: ClientMeasure, today: date) -> Duty | None:
    """The first thing that waits in a case, or None."""
    state = case.state(today)
    if case.has_open_complaint and case.complained_at:
        return _duty(
            case,
            StepKind.COMPLAINT_ANSWERED,
            title=_("Svar på klagen fra en bruker"),
            why=_("Brukeren har klaget på et tiltak, og skal ha et skriftlig svar."),
            action=_("Svar på klagen"),
            due=add_workdays(case.complained_at, guidelines().answer_complaint_within_workdays),
            urgency=Urgency.TODAY,
        )
    if state == State.HEARD and case.submitted_at:
        return _duty(
            case,
            StepKind.DECIDED,
            title=_("Avgjør en sak om tiltak overfor bruker"),
            why=_("Saken er klar. Bare du som leder kan avgjøre den."),
            action=_("Les og avgjør"),
            urgency=Urgency.TODAY,
        )
    if state == State.IN_FORCE and case.review_on and _is_to_review(case, today):
        return _duty(
            case,
            StepKind.REVIEWED,
            title=_("Vurder et tiltak overfor bruker på nytt"),
            why=_("Er det ikke lenger nødvendig, opphever du det."),
            action=_("Vurder på nytt"),
            due=oslo_day(case.review_on)[1],
            urgency=Urgency.SOON,
        )
    if state in (State.EXPIRED, State.LIFTED) and case.archived_at is None and case.delete_on:
        return _duty(
            case,
            StepKind.ARCHIVED,
            title=_("Send en avsluttet sak til arkivet"),
            why=_("Saken slettes her før %(day)s. Last den ned og legg den i arkivet.")
            % {"day": day(case.delete_on)},
            action=_("Åpne saken"),
            due=oslo_day(case.delete_on)[0],
            urgency=Urgency.SOON,
        )
    return None


def _is_to_review(case: ClientMeasure, today: date) -> bool:
    assert case.review_on
    begins = case.review_on - timedelta(days=ASKED_DAYS_BEFORE)
    reviewed_on = timezone.localdate(case.reviewed_at) if case.reviewed_at else None
    return begins <= today and (reviewed_on is None or reviewed_on < begins)


def _duty(
    case: ClientMeasure,
    kind: StepKind,
    *,
    title: str,
    why: str,
    action: str,
    urgency: Urgency,
    due: datetime | None = None,
) -> Duty:
    return Duty(
        title=title,
        why=f"{case.unit.name}. {why}",
        url=case.get_absolute_url(),
        action=action,
        due=due,
        urgency=urgency,
        requirement="",
        kind=f"client_measure_{kind}",
    )
