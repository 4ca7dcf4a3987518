"""What assessments ask of people on "Now" (1.1, 2.1): to answer, approve or look again. Three queries."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.organisation.models import RoleAssignment, UnitClosure
from tryggmote.organisation.queries import current
from tryggmote.organisation.roles import LEADS
from tryggmote.risk import rules
from tryggmote.risk.models import Approval, Assessment, NotConsulted, Opinion, Participant, Version
from tryggmote.risk.vocabulary import Capacity, Cause
from tryggmote.ui.dates import day, oslo_day, oslo_today

AT_MOST = 20
REVIEW_SHOWN_BEFORE = timedelta(days=30)


def assessment_duties(person: SignedInPerson) -> Iterator[Duty]:
    """What this person owes the assessments of the units they belong to."""
    yield from _opinions(person)
    if person.has_role(*LEADS):
        yield from _drafts(person)
        yield from _reviews()


def _opinions(person: SignedInPerson) -> Iterator[Duty]:
    answered = Opinion.objects.filter(version_id=OuterRef("version_id"), person_id=person.id)
    recorded = NotConsulted.objects.filter(version_id=OuterRef("version_id"), person_id=person.id)
    asked = (
        Participant.objects.filter(
            person_id=person.id, version__approved_at=None, version__consulted_at__isnull=False
        )
        .exclude(capacity=Capacity.LEADER)
        .exclude(Exists(answered))
        .exclude(Exists(recorded))
        .select_related("version__assessment__unit")
        .order_by("version__consult_by")[:AT_MOST]
    )
    for participant in asked:
        assessment = participant.version.assessment
        yield Duty(
            title=_("Si hva du mener om risikovurderingen «%(title)s»") % {"title": assessment.title},
            why=_("%(unit)s. Det du mener, følger vurderingen når den blir godkjent.")
            % {"unit": assessment.unit.name},
            url=reverse("risk:people", args=[assessment.id]),
            action=_("Uttal deg"),
            due=_end_of(participant.version.consult_by),
            urgency=Urgency.SOON,
            requirement="2.1",
            kind="risk_opinion",
        )


def _drafts(person: SignedInPerson) -> Iterator[Duty]:
    """Where one employer has approved and this leader's has not, and what was opened again and waits.

    What is opened because its date is near, is asked for as a review.
    """
    half_approved = Q(is_half_approved=True, is_asked=True)
    opened_again = Q(is_half_approved=False, number__gt=1) & ~Q(cause=Cause.DATE)
    waiting = (
        Version.objects.filter(_led("assessment__unit_id"), approved_at=None)
        .annotate(
            is_half_approved=Exists(Approval.objects.filter(version_id=OuterRef("id"))),
            is_asked=Exists(_empty_seats(person)),
        )
        .filter(half_approved | opened_again)
        .select_related("assessment__unit")
        .order_by("opened_at")[:AT_MOST]
    )
    for version in waiting:
        yield _approval(version) if version.is_half_approved else _opened_again(version)


def _approval(version: Version) -> Duty:
    return Duty(
        title=_("Godkjenn risikovurderingen «%(title)s»") % {"title": version.assessment.title},
        why=_("%(unit)s. Den andre arbeidsgiveren har godkjent.") % {"unit": version.assessment.unit.name},
        url=reverse("risk:approve", args=[version.assessment_id]),
        action=_("Se og godkjenn"),
        due=None,
        urgency=Urgency.SOON,
        requirement="2.1",
        kind="risk_approval",
    )


def _opened_again(version: Version) -> Duty:
    return Duty(
        title=_("Vurder på nytt: «%(title)s»") % {"title": version.assessment.title},
        why=_("%(unit)s. Åpnet igjen: %(cause)s.")
        % {"unit": version.assessment.unit.name, "cause": Cause(version.cause).label},
        url=version.assessment.get_absolute_url(),
        action=_("Gå gjennom"),
        due=_end_of(rules.assess_again_by(version.opened_at)),
        urgency=Urgency.SOON,
        requirement="2.1",
        kind="risk_reopened",
    )


def _empty_seats(person: SignedInPerson) -> QuerySet[RoleAssignment]:
    """Roles in which this person leads the unit of a version, for an employer that has not approved it."""
    around = UnitClosure.objects.filter(descendant_id=OuterRef(OuterRef("assessment__unit_id")))
    taken = Approval.objects.filter(version_id=OuterRef(OuterRef("id")), employer_id=OuterRef("employer_id"))
    return RoleAssignment.objects.filter(
        ~Exists(taken),
        current(oslo_today()),
        person_id=person.id,
        role__in=LEADS,
        unit_id__in=around.values("ancestor_id"),
    )


def _reviews() -> Iterator[Duty]:
    soon = (
        Assessment.objects.filter(_led("unit_id"), review_on__lte=oslo_today() + REVIEW_SHOWN_BEFORE)
        .select_related("unit")
        .order_by("review_on")[:AT_MOST]
    )
    for assessment in soon:
        assert assessment.review_on is not None, "only what is approved has a review date"
        yield Duty(
            title=_("Gå gjennom risikovurderingen «%(title)s»") % {"title": assessment.title},
            why=_("%(unit)s. Den gjelder til %(day)s.")
            % {"unit": assessment.unit.name, "day": day(assessment.review_on)},
            url=assessment.get_absolute_url(),
            action=_("Gå gjennom"),
            due=_end_of(assessment.review_on),
            urgency=Urgency.LATER,
            requirement="2.1",
            kind="risk_review",
        )


def _led(column: str) -> Q:
    """Rows of the units that the one who asks leads; the same as the policies say."""
    return Q(**{f"{column}__in": RawSQL("select unnest(app.units_led())", [])})


def _end_of(on: date | None) -> datetime | None:
    return oslo_day(on)[1] if on else None
