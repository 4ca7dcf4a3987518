"""Units are merged, and one is split: what a unit has goes to another, and back (ADR 0032, AML § 3-1)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import BooleanField, Q, QuerySet, Sum
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.organisation import rules
from tryggmote.organisation.belongings import belongings
from tryggmote.organisation.models import Handover, HandoverPart, Unit, UnitClosure, UnitKind, Workforce
from tryggmote.organisation.standing import standing_in

WORKPLACES = [
    UnitKind.OFFICE, UnitKind.CONTACT_CENTRE, UnitKind.SPECIAL, UnitKind.DEPARTMENT, UnitKind.TEAM
]  # fmt: skip
_ANSWERED_FOR = RawSQL("app.answers_for(organisation_unit.id)", [], output_field=BooleanField())


@dataclass(frozen=True)
class Wish:
    """What somebody wants a unit to hand over: the ids `chosen`, or None for all it has."""

    id: UUID
    unit: Unit
    to: Unit
    chosen: Collection[UUID] | None
    why: str

    @property
    def is_whole(self) -> bool:
        """Whether the unit becomes a part of the other."""
        return self.chosen is None


@dataclass(frozen=True)
class Taken:
    """How many of something go."""

    label: str | Promise
    n: int


def units_answered_for() -> QuerySet[Unit]:
    """The workplaces there are that the one who asks leads or is director of, in Norwegian order."""
    return Unit.objects.filter(_ANSWERED_FOR, kind__in=WORKPLACES, ended_on=None).order_by("sort_key")


def receivers_for(unit: Unit, *, by: SignedInPerson) -> QuerySet[Unit]:
    """The units that can be given what this one has; an administrator merges units of one kind."""
    if rules.may_import(by):
        found = Unit.objects.filter(kind=unit.kind, ended_on=None).order_by("sort_key")
    else:
        found = units_answered_for()
    return found.exclude(id=unit.id)


def handovers_of(unit_id: int) -> list[Handover]:
    """What the unit has given and been given, the latest first, with both units named; one query."""
    found = Handover.objects.filter(Q(from_unit_id=unit_id) | Q(to_unit_id=unit_id))
    return list(found.select_related("from_unit", "to_unit").order_by("-at"))


def taken_by(handover: Handover) -> list[Taken]:
    """How many of each kind went, as far as it is told; one query."""
    counts = HandoverPart.objects.filter(handover=handover).values_list("kind").annotate(Sum("n"))
    by_kind = dict(counts)
    return [Taken(found.label, by_kind[found.kind]) for found in belongings() if found.kind in by_kind]


def sent_before(*, by: SignedInPerson, unit: Unit, form_id: str) -> Handover | None:
    """What the same form has done already: what it named is no longer where it can be named again."""
    try:
        return Handover.objects.filter(id=UUID(form_id), by_id=by.id, from_unit=unit).first()
    except ValueError:
        return None


@transaction.atomic
def hand_over(*, by: SignedInPerson, wish: Wish) -> Handover:
    """The unit becomes a part of the other with all it has; or gives it what is chosen.

    The same id again changes nothing. Raises: NotAllowed for one who may not; NotPossible when either is a
    part of another unit already, or an employer would lose sight of what has happened.
    """
    if sent := Handover.objects.filter(id=wish.id, by_id=by.id, from_unit=wish.unit).first():
        return sent
    _refuse_others(by, wish.unit.id, wish.to.id, is_whole=wish.is_whole)
    _refuse_gone(wish.unit.id, wish.to.id)
    if wish.is_whole:
        _refuse_below(wish.unit.id, wish.to.id)
        _refuse_lost_employers(wish.unit.id, wish.to.id)
    fields = {
        "to_unit": wish.to,
        "is_whole": wish.is_whole,
        "chosen": list(wish.chosen or ()),
        "why": wish.why,
    }
    return made_once(
        Handover, id=wish.id, owner={"by_id": by.id, "from_unit_id": wish.unit.id}, fields=fields
    )[0]


def preview(*, by: SignedInPerson, wish: Wish) -> list[Taken]:
    """What would go: it is done and undone. Raises what `hand_over` raises."""
    with transaction.atomic():
        found = taken_by(hand_over(by=by, wish=wish))
        transaction.set_rollback(True)
    return found


@transaction.atomic
def reverse(*, by: SignedInPerson, handover_id: UUID, handover: Handover, why: str) -> Handover:
    """What the handover took goes back, as it is now; a unit that became a part stands for itself again.

    Raises: NotAllowed for one who may not hand over; NotPossible when it is done already, or the unit that
    has it now has become a part of another.
    """
    own: dict[str, int | UUID] = {"by_id": by.id, "from_unit_id": handover.to_unit_id}
    if sent := Handover.objects.filter(id=handover_id, **own).first():
        return sent
    _refuse_others(by, handover.from_unit_id, handover.to_unit_id, is_whole=handover.is_whole)
    if is_reversed(handover):
        raise NotPossible(_("Det er angret allerede."))
    _refuse_gone(handover.to_unit_id)
    fields = {"to_unit_id": handover.from_unit_id, "is_whole": False, "reverses": handover, "why": why}
    return made_once(Handover, id=handover_id, owner=own, fields=fields)[0]


def is_reversed(handover: Handover) -> bool:
    """Whether it was brought back, or brought something back itself: both end there."""
    return handover.reverses_id is not None or Handover.objects.filter(reverses=handover).exists()


def may_reverse(handover: Handover, *, by: SignedInPerson) -> bool:
    """Whether one may bring back what it took."""
    return _may(by, handover.from_unit_id, handover.to_unit_id, is_whole=handover.is_whole)


def _may(by: SignedInPerson, *unit_ids: int, is_whole: bool) -> bool:
    standings = [standing_in(unit_id) for unit_id in unit_ids]
    return rules.may_merge(by, standings) if is_whole else rules.may_hand_over(standings)


def _refuse_others(by: SignedInPerson, *unit_ids: int, is_whole: bool) -> None:
    if _may(by, *unit_ids, is_whole=is_whole):
        return
    if is_whole:
        raise NotAllowed(
            _("Enheter slås sammen av en direktør over begge, eller av en administrator."),
            _("Spør direktøren i fylket eller kommunen."),
        )
    raise NotAllowed(
        _("En enhet deles av en som leder begge enhetene, eller av en direktør over dem."),
        _("Spør direktøren i fylket eller kommunen."),
    )


def _refuse_gone(*unit_ids: int) -> None:
    gone = Unit.objects.filter(id__in=unit_ids, merged_into__isnull=False).first()
    if gone:
        raise NotPossible(_("%(unit)s er en del av en annen enhet nå.") % {"unit": gone.name})


def _refuse_below(unit_id: int, to_unit_id: int) -> None:
    if UnitClosure.objects.filter(ancestor_id=unit_id, descendant_id=to_unit_id).exists():
        raise NotPossible(_("Enheten kan ikke bli en del av noe som ligger under den."))


def _refuse_lost_employers(unit_id: int, to_unit_id: int) -> None:
    """An employer keeps the record of what has happened to its employees (AML § 5-1)."""
    below = UnitClosure.objects.filter(ancestor_id=unit_id).values("descendant_id")
    employers = Workforce.objects.filter(unit_id__in=below).values("employer_id")
    reached = UnitClosure.objects.filter(descendant_id=to_unit_id).values("ancestor_id")
    lost = Unit.objects.filter(id__in=employers).exclude(id__in=reached).order_by("sort_key").first()
    if lost:
        raise NotPossible(
            _("%(employer)s har ansatte her, men er ikke over den som overtar. Ta inn en fil som sier det.")
            % {"employer": lost.name}
        )
