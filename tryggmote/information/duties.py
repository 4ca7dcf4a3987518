"""What is to be read, on "Now": each important thing by itself, the rest together (1.1, 2.3). Two queries."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.information.models import Item
from tryggmote.information.queries import since_concerned, unread_by
from tryggmote.information.rules import confirm_by, read_important_by, read_rest_by

AT_MOST = 20


def reading_duties(person: SignedInPerson) -> Iterator[Duty]:
    """What this person has not read of what the units that inform them have told."""
    unread = unread_by(person.id)
    important = unread.filter(is_important=True).annotate(concerned_since=since_concerned(person.id))
    for item in important.select_related("unit").order_by("at")[:AT_MOST]:
        yield _standing(item, item.concerned_since) if item.is_standing else _important(item)
    rest = unread.filter(is_important=False).aggregate(number=Count("id"), oldest=Min("at"))
    if rest["number"]:
        yield Duty(
            title=_("Les nytt fra enheten (%(number)s)") % {"number": rest["number"]},
            why=_("Vurderinger, tiltak og rutiner som er nye eller endret."),
            url=f"{reverse('information:feed')}?show=unread",
            action=_("Les nytt"),
            due=read_rest_by(rest["oldest"]),
            urgency=Urgency.LATER,
            requirement="2.3",
            kind="information_unread",
        )


def _important(item: Item) -> Duty:
    return Duty(
        title=_("Les: %(title)s") % {"title": item.title},
        why=f"{item.unit.name}: {item.body}",
        url=item.reading_url,
        action=_("Les"),
        due=read_important_by(item.at),
        urgency=Urgency.SOON,
        requirement="2.3",
        kind="information_important",
    )


def _standing(item: Item, concerned_since: date) -> Duty:
    return Duty(
        title=_("Les og bekreft: %(title)s") % {"title": item.title},
        why=f"{item.unit.name}: {item.body}",
        url=item.reading_url,
        action=_("Les og bekreft"),
        due=confirm_by(item.at, concerned_since),
        urgency=Urgency.SOON,
        requirement=item.requirement,
        kind="information_standing",
    )
