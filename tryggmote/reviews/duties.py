"""What reviews ask of people on "Now" (3.1): a review, the rest of one, a signature. Three queries at most.

Those nearest are asked: who decides in the unit from day to day, and its own safety representatives.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.organisation.roles import LEADS, Role
from tryggmote.organisation.standing import units_decided_by_me
from tryggmote.premises.models import Building
from tryggmote.reviews.models import Change, Review, Signature
from tryggmote.reviews.queries import last_day, not_reviewed_since
from tryggmote.reviews.rules import asked_for_if_reviewed_by, is_in_use_unreviewed, next_review_by
from tryggmote.reviews.vocabulary import Capacity
from tryggmote.ui.dates import day, oslo_day, oslo_today

AT_MOST = 20
SOON_DAYS = 7


def review_duties(person: SignedInPerson) -> Iterator[Duty]:
    """What this person owes the premises of the units they lead or represent."""
    leads, represents = person.has_role(*LEADS), person.has_role(Role.SAFETY_REPRESENTATIVE)
    if not (leads or represents):
        return
    mine = _mine("building__unit_id", leads=leads, represents=represents)
    yield from _going_on(person, mine, Capacity.LEADER if leads else Capacity.REPRESENTATIVE)
    yield from _changes(mine)
    if leads:
        yield from _yearly()


def _mine(column: str, *, leads: bool, represents: bool) -> Q:
    found = Q()
    if leads:
        found |= Q(**{f"{column}__in": units_decided_by_me()})
    if represents:
        found |= Q(**{f"{column}__in": RawSQL("select unnest(app.units_represented())", [])})
    return found


def _going_on(person: SignedInPerson, mine: Q, capacity: Capacity) -> Iterator[Duty]:
    """Reviews that both must sign, and the rest of those one has begun oneself."""
    signed = Signature.objects.filter(review=OuterRef("id"))
    reviews = (
        Review.objects.filter(mine, signed_at=None, cancelled_at=None)
        .annotate(
            has_signature=Exists(signed),
            is_signed_on_my_side=Exists(signed.filter(capacity=capacity)),
        )
        .exclude(is_signed_on_my_side=True)
        .filter(Q(has_signature=True) | Q(begun_by=person.id))
        .select_related("building__unit")
        .order_by("begun_at")[:AT_MOST]
    )
    for review in reviews:
        waits = review.has_signature
        yield Duty(
            title=(_("Signer vernerunden i %(name)s") if waits else _("Fullfør vernerunden i %(name)s"))
            % {"name": review.building.name},
            why=(
                _("%(unit)s: Den andre har signert. Den teller først når begge har gjort det.")
                if waits
                else _("%(unit)s: Du har begynt på den.")
            )
            % {"unit": review.building.unit.name},
            url=review.get_absolute_url(),
            action=_("Les og signer") if waits else _("Gå videre"),
            due=None,
            urgency=Urgency.SOON,
            requirement="3.1",
            kind="review_signature" if waits else "review_begun",
        )


def _changes(mine: Q) -> Iterator[Duty]:
    today = oslo_today()
    signed = Review.objects.filter(change=OuterRef("id"), signed_at__isnull=False)
    waiting = (
        Change.objects.filter(mine, ~Exists(signed), ended_at=None)
        .select_related("building__unit")
        .defer("what")
        .order_by("in_use_on")[:AT_MOST]
    )
    for change in waiting:
        is_late = is_in_use_unreviewed(change.in_use_on, is_reviewed=False, is_ended=False, today=today)
        why = (
            _("%(unit)s: Endringen ble tatt i bruk %(day)s uten vernerunde.")
            if is_late
            else _("%(unit)s: Endringen tas i bruk %(day)s. Vernerunden skal være signert før det.")
        )
        yield Duty(
            title=_("Gå vernerunde etter endringen i %(name)s") % {"name": change.building.name},
            why=why % {"unit": change.building.unit.name, "day": day(change.in_use_on)},
            url=change.get_absolute_url(),
            action=_("Åpne endringen"),
            due=_end_of(change.in_use_on),
            urgency=_urgency(change.in_use_on, today),
            requirement="3.1",
            kind="change_review",
        )


def _yearly() -> Iterator[Duty]:
    today = oslo_today()
    decided = Building.objects.filter(unit_id__in=units_decided_by_me(), left_on=None)
    _midnight, next_day = oslo_day(asked_for_if_reviewed_by(today))
    for building in not_reviewed_since(next_day, decided)[:AT_MOST]:
        last = last_day(building)
        due = next_review_by(last) if last else None
        if due is None:
            why = _("%(unit)s: Bygget har aldri hatt vernerunde.")
        elif due < today:
            why = _("%(unit)s: Fristen var %(day)s.")
        else:
            why = _("%(unit)s: Fristen er %(day)s.")
        yield Duty(
            title=_("Gå vernerunde i %(name)s med verneombudet") % {"name": building.name},
            why=why % {"unit": building.unit.name, "day": day(due) if due else ""},
            url=f"{reverse('reviews:begin')}?bygg={building.id}",
            action=_("Begynn vernerunden"),
            due=_end_of(due) if due else None,
            urgency=_urgency(due, today) if due else Urgency.SOON,
            requirement="3.1",
            kind="yearly_review",
        )


def _end_of(on: date) -> datetime:
    return oslo_day(on)[1]


def _urgency(due: date, today: date) -> Urgency:
    if due <= today:
        return Urgency.TODAY
    return Urgency.SOON if (due - today).days <= SOON_DAYS else Urgency.LATER
