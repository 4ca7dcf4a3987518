"""The oracle for forums: random organisations, every person in them (1.3, AML § 7-2)."""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.security import forums as f
from tests.security.test_who_sees_what import a_world, expected, worlds
from tests.security.world import World
from tryggmote.access.context import acting_as
from tryggmote.forums.models import (
    Approval,
    Case,
    CaseAnswer,
    Decision,
    Meeting,
    Pack,
    Participant,
    Point,
    Return,
)
from tryggmote.forums.tests.helpers import called_by, held_by, serious_at
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.incidents.models import Incident
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import assign, make_office, make_person

pytestmark = pytest.mark.django_db


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says_of_forums(random: Random) -> None:
    with a_world(random) as world:
        made = f.build(world, random)

        def with_meeting(_world: World, person: Person, row: Any) -> bool:
            return f.may_see_meeting(made, world, person, row.meeting)

        def at_the_table(_world: World, person: Person, row: Any) -> bool:
            return f.sits_at(made, world, person, row.meeting)

        def decided(_world: World, person: Person, row: Decision) -> bool:
            return row.owner_id == person.id or f.may_see_meeting(made, world, person, row.point.meeting)

        for person in world.people:
            wanted = {
                Meeting: expected(made.meetings, partial(f.may_see_meeting, made), world, person),
                Participant: expected(made.participants, with_meeting, world, person),
                Point: expected(made.points, with_meeting, world, person),
                Approval: expected(made.approvals, with_meeting, world, person),
                Decision: expected(made.decisions, decided, world, person),
                Return: expected(made.returns, at_the_table, world, person),
                Pack: expected(made.packs, at_the_table, world, person),
                Case: expected(made.cases, at_the_table, world, person),
                CaseAnswer: expected(made.answers, partial(f.may_see_answer, made), world, person),
            }
            with acting_as(person.id):
                seen = {model: set(model.objects.values_list("id", flat=True)) for model in wanted}
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])


def test_nobody_reads_an_incident_through_a_forum(client_of: Callable[[Person], Client]) -> None:
    """A meeting takes up a serious incident: they learn its level and month, and no more."""
    office = make_office()
    incident = serious_at(office)
    member = make_person("Mia Medlem")
    assign(member, Role.COMMITTEE_MEMBER, office.county, employer=office.directorate)
    meetings = [
        called_by(office.office_leader, office.unit),
        called_by(member, office.county, MeetingKind.COMMITTEE),
        called_by(office.office_leader, office.unit, MeetingKind.STAFF),
    ]
    held_by(office.office_leader, meetings[0], office.county_director, office.municipal_director)
    reads_no_incidents = [member, office.municipal_director, office.colleague]
    for person in reads_no_incidents:
        for address in [*(meeting.get_absolute_url() for meeting in meetings), "/forum/", "/forum/sporsmal/"]:
            answer = client_of(person).get(address)
            assert "Slo med en stol" not in answer.content.decode()
    with acting_as(member.id), connection.cursor() as cursor:
        assert not Incident.objects.filter(id=incident.id).exists()
        cursor.execute("select count(*) from app.partnership_cases()")
        assert cursor.fetchone() == (0,)
    with connection.cursor() as cursor:
        cursor.execute("select has_function_privilege('tryggmote_app', 'app.forum_events(uuid)', 'execute')")
        assert cursor.fetchone() == (False,)
