"""Standing in for a leader who is away: the substitute has the leader's roles for those days, and the duties.

What follows from a role follows: what they see, what "Now" asks of them, who is told. It is over by itself,
also when the leader has the role no more or the substitute works elsewhere (`ledger.sql`).
What somebody owes by name stays with them; that is handed on (`services.hand_on`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.duties.telling import StandsIn, tell
from tryggmote.organisation.models import Person, RoleAssignment
from tryggmote.organisation.queries import colleagues, current
from tryggmote.organisation.roles import LEADS_DIRECTLY, Role
from tryggmote.ui.dates import oslo_today

LONGEST = timedelta(days=366)
"""An absence longer than a year is a new leader, whom the employers' file tells of."""


@dataclass(frozen=True)
class StandIn:
    """Somebody who stands in, or will, from a day to a day."""

    person: Person
    first: date
    last: date


def roles_to_give(person: SignedInPerson) -> list[RoleAssignment]:
    """The roles in which this person leads directly today, and not on behalf of another."""
    return list(
        RoleAssignment.objects.filter(
            current(oslo_today()), person_id=person.id, role__in=LEADS_DIRECTLY, stands_in_for=None
        ).select_related("unit")
    )


def candidates(person: SignedInPerson) -> QuerySet[Person]:
    """Those who can stand in: they work in all the units this person leads, in Norwegian order.

    A safety representative stands for the employees and not for the employer (AML § 6-1).
    """
    represents = RoleAssignment.objects.filter(
        current(oslo_today()), role__in=(Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE)
    )
    found = Person.objects.exclude(id=person.id).exclude(id__in=represents.values("person_id"))
    for unit_id in {role.unit_id for role in roles_to_give(person)}:
        found = found.filter(id__in=colleagues(unit_id, oslo_today()).values("id"))
    return found.filter(ended_on=None).order_by("sort_key")


def stand_ins(person: SignedInPerson) -> list[StandIn]:
    """Who stands in for this person now or later, the first first; one row each, whatever roles they have."""
    found = (
        RoleAssignment.objects.filter(stands_in_for_id=person.id, ends_on__gte=oslo_today())
        .select_related("person")
        .order_by("starts_on", "person__sort_key")
    )
    spans = {(role.person_id, role.starts_on): role for role in found}
    return [StandIn(role.person, role.starts_on, role.ends_on or role.starts_on) for role in spans.values()]


@transaction.atomic
def appoint(*, by: SignedInPerson, substitute_id: int, first: date, last: date) -> None:
    """Let a colleague have one's roles from `first` to `last`, and tell them.

    Raises NotAllowed for one who leads nobody; NotPossible for days that cannot be, one who works elsewhere,
    and days on which they stand in already.
    """
    roles = roles_to_give(by)
    if not roles:
        raise NotAllowed(_("Bare den som leder en enhet, kan velge stedfortreder."))
    if not oslo_today() <= first <= last <= first + LONGEST:
        raise NotPossible(_("Velg dager fra i dag og framover, høyst et år."))
    if not candidates(by).filter(id=substitute_id).exists():
        raise NotPossible(_("Velg en som arbeider i enheten du leder."))
    if _overlaps(by, substitute_id, first, last):
        raise NotPossible(_("Den du valgte, er allerede stedfortreder noen av dagene."))
    # Roles are kept by the employers' file and by the system: a leader can give no other than their own.
    with acting_as_job():
        RoleAssignment.objects.bulk_create(_lent(roles, substitute_id, first, last))
    tell([StandsIn(substitute_id, len(roles))], timezone.now())


def _overlaps(by: SignedInPerson, substitute_id: int, first: date, last: date) -> bool:
    return RoleAssignment.objects.filter(
        person_id=substitute_id, stands_in_for_id=by.id, starts_on__lte=last, ends_on__gte=first
    ).exists()


def _lent(roles: Sequence[RoleAssignment], to_id: int, first: date, last: date) -> list[RoleAssignment]:
    return [
        RoleAssignment(
            person_id=to_id,
            role=role.role,
            unit_id=role.unit_id,
            employer_id=role.employer_id,
            starts_on=first,
            ends_on=min(last, role.ends_on or last),
            stands_in_for_id=role.person_id,
        )
        for role in roles
    ]


@transaction.atomic
def end(*, by: SignedInPerson, substitute_id: int) -> None:
    """Be back earlier: the substitute has the roles no more. Nothing happens when they have none."""
    yesterday = oslo_today() - timedelta(days=1)
    with acting_as_job():
        lent = RoleAssignment.objects.filter(
            person_id=substitute_id, stands_in_for_id=by.id, ends_on__gte=oslo_today()
        )
        # The days that were stay on record; what had not begun ends before it begins.
        lent.update(ends_on=yesterday)
