"""Beginning an assessment, and opening an approved one again as a new version (2.1)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.access.once import made_once
from tryggmote.notices.services import tell
from tryggmote.organisation.standing import leaders_of, representatives_of, standing_in
from tryggmote.risk import libraries, told
from tryggmote.risk.models import Assessment, FactorJudgement, Participant, Reopening, Version
from tryggmote.risk.vocabulary import CAPACITY_OF_ROLE, Capacity, Cause, Subject


@dataclass(frozen=True)
class AssessmentDraft:
    """What a leader says when beginning an assessment. `id` is made with the form."""

    id: UUID
    unit_id: int
    title: str
    subject: str = Subject.WORK
    forms: tuple[str, ...] = ()
    activity_ids: tuple[UUID, ...] = ()


@transaction.atomic
def begin_assessment(*, by: SignedInPerson, draft: AssessmentDraft) -> Assessment:
    """Begin an assessment with a blank first version. The unit's leaders and representatives take part.

    Sending the same `draft.id` again returns the first. Raises: NotAllowed for one who does not lead the
    unit, NotPossible when the id is another's.
    """
    refuse_unless_leader(draft.unit_id)
    assessment, is_new = made_once(
        Assessment,
        id=draft.id,
        owner={"created_by_id": by.id},
        fields={
            "unit_id": draft.unit_id,
            "title": draft.title,
            "subject": draft.subject,
            "forms": list(draft.forms),
            "activity_ids": list(draft.activity_ids),
        },
    )
    if is_new:
        version = Version.objects.create(
            assessment=assessment, number=1, matrix=libraries.matrix().definition(), opened_by_id=by.id
        )
        FactorJudgement.objects.bulk_create(
            FactorJudgement(version=version, factor=factor.number, saved_by_id=by.id)
            for factor in libraries.factors()
        )
        Participant.objects.bulk_create(_those_who_belong(version, by))
    return assessment


def _those_who_belong(version: Version, by: SignedInPerson) -> list[Participant]:
    unit_id = version.assessment.unit_id
    belonging = {person.person_id: CAPACITY_OF_ROLE[person.role] for person in representatives_of(unit_id)}
    belonging |= {leader.person_id: Capacity.LEADER for leader in leaders_of(unit_id)}
    belonging[by.id] = Capacity.LEADER
    return [
        Participant(
            version=version,
            person_id=person_id,
            capacity=capacity,
            writes=capacity is Capacity.LEADER,
            invited_by_id=by.id,
        )
        for person_id, capacity in belonging.items()
    ]


@transaction.atomic
def change_scope(
    *, assessment: Assessment, title: str, forms: Collection[str], activity_ids: Collection[UUID]
) -> None:
    """A leader changes what the assessment covers, while it is worked on.

    Raises: NotAllowed for one who does not lead the unit, NotPossible when no draft is open.
    """
    refuse_unless_leader(assessment.unit_id)
    hold(assessment.id)
    draft = Version.objects.filter(assessment=assessment, approved_at=None).first()
    if draft is None:
        raise NotPossible(_("Vurderingen er godkjent. Åpne den igjen for å endre hva den gjelder."))
    if draft.approvals.exists():
        raise half_approved()
    assessment.title = title
    assessment.forms = list(forms)
    assessment.activity_ids = list(activity_ids)
    assessment.save(update_fields=["title", "forms", "activity_ids"])


@transaction.atomic
def reopen(*, by: SignedInPerson, assessment: Assessment, cause: Cause, words: str) -> Version:
    """A leader or safety representative opens an approved assessment again, and says why.

    Where a draft is open already, the reason is added to it. Raises: NotAllowed for anybody else.
    """
    standing = standing_in(assessment.unit_id)
    if not (standing.leads or standing.represents):
        raise NotAllowed(
            _("Bare ledere og verneombud i enheten åpner en risikovurdering igjen."),
            who_can_help=_("Meld heller en fare, så blir den vurdert."),
        )
    return open_again(assessment.id, cause, words=words, by_id=by.id)


def half_approved() -> NotPossible:
    """Nothing is changed between two approvals, so that both are of the same text."""
    return NotPossible(_("En leder har godkjent. Godkjenningen må trekkes tilbake før noe kan endres."))


def hold(assessment_id: UUID) -> None:
    """What is done with an assessment from here to the end of the transaction, is done by one at a time."""
    with connection.cursor() as cursor:
        cursor.execute("select app.hold_assessment(%s)", [assessment_id])


def refuse_unless_leader(unit_id: int) -> None:
    """Raises: NotAllowed for one who does not lead the unit."""
    if not standing_in(unit_id).leads:
        raise NotAllowed(
            _("Bare lederne i enheten kan gjøre dette."),
            who_can_help=_("Lederne står på siden til enheten."),
        )


# One statement a table: what was approved is copied as it was, with the same lineage.
_COPY_FACTORS = """
insert into risk_factorjudgement (id, version_id, factor, text, revision, saved_by_id, saved_at)
select gen_random_uuid(), %(new)s, factor, text, 1, saved_by_id, saved_at
from risk_factorjudgement where version_id = %(old)s
"""
_COPY_SCENARIOS = """
insert into risk_scenario (id, version_id, lineage, starter, hazard, forms, factors,
  situation, causes, consequences, existing, is_especially_dangerous,
  inherent_likelihood, inherent_consequence,
  current_likelihood, current_consequence, residual_likelihood, residual_consequence, measure_ids,
  revision, saved_by_id, saved_at)
select gen_random_uuid(), %(new)s, lineage, starter, hazard, forms, factors,
  situation, causes, consequences, existing, is_especially_dangerous,
  inherent_likelihood, inherent_consequence,
  current_likelihood, current_consequence, residual_likelihood, residual_consequence, measure_ids,
  1, saved_by_id, saved_at
from risk_scenario where version_id = %(old)s and removed_at is null
"""
_COPY_PEOPLE = """
insert into risk_participant (id, version_id, person_id, capacity, writes, invited_by_id, at)
select gen_random_uuid(), %(new)s, p.person_id, p.capacity, p.writes, p.invited_by_id, now()
from risk_participant p where p.version_id = %(old)s and app.working_person(p.person_id::integer) is not null
"""


@transaction.atomic
def open_again(
    assessment_id: UUID,
    cause: Cause,
    *,
    cause_id: UUID | None = None,
    words: str = "",
    by_id: int | None = None,
) -> Version:
    """The draft that is open, or a new one copied from what is approved; the reason is written down in it.

    `cause_id`: what asks for it; the same asking twice is one reason.
    """
    with acting_as_job():
        hold(assessment_id)
        latest = Version.objects.filter(assessment_id=assessment_id).order_by("-number").first()
        assert latest is not None, "an assessment begins with a version"
        version = latest if latest.is_draft else _copy(latest, cause, by_id)
        reopening = Reopening(
            assessment_id=assessment_id,
            version=version,
            cause=cause,
            cause_id=cause_id,
            words=words,
            by_id=by_id,
        )
        Reopening.objects.bulk_create([reopening], ignore_conflicts=True)
    if version.id != latest.id:
        _tell_of(version, passed=by_id)
    return version


def _copy(approved: Version, cause: Cause, by_id: int | None) -> Version:
    version = Version(
        id=new_id(),
        assessment_id=approved.assessment_id,
        number=approved.number + 1,
        matrix=libraries.matrix().definition(),
        cause=cause,
        opened_by_id=by_id,
    )
    Version.objects.bulk_create([version])
    with connection.cursor() as cursor:
        for copy in (_COPY_FACTORS, _COPY_SCENARIOS, _COPY_PEOPLE):
            cursor.execute(copy, {"old": approved.id, "new": version.id})
    return version


def _tell_of(version: Version, passed: int | None) -> None:
    with acting_as_job():
        assessment = Assessment.objects.select_related("unit").get(id=version.assessment_id)
        people = [*leaders_of(assessment.unit_id), *representatives_of(assessment.unit_id)]
    tell(
        person_ids=[person.person_id for person in people if person.person_id != passed],
        kind=told.REOPENED,
        subject_id=assessment.id,
        url=assessment.get_absolute_url(),
        context={"unit": assessment.unit.name},
    )
