"""Who takes part in an assessment and what they say (1.1, 2.1; AML §§ 2-3 and 6-2)."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.notices.services import tell
from tryggmote.organisation.standing import leaders_of, representatives_of, standing_in
from tryggmote.risk import told
from tryggmote.risk.models import NotConsulted, Opinion, Participant, Version
from tryggmote.risk.versions import hold, refuse_unless_leader
from tryggmote.risk.vocabulary import Answer, Capacity, NotHeard
from tryggmote.ui.dates import day as in_words


@transaction.atomic
def invite(
    *, by: SignedInPerson, version: Version, person_id: int, capacity: Capacity, writes: bool = False
) -> Participant:
    """A leader invites somebody to take part; inviting again changes whether they may write.

    Raises: NotAllowed for one who does not lead the unit, NotPossible when the version is approved.
    """
    _refuse_unless_draft_of_leader(version)
    participant, is_new = Participant.objects.get_or_create(
        version=version,
        person_id=person_id,
        defaults={"capacity": capacity, "writes": writes, "invited_by_id": by.id},
    )
    if not is_new and participant.writes != writes:
        participant.writes = writes
        participant.save(update_fields=["writes"])
    if is_new and version.consulted_at:
        _ask(version, [person_id])
    return participant


@transaction.atomic
def take_out(*, participant: Participant) -> None:
    """A leader takes somebody out who has not said anything. What was said stays.

    Raises: NotAllowed for one who does not lead the unit, NotPossible when they have given their opinion.
    """
    _refuse_unless_draft_of_leader(participant.version)
    if Opinion.objects.filter(version=participant.version, person_id=participant.person_id).exists():
        raise NotPossible(_("De har uttalt seg, så det blir stående at de var med."))
    participant.delete()


@transaction.atomic
def join(*, by: SignedInPerson, version: Version) -> None:
    """A safety representative of the unit takes part without being asked (AML § 6-2).

    Raises: NotAllowed for anybody else.
    """
    if not standing_in(version.assessment.unit_id).represents:
        raise NotAllowed(_("Bare verneombud i enheten kan bli med uten å være invitert."))
    Participant.objects.get_or_create(
        version=version,
        person_id=by.id,
        defaults={"capacity": Capacity.SAFETY_REPRESENTATIVE, "writes": False, "invited_by_id": by.id},
    )


@transaction.atomic
def consult(*, version: Version, answer_by: date) -> None:
    """A leader asks all who take part for their opinion before `answer_by`.

    Asking again with a new day reminds those who have not answered.
    Raises: NotAllowed for one who does not lead the unit, NotPossible when there is nobody to ask.
    """
    _refuse_unless_draft_of_leader(version)
    answered = Opinion.objects.filter(version=version).values("person_id")
    asked = list(
        Participant.objects.filter(version=version)
        .exclude(capacity=Capacity.LEADER)
        .exclude(person_id__in=answered)
        .values_list("person_id", flat=True)
    )
    if not asked:
        raise NotPossible(_("Det er ingen å spørre. Inviter noen først."))
    version.consult_by = answer_by
    version.consulted_at = timezone.now()
    version.save(update_fields=["consult_by", "consulted_at"])
    _ask(version, asked)


@transaction.atomic
def give_opinion(
    *,
    by: SignedInPerson,
    version: Version,
    opinion_id: UUID,
    answer: Answer,
    words: str,
    edition: int | None = None,
) -> Opinion:
    """A participant says what they think of the draft. A new opinion follows the last.

    `edition`: the one that was read, the present one by default.

    Sending the same `opinion_id` again returns the first. Raises: NotAllowed for one who does not take
    part, NotPossible when the version is approved.
    """
    hold(version.assessment_id)
    version.refresh_from_db(fields=["approved_at", "edition"])
    if not version.is_draft:
        raise NotPossible(_("Vurderingen er godkjent. En merknad nå åpner den igjen."))
    if not Participant.objects.filter(version=version, person_id=by.id).exists():
        raise NotAllowed(
            _("Bare de som er med i vurderingen, uttaler seg om den."),
            who_can_help=_("Lederen kan invitere deg. Du kan også melde en fare."),
        )
    opinion, is_new = made_once(
        Opinion,
        id=opinion_id,
        owner={"person_id": by.id},
        fields={
            "version": version,
            "answer": answer,
            "words": words,
            "edition": version.edition if edition is None else edition,
        },
    )
    if is_new:
        unit = version.assessment.unit
        tell(
            person_ids=[leader.person_id for leader in leaders_of(unit.id) if leader.person_id != by.id],
            kind=told.OPINION,
            subject_id=version.assessment_id,
            url=f"{version.assessment.get_absolute_url()}medvirkning/",
            context={"name": by.name, "unit": unit.name},
        )
    return opinion


@transaction.atomic
def record_not_heard(
    *,
    by: SignedInPerson,
    version: Version,
    record_id: UUID,
    person_id: int | None,
    why: NotHeard,
    reason: str,
) -> NotConsulted:
    """A leader records why a safety representative was not heard; `person_id` None when nobody is elected.

    Raises: NotAllowed for one who does not lead the unit, NotPossible when they have answered after all, when
    they are no safety representative of the unit, or cannot have been reached since nobody has asked them.
    """
    _refuse_unless_draft_of_leader(version)
    if person_id and person_id not in {
        rep.person_id for rep in representatives_of(version.assessment.unit_id)
    }:
        raise NotPossible(_("Det er bare verneombudene som må være hørt."))
    if person_id and why is NotHeard.NOT_REACHED and version.consulted_at is None:
        raise NotPossible(_("Be om uttalelsen først. Da ser verneombudet at dere har spurt."))
    if person_id and Opinion.objects.filter(version=version, person_id=person_id).exists():
        raise NotPossible(_("Verneombudet har svart."))
    whom = {"person_id": person_id} if person_id else {"person": None}
    record, _is_new = NotConsulted.objects.get_or_create(
        version=version, **whom, defaults={"id": record_id, "why": why, "reason": reason, "by_id": by.id}
    )
    return record


def _ask(version: Version, person_ids: list[int]) -> None:
    assert version.consult_by is not None, "those who are asked know by when"
    tell(
        person_ids=person_ids,
        kind=told.CONSULTED,
        subject_id=version.assessment_id,
        url=f"{version.assessment.get_absolute_url()}medvirkning/",
        context={"unit": version.assessment.unit.name, "deadline": in_words(version.consult_by)},
    )


def _refuse_unless_draft_of_leader(version: Version) -> None:
    refuse_unless_leader(version.assessment.unit_id)
    if not version.is_draft:
        raise NotPossible(_("Vurderingen er godkjent."))
