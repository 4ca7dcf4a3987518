"""What each has chosen about notices: how to hear of each group, and when the phone is quiet."""

from collections.abc import Mapping

from django.db import transaction

from tryggmote.access.context import SignedInPerson
from tryggmote.notices import outbox
from tryggmote.notices.models import GroupChoice, QuietChoice
from tryggmote.notices.quiet import QuietHours
from tryggmote.notices.rules import Choice
from tryggmote.notices.vocabulary import Group


@transaction.atomic
def choose(*, by: SignedInPerson, groups: Mapping[Group, Choice | None], quiet: QuietHours) -> None:
    """Keep what somebody has chosen; None for a group means as it comes. What already waits follows it."""
    GroupChoice.objects.filter(person_id=by.id).delete()
    GroupChoice.objects.bulk_create(
        GroupChoice(person_id=by.id, group=group, pace=choice.pace, channels=sorted(choice.channels))
        for group, choice in groups.items()
        if choice
    )
    if quiet == QuietHours():
        QuietChoice.objects.filter(person_id=by.id).delete()
    else:
        QuietChoice.objects.update_or_create(
            person_id=by.id,
            defaults={"starts": quiet.starts, "ends": quiet.ends, "days_off": quiet.days_off},
        )
    outbox.ask_again_of(by.id)


def chosen_by(person: SignedInPerson) -> dict[Group, Choice]:
    """What the person has chosen, for the groups where it is not as it comes."""
    rows = GroupChoice.objects.filter(person_id=person.id)
    return {Group(row.group): row.choice for row in rows}


def quiet_hours_of(person: SignedInPerson) -> QuietHours:
    """When the person's phone is quiet."""
    chosen = QuietChoice.objects.filter(person_id=person.id).first()
    return chosen.hours if chosen else QuietHours()
