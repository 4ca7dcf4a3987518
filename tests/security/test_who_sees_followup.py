"""The oracle for follow-up: random organisations, every person in them; and each role of an office."""

from random import Random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.security import followup as f
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import _tables_that_answer, a_world, expected, worlds
from tests.security.world import build
from tryggmote.access.context import acting_as
from tryggmote.access.models import ReadEntry
from tryggmote.followup.models import Consent, Plan, Reminder
from tryggmote.followup.queries import figures_of
from tryggmote.followup.tests.helpers import lets_in, plan_for
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import assign, make_office, make_person

pytestmark = pytest.mark.django_db
MODELS = (Plan, Consent, Reminder, *f.OF_A_PLAN)


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says_and_what_is_in_it(random: Random) -> None:
    with a_world(random) as world:
        files = f.build(world, random)
        content = {model: dict(model.objects.values_list("id", "plan_id")) for model in f.OF_A_PLAN}
        owner = {plan.id: plan.person_id for plan in files.plans}
        for person in world.people:
            plans = {p.id for p in files.plans if f.may_see_plan(world, person, p, files.consents)}
            wanted = {
                Plan: plans,
                Consent: expected(files.consents, f.may_see_consent, world, person),
                Reminder: expected(files.reminders, f.may_see_reminder, world, person),
                **{
                    model: {row for row, of in rows.items() if of in plans} for model, rows in content.items()
                },
            }
            reads = {r.id for r in files.reads if person.id in (r.person_id, owner[r.object_id])}
            with acting_as(person.id):
                seen = visible_ids(wanted)
                seen_reads = set(ReadEntry.objects.filter(kind="followup").values_list("id", flat=True))
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])
            assert seen_reads == reads


@worlds
@given(random=st.randoms(use_true_random=False))
def test_the_policy_says_the_same_to_those_who_hold_many_keys(random: Random) -> None:
    with a_world(random) as world:
        f.build(world, random)
        for person in world.people:
            answers = []
            for role in ("tryggmote_app", "tryggmote_wide", "tryggmote_all"):
                with acting_as(person.id):
                    with connection.cursor() as cursor:
                        cursor.execute("select set_config('role', %s, true)", [role])
                    answers.append(visible_ids(MODELS))
            assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_them_too(role: str) -> None:
    f.build(build(Random(1)), Random(1))
    filled = [model for model in MODELS if model._base_manager.exists()]
    assert filled == list(MODELS)
    assert _tables_that_answer(role, filled) == []


@worlds
@given(random=st.randoms(use_true_random=False))
def test_figures_of_an_incident_are_for_leaders_of_the_place_and_its_representative(random: Random) -> None:
    with a_world(random) as world:
        f.build(world, random)
        for person in world.people:
            for incident in world.incidents:
                concerned = incident.exposed_id or incident.reporter_id
                may = (
                    world.leads_person(person, concerned)
                    or world.leads_unit(person, incident.workforce_id)
                    or world.represents(person, incident.safety_area_id)
                )
                with acting_as(person.id):
                    figures = figures_of(incident.id)
                assert (figures is not None) == may
                assert figures is None or figures.plans == 2


# What each of an office's people sees of the counsellor's plan: the plan with its content; figures; nothing.
SEES = {
    "counsellor": (True, False),
    "leader": (True, True),
    "formal_leader": (False, False),
    "office_leader": (False, True),
    "safety_representative": (False, True),
    "chief_safety_representative": (False, True),
    "county_director": (False, False),
    "municipal_director": (False, False),
    "directorate_member": (False, False),
    "administrator": (False, False),
    "auditor": (False, False),
    "colleague": (False, False),
}


@pytest.mark.parametrize("who", SEES)
def test_each_role_of_the_office_sees_what_is_theirs(who: str) -> None:
    office = make_office()
    plan = plan_for(office.counsellor, office.leader, level=5)
    with acting_as(getattr(office, who).id):
        seen = {model: model.objects.exists() for model in (Plan, *f.OF_A_PLAN[:1])}
        figures = figures_of(plan.incident_id)
    assert (set(seen.values()), figures is not None) == ({SEES[who][0]}, SEES[who][1])


@pytest.mark.parametrize("role", list(Role))
def test_no_role_in_the_office_or_above_it_opens_a_plan(role: Role) -> None:
    """Whatever somebody becomes, they see a plan only when it is theirs, or when they were let in."""
    office = make_office()
    plan = plan_for(office.counsellor, office.leader, level=5)
    for unit in (office.unit, office.county, office.directorate):
        somebody = make_person("Noen")
        assign(somebody, role, unit)
        assert not _sees(somebody)
        lets_in(office.counsellor, plan, somebody)
        assert _sees(somebody)


def _sees(person: Person) -> bool:
    with acting_as(person.id):
        return Plan.objects.exists()
