"""What changes training (4.1, § 23A-2): one function an act, each in one transaction."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.access.once import made_once
from tryggmote.notices.services import tell
from tryggmote.organisation.standing import standing_in
from tryggmote.training import told
from tryggmote.training.models import Absence, Completion, LocalElement, Override, Renewal, RiskLink
from tryggmote.training.queries import is_led_by_me
from tryggmote.training.rules import may_lead_training
from tryggmote.training.vocabulary import Kind, Source
from tryggmote.ui.dates import oslo_today

NEWCOMERS_DAYS = 180
"""What need not come before the first meeting is learnt within half a year."""


@transaction.atomic
def declare(*, by: SignedInPerson, person_id: int, done: Collection[str], done_on: date) -> None:
    """A leader says that one of theirs did these elements on a day. Saying it again changes nothing.

    Raises: NotAllowed for others than leaders of the person; NotPossible for a day to come.
    """
    refuse_unless_leader_of(person_id)
    if done_on > oslo_today():
        raise NotPossible(_("Dagen har ikke vært ennå. Registrer opplæringen når den er gjennomført."))
    Completion.objects.bulk_create(
        [
            Completion(
                id=new_id(),
                person_id=person_id,
                element=element,
                done_on=done_on,
                source=Source.DECLARED,
                by_id=by.id,
            )
            for element in done
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def withdraw(*, by: SignedInPerson, completion: Completion) -> None:
    """A leader says that it was not so. Withdrawing again changes nothing.

    Raises: NotAllowed for others than leaders of the person.
    """
    refuse_unless_leader_of(completion.person_id)
    Completion.objects.filter(id=completion.id, withdrawn_at=None).update(
        withdrawn_at=timezone.now(), withdrawn_by_id=by.id
    )


@transaction.atomic
def let_go_until(
    *, by: SignedInPerson, override_id: UUID, person_id: int, until: date, reason: str
) -> Override:
    """A leader lets somebody meet clients for a time though training is missing, and says why (4.1).

    The person is told; it is a finding in 4.1 as long as the rule looks back. The same id changes nothing.
    Raises: NotAllowed for others than leaders of the person.
    """
    refuse_unless_leader_of(person_id)
    made, is_new = made_once(
        Override,
        id=override_id,
        owner={"by_id": by.id, "person_id": person_id},
        fields={"until": until, "reason": reason, "starts_on": oslo_today()},
    )
    if is_new:
        tell(person_ids=[person_id], kind=told.LET_GO, subject_id=made.id, url=told.own_url(), context={})
    return made


@transaction.atomic
def take_back_exception(*, by: SignedInPerson, override: Override) -> None:
    """The exception holds no longer. Raises: NotAllowed for others than leaders of the person."""
    refuse_unless_leader_of(override.person_id)
    Override.objects.filter(id=override.id, withdrawn_at=None).update(withdrawn_at=timezone.now())


@transaction.atomic
def record_leave(
    *, by: SignedInPerson, absence_id: UUID, person_id: int, starts_on: date, ends_on: date | None
) -> Absence:
    """Somebody is away, and owes nothing meanwhile. The same id changes nothing.

    Raises: NotAllowed for others than leaders of the person.
    """
    refuse_unless_leader_of(person_id)
    return made_once(
        Absence,
        id=absence_id,
        owner={"by_id": by.id, "person_id": person_id},
        fields={"starts_on": starts_on, "ends_on": ends_on},
    )[0]


@transaction.atomic
def end_leave(*, by: SignedInPerson, absence: Absence) -> None:
    """The person is back today. Leave that had not begun is taken away; what has ended stays as it was.

    Raises: NotAllowed for others than leaders of the person.
    """
    refuse_unless_leader_of(absence.person_id)
    yesterday = oslo_today() - timedelta(days=1)
    living = Absence.objects.filter(id=absence.id, withdrawn_at=None).exclude(ends_on__lte=yesterday)
    if absence.starts_on > yesterday:
        living.update(withdrawn_at=timezone.now())
    else:
        living.update(ends_on=yesterday)


@transaction.atomic
def ask_for(
    *,
    by: SignedInPerson,
    element_id: UUID,
    unit_id: int,
    kind: Kind,
    title: str,
    about: str,
    forms: Collection[str],
    months: int | None,
    before_first_meeting: bool,
) -> LocalElement:
    """The unit, and those below it, ask this of all who meet clients there. The same id changes nothing.

    Raises: NotAllowed for others than leaders of the unit.
    """
    refuse_unless_leader(unit_id)
    return made_once(
        LocalElement,
        id=element_id,
        owner={"by_id": by.id, "unit_id": unit_id},
        fields={
            "kind": kind,
            "title": title,
            "about": about,
            "forms": list(forms),
            "months": months,
            "before_first_meeting": before_first_meeting,
            "start_days": 0 if before_first_meeting else NEWCOMERS_DAYS,
        },
    )[0]


@transaction.atomic
def ask_no_longer(*, by: SignedInPerson, element: LocalElement) -> None:
    """The unit asks for it no longer. Raises: NotAllowed for others than leaders of the unit."""
    refuse_unless_leader(element.unit_id)
    LocalElement.objects.filter(id=element.id, ended_at=None).update(ended_at=timezone.now())


@transaction.atomic
def link_risk(*, by: SignedInPerson, unit_id: int, element: str, lineage: UUID) -> None:
    """A leader says that the element prepares for the scenario (4.2). Saying it again changes nothing.

    Raises: NotAllowed for others than leaders of the unit.
    """
    refuse_unless_leader(unit_id)
    RiskLink.objects.bulk_create(
        [RiskLink(id=new_id(), unit_id=unit_id, element=element, lineage=lineage, by_id=by.id)],
        ignore_conflicts=True,
    )


@transaction.atomic
def unlink_risk(*, by: SignedInPerson, link: RiskLink) -> None:
    """It does not, after all. Raises: NotAllowed for others than leaders of the unit."""
    refuse_unless_leader(link.unit_id)
    RiskLink.objects.filter(id=link.id, ended_at=None).update(ended_at=timezone.now())


@transaction.atomic
def waive(*, by: SignedInPerson, renewal: Renewal, why: str) -> None:
    """A leader says that what was learnt is still good enough, and why (§ 23A-2). Only the first time counts.

    Raises: NotAllowed for others than leaders of the unit.
    """
    refuse_unless_leader(renewal.unit_id)
    Renewal.objects.filter(id=renewal.id, waived_at=None).update(
        waived_at=timezone.now(), waived_by_id=by.id, waived_why=why
    )


def refuse_unless_leader_of(person_id: int) -> None:
    """Raises: NotAllowed for others than those who lead the person."""
    if not is_led_by_me(person_id):
        raise NotAllowed(
            _("Bare lederen kan registrere opplæringen til en ansatt."),
            _("Din egen opplæring registrerer lederen din."),
        )


def refuse_unless_leader(unit_id: int) -> None:
    """Raises: NotAllowed for others than leaders of the unit."""
    if not may_lead_training(standing_in(unit_id)):
        raise NotAllowed(
            _("Bare en leder for enheten bestemmer hvilken opplæring som kreves."),
            _("Si fra til lederen eller verneombudet om det du savner."),
        )
