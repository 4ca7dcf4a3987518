"""Whoever the pages let end a call, the database lets too, and nobody else (ADR 0023)."""

from random import Random

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.security import world as w
from tests.security.test_who_sees_what import a_world, worlds
from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.assistance import acts, rules
from tryggmote.assistance.asking import ask
from tryggmote.assistance.models import Call, Recipient
from tryggmote.assistance.vocabulary import Answer, Outcome
from tryggmote.organisation.models import Person

pytestmark = pytest.mark.django_db


@worlds
@given(random=st.randoms(use_true_random=False))
def test_a_call_is_ended_by_the_caller_or_a_leader_whatever_else_one_is(random: Random) -> None:
    with a_world(random) as world:
        calls = [_call(world, random) for _ in range(4)]
        for person in world.people:
            with acting_as(person.id) as signed_in:
                for call in calls:
                    said = [
                        _ends(call),
                        rules.may_end(signed_in, call),
                        _leads_or_called(world, person, call),
                    ]
                    assert len(set(said)) == 1, (person.name, said, world.roles_of(person))


def _call(world: w.World, random: Random) -> Call:
    """Everybody has been told, and somebody has come: that alone lets nobody end it."""
    placement = random.choice(world.placements)
    call = Call.objects.create(
        id=new_id(),
        caller_id=placement.person_id,
        workforce_id=placement.workforce_id,
        unit_id=placement.workforce.unit_id,
        purpose="real",
        raised_at=timezone.now(),
    )
    Recipient.objects.bulk_create(
        Recipient(call=call, person=person, ring=1, told_at=timezone.now(), answer=Answer.COMING)
        for person in world.people
        if person.id != placement.person_id
    )
    return call


def _ends(call: Call) -> bool:
    try:
        with transaction.atomic():
            ask(acts.END, call=call.id, outcome=Outcome.NOT_NEEDED.value)
            transaction.set_rollback(True)
    except ProgrammingError:
        return False
    return True


def _leads_or_called(world: w.World, person: Person, call: Call) -> bool:
    """Said a second time, from raw facts."""
    return (
        call.caller_id == person.id
        or world.leads_person(person, call.caller_id)
        or world.leads_unit(person, call.workforce_id)
    )
