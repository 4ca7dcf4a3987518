"""What changes an incident: one function an act, each in one transaction, writing its notices (2.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import PlacementInfo, SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.access.reading import log_read
from tryggmote.incidents import consequences, hazards, telling
from tryggmote.incidents.codebook import NEWEST
from tryggmote.incidents.models import (
    AssessedLevel,
    Classification,
    Escalation,
    Incident,
    Opening,
    Recipient,
    Reply,
)
from tryggmote.incidents.rules import capacity_of, involved, may_handle
from tryggmote.incidents.vocabulary import About, Capacity
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Workforce
from tryggmote.organisation.queries import placement_of, safety_area_of

READ_LOG_KIND = "incident"


@dataclass(frozen=True)
class IncidentReport:
    """What the reporter answered. Three answers are asked for: `natures`, `form` and `severity`.

    `id` is made with the form, so that sending it again is harmless. `exposed_id`: the colleague it happened
    to, None when it is the reporter or nobody; `about` says which.
    """

    id: UUID
    natures: tuple[str, ...]
    form: str
    severity: int
    about: str = About.SELF
    exposed_id: int | None = None
    happened_at: datetime | None = None
    place: str = ""
    what_happened: str = ""
    words_only: bool = False
    outside_work: bool = False
    immediate_help: str = ""
    check_id: UUID | None = None


@transaction.atomic
def report_incident(*, by: SignedInPerson, report: IncidentReport, at: datetime | None = None) -> Incident:
    """Record a report, and tell the nearest leaders and the safety representatives at once (2.4, AML § 2-3).

    It is a hazard in the unit's inbox until somebody has judged it (2.1).
    Sending the same `report.id` again returns the first incident and tells nobody twice. `at`: when it is
    received, now by default. Raises NotPossible when the colleague works nowhere, when the reporter belongs
    to no unit, or when the id is taken by another's report.
    """
    if first := _sent_before(by, report.id):
        return first
    try:
        with transaction.atomic():
            return _record(by, report, at or timezone.now())
    except IntegrityError as error:
        # The same report arrived twice at once; the other one won.
        if first := _sent_before(by, report.id):
            return first
        raise NotPossible(
            _("Meldingen kunne ikke lagres. Åpne skjemaet på nytt, så finner du igjen teksten din der.")
        ) from error


@transaction.atomic
def open_incident(*, by: SignedInPerson, incident: Incident, at: datetime | None = None) -> Opening | None:
    """Log that `by` reads it. The first time a leader or safety representative does, it is a receipt.

    Returns the receipt when it was written now, and the reporter is told; else None.
    """
    log_read(by, READ_LOG_KIND, incident.id)
    told_as = (
        Recipient.objects.filter(incident=incident, person_id=by.id)
        .values_list("capacity", flat=True)
        .first()
    )
    capacity = capacity_of(by, incident, Capacity(told_as) if told_as else None)
    if capacity is None or Opening.objects.filter(incident=incident, person_id=by.id).exists():
        return None
    opening = Opening(incident=incident, person_id=by.id, capacity=capacity, at=at or timezone.now())
    # A second tap at the same moment is not another first time.
    Opening.objects.bulk_create([opening], ignore_conflicts=True)
    incident.refresh_from_db()
    tell(
        person_ids=[incident.reporter_id],
        kind="incident_read",
        subject_id=incident.id,
        url=incident.get_absolute_url(),
        context={"name": by.name},
    )
    return opening


@transaction.atomic
def answer_reporter(
    *, by: SignedInPerson, incident: Incident, reply_id: UUID, text: str, at: datetime | None = None
) -> Reply:
    """Answer the one who reported; the exposed may read it too. The same `reply_id` again changes nothing.

    Raises NotAllowed for others than uninvolved leaders.
    """
    _must_handle(by, incident)
    fields = {"text": text, "at": at or timezone.now()}
    reply, is_new = made_once(Reply, id=reply_id, owner=_acts_on(by, incident), fields=fields)
    if is_new:
        incident.refresh_from_db()
        tell(
            person_ids=involved(incident),
            kind="incident_answered",
            subject_id=incident.id,
            url=incident.get_absolute_url(),
            context={"name": by.name},
        )
    return reply


@transaction.atomic
def assess_level(
    *,
    by: SignedInPerson,
    incident: Incident,
    assessment_id: UUID,
    level: int,
    reason: str = "",
    at: datetime | None = None,
) -> AssessedLevel:
    """Set the leader's level, 0-5. Earlier judgements and the experienced severity stay as they were.

    The level asks for steps with deadlines (`consequences`). From level 3 the risk assessments of the unit
    for that meeting form are opened again, once (2.1).
    The same `assessment_id` again changes nothing. Raises NotAllowed for others than uninvolved leaders.
    """
    _must_handle(by, incident)
    fields = {"level": level, "reason": reason, "at": at or timezone.now()}
    assessed, is_new = made_once(AssessedLevel, id=assessment_id, owner=_acts_on(by, incident), fields=fields)
    if is_new:
        incident.refresh_from_db()
        assessed.incident = incident
        consequences.follow_level(by=by, assessed=assessed)
        if hazards.reopen_when_serious(assessed):
            consequences.take_step(by=by, incident=incident, code="reassess", at=assessed.at)
    return assessed


@transaction.atomic
def classify(
    *,
    by: SignedInPerson,
    incident: Incident,
    classification_id: UUID,
    codes: Mapping[str, Any],
    at: datetime | None = None,
) -> Classification:
    """Describe what happened with the newest code book. Earlier classifications stay as they were.

    `codes`: the fields of `Classification` that are codes, numbers or choices. The same `classification_id`
    again changes nothing. Raises NotAllowed for others than uninvolved leaders.
    """
    _must_handle(by, incident)
    fields = {"codebook": NEWEST, "at": at or timezone.now(), **codes}
    classification, _is_new = made_once(
        Classification, id=classification_id, owner=_acts_on(by, incident), fields=fields
    )
    return classification


def _acts_on(by: SignedInPerson, incident: Incident) -> dict[str, int | UUID]:
    """Whose act it is, and on what: what makes a form sent again the same act."""
    return {"by_id": by.id, "incident_id": incident.id}


def _sent_before(by: SignedInPerson, incident_id: UUID) -> Incident | None:
    return Incident.objects.filter(id=incident_id, reporter_id=by.id).first()


def _record(by: SignedInPerson, report: IncidentReport, at: datetime) -> Incident:
    exposed_id = by.id if report.about == About.SELF else report.exposed_id
    concerned_id = exposed_id or by.id
    placement = _placement(by, concerned_id)
    area_id = safety_area_of(placement)
    incident = Incident.objects.create(
        id=report.id,
        reporter_id=by.id,
        exposed_id=exposed_id,
        about=report.about,
        workforce_id=placement.workforce_id,
        safety_area_id=area_id,
        natures=list(report.natures),
        form=report.form,
        place=report.place,
        happened_at=report.happened_at or at,
        experienced_severity=report.severity,
        what_happened=report.what_happened,
        words_only=report.words_only,
        outside_work=report.outside_work,
        immediate_help=report.immediate_help,
        check_id=report.check_id,
        created_at=at,
    )
    consequences.ask_at_report(incident)
    told = telling.whom_to_tell(
        concerned_id=concerned_id, reporter_id=by.id, place=placement, safety_area_id=area_id
    )
    _tell_of(incident, told, placement, at)
    hazards.raise_from_incident(incident, unit_id=placement.unit_id)
    return incident


def _tell_of(incident: Incident, told: telling.Telling, placement: PlacementInfo, at: datetime) -> None:
    Recipient.objects.bulk_create(
        Recipient(incident=incident, person_id=person_id, capacity=capacity, at=at)
        for person_id, capacity in told.recipients.items()
    )
    if told.passed_on:
        next_leader_id, reason = told.passed_on
        Escalation.objects.create(incident=incident, to_person_id=next_leader_id, reason=reason, at=at)
        incident.refresh_from_db()
    _notify(incident, "incident_reported", told.recipients, placement.unit_name)
    if incident.concerned_id != incident.reporter_id:
        _notify(incident, "incident_about_you", [incident.concerned_id], placement.unit_name)
    if not told.is_complete:
        administrators = telling.administrators_of(placement.unit_id)
        # They may not open the incident, so the notice leads to their own first page.
        tell(
            person_ids=administrators,
            kind="incident_without_recipient",
            subject_id=incident.id,
            url=reverse("now"),
            context={"unit": placement.unit_name},
        )


def _notify(incident: Incident, kind: str, person_ids: Iterable[int], unit: str) -> None:
    tell(
        person_ids=person_ids,
        kind=kind,
        subject_id=incident.id,
        url=incident.get_absolute_url(),
        context={"unit": unit},
    )


def _placement(by: SignedInPerson, concerned_id: int) -> PlacementInfo:
    if concerned_id == by.id and by.placement:
        return by.placement
    if concerned_id != by.id and (found := placement_of(concerned_id)):
        return found
    if concerned_id == by.id and (found := _through_role(by)):
        return found
    raise NotPossible(
        _(
            "Personen det gjelder, er ikke registrert på noe arbeidssted. "
            "Meld i stedet som vitne, uten å velge kollega."
        )
    )


def _through_role(by: SignedInPerson) -> PlacementInfo | None:
    """A guard or an auditor works for another enterprise; what they report belongs to the unit they serve."""
    workforce = Workforce.objects.filter(unit_id=by.unit.id).order_by("id").first() if by.unit else None
    if workforce is None or by.unit is None:
        return None
    return PlacementInfo(
        unit_id=by.unit.id,
        unit_name=by.unit.name,
        workforce_id=workforce.id,
        employer_id=workforce.employer_id,
        safety_area_id=None,
        meets_clients=False,
        meeting_forms=(),
    )


def _must_handle(by: SignedInPerson, incident: Incident) -> None:
    if not may_handle(by, incident):
        raise NotAllowed(
            _("Bare en leder som ikke selv er en del av hendelsen, kan svare og vurdere."),
            who_can_help=_("Nærmeste leder for den det gjelder, eller neste leder."),
        )
