"""The oracle for certificates and files of completions: random organisations, every person in them (4.1)."""

from random import Random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.security import certificates as c
from tests.security.test_who_sees_what import _tables_that_answer, a_world, worlds
from tests.security.world import World, build
from tryggmote.access.context import acting_as
from tryggmote.access.models import ReadEntry
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.training.models import (
    Certificate,
    CertificateDecision,
    CertificateFile,
    CourseName,
    TrainingFile,
)

pytestmark = pytest.mark.django_db
MODELS = (Certificate, CertificateFile, CertificateDecision, TrainingFile, CourseName)


def seen_by(person: Person, role: str = "") -> list[set[object]]:
    with acting_as(person.id):
        if role:
            with connection.cursor() as cursor:
                cursor.execute("select set_config('role', %s, true)", [role])
        reads = ReadEntry.objects.filter(kind="certificate")
        return [
            set(rows.values_list("pk", flat=True)) for rows in (*(m.objects.all() for m in MODELS), reads)
        ]


def wanted_by(world: World, drawer: c.Drawer, person: Person) -> list[set[object]]:
    return [
        {row.pk for row in rows if rule(world, person, row)}
        for rows, rule in (
            (drawer.certificates, c.may_see_certificate),
            (drawer.files, c.may_see_what_is_of_it),
            (drawer.decisions, c.may_see_what_is_of_it),
            (drawer.on_their_way, c.may_see_file),
            (drawer.courses, c.may_see_course),
            (drawer.reads, c.may_see_read),
        )
    ]


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says(random: Random) -> None:
    with a_world(random) as world:
        drawer = c.build(world, random)
        for person in world.people:
            roles = [(r.role, r.unit.name) for r in world.roles_of(person)]
            assert seen_by(person) == wanted_by(world, drawer, person), (person.name, roles)


@worlds
@given(random=st.randoms(use_true_random=False))
def test_the_policy_says_the_same_to_those_who_hold_many_keys(random: Random) -> None:
    with a_world(random) as world:
        c.build(world, random)
        for person in world.people:
            if not any(r.role == Role.DIRECTORATE for r in world.roles_of(person)):
                assert seen_by(person, "tryggmote_app") == seen_by(person, "tryggmote_wide")


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_them_too(role: str) -> None:
    c.build(build(Random(1)), Random(1))
    assert _tables_that_answer(role, list(MODELS)) == []
