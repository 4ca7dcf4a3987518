"""Reports that belong together: of one event they are linked, and what comes later is told (2.4)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.incidents import later_reported
from tryggmote.incidents.models import Incident, LaterReport, Recipient, SameEvent, SameEventUndone
from tryggmote.incidents.rules import involved, may_handle
from tryggmote.incidents.services import IncidentReport, report_incident
from tryggmote.incidents.vocabulary import About
from tryggmote.notices.services import tell


@dataclass(frozen=True)
class LaterWords:
    """What somebody tells weeks or months afterwards. `id` is made with the form.

    `is_about_me`: false when a colleague tells it for the exposed.
    """

    id: UUID
    severity: int
    what_happened: str
    is_about_me: bool = True


@transaction.atomic
def link_same_event(*, by: SignedInPerson, incident: Incident, other: Incident) -> SameEvent:
    """Say that `other` tells of the same event as `incident`; those gathered round `other` come along.

    Nobody sees more than before, and every report keeps its words and gets its own answer. Linking what is
    linked changes nothing. Raises: NotAllowed for others than a leader who handles both; NotPossible when one
    of them belongs to an event this leader does not see, or came later than another.
    """
    must_handle(by, incident, other)
    if incident.id == other.id:
        raise NotPossible(_("En melding kan ikke kobles til seg selv."))
    event, others_event = _event_of(incident), _event_of(other)
    if event == others_event:
        return SameEvent.objects.filter(undone_at=None, incident__in=[incident.id, other.id])[0]
    gathered = list(SameEvent.objects.filter(undone_at=None, event_id=others_event).order_by("at"))
    now = timezone.now()
    try:
        with transaction.atomic():
            SameEventUndone.objects.bulk_create(
                SameEventUndone(link=link, by_id=by.id, at=now) for link in gathered
            )
            links = SameEvent.objects.bulk_create(
                SameEvent(incident_id=report_id, event_id=event, by_id=by.id, at=now)
                for report_id in [others_event, *(link.incident_id for link in gathered)]
            )
    except IntegrityError as error:
        raise NotPossible(
            _("En av meldingene hører alt til en annen hendelse. Åpne siden på nytt, så ser du hvilken.")
        ) from error
    return links[0]


@transaction.atomic
def undo_link(*, by: SignedInPerson, link: SameEvent) -> None:
    """Say that they were not the same event. Undoing what is undone changes nothing.

    Raises: NotAllowed for others than a leader who handles both.
    """
    must_handle(by, link.incident, link.event)
    if link.undone_at is None:
        SameEventUndone.objects.bulk_create([SameEventUndone(link=link, by_id=by.id)], ignore_conflicts=True)


@transaction.atomic
def report_later(
    *, by: SignedInPerson, earlier: Incident, words: LaterWords, at: datetime | None = None
) -> Incident:
    """Tell what came after an incident, as a report of its own that is read and answered like any other.

    Today's leaders and safety representatives are told, and those who dealt with the first one as far as they
    may read this one. The same `words.id` again returns the first. Raises: NotAllowed for others than the
    reporter and the exposed; NotPossible as `report_incident`.
    """
    if by.id not in involved(earlier):
        raise NotAllowed(_("Bare den som meldte, og den det gjelder, kan melde det som kom etterpå."))
    is_about_me = words.is_about_me or earlier.exposed_id in (None, by.id)
    report = IncidentReport(
        id=words.id,
        natures=tuple(earlier.natures),
        form=earlier.form,
        severity=words.severity,
        about=About.SELF if is_about_me else About.OTHER,
        exposed_id=None if is_about_me else earlier.exposed_id,
        happened_at=earlier.happened_at,
        place=earlier.place,
        what_happened=words.what_happened,
        words_only=earlier.words_only,
        outside_work=earlier.outside_work,
    )
    incident = report_incident(by=by, report=report, at=at)
    first = _first_of(earlier)
    _link, is_new = LaterReport.objects.get_or_create(incident=incident, defaults={"earlier": first})
    if is_new:
        _tell_those_who_dealt_with(first, incident, at or timezone.now())
        later_reported.announce(by, first, incident)
    return incident


def must_handle(by: SignedInPerson, *incidents: Incident) -> None:
    """Raises NotAllowed unless `by` is a leader who handles each of them."""
    if not all(may_handle(by, incident) for incident in incidents):
        raise NotAllowed(
            _("Bare en leder som ikke selv er en del av hendelsen, kan koble meldinger."),
            who_can_help=_("Nærmeste leder for den det gjelder, eller neste leder."),
        )


def _event_of(incident: Incident) -> UUID:
    """The report that this one gathers round, or its own id."""
    link = SameEvent.objects.filter(incident=incident, undone_at=None).first()
    return link.event_id if link else incident.id


def _first_of(incident: Incident) -> Incident:
    """The incident itself, or the one it came later than: later reports all stand beside the first."""
    later = LaterReport.objects.filter(incident=incident).select_related("earlier").first()
    return later.earlier if later else incident


# `app.context_of` says what each holds today: only those who may read the new report are told of it.
_DEALT_WITH = """
select distinct on (dealt.person_id) dealt.person_id, dealt.capacity
from (select person_id, capacity from incidents_recipient where incident_id = %(earlier)s
      union all
      select person_id, capacity from incidents_opening where incident_id = %(earlier)s) dealt
cross join lateral (select app.context_of(dealt.person_id::integer) as held offset 0) today
where not (dealt.person_id = any (%(involved)s))
  and not exists (select 1 from incidents_recipient told
                  where told.incident_id = %(report)s and told.person_id = dealt.person_id)
  and (%(workforce)s = any ((held->>'led')::integer[]) or %(concerned)s = any ((held->>'team')::integer[])
       or %(area)s = any ((held->>'areas')::integer[]))
order by dealt.person_id, dealt.capacity
"""


def _tell_those_who_dealt_with(earlier: Incident, report: Incident, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _DEALT_WITH,
            {
                "earlier": earlier.id,
                "report": report.id,
                "involved": sorted(involved(report)),
                "workforce": report.workforce_id,
                "concerned": report.concerned_id,
                "area": report.safety_area_id,
            },
        )
        dealt_with = cursor.fetchall()
    Recipient.objects.bulk_create(
        Recipient(incident=report, person_id=person_id, capacity=capacity, at=at)
        for person_id, capacity in dealt_with
    )
    tell(
        person_ids=[person_id for person_id, _capacity in dealt_with],
        kind="incident_later_reported",
        subject_id=report.id,
        url=report.get_absolute_url(),
        context={"unit": report.workforce.unit.name},
    )
