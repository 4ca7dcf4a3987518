"""The oracle for the survey: results to those who can talk with the unit, and single answers to nobody.

From the product's description of signs of under-reporting: those who lead, represent, oversee or co-ordinate
a unit; never who. What somebody has answered nobody can read, an administrator and the jobs neither
(ADR 0061).
"""

from datetime import timedelta
from random import Random

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.security.learning import oversees_unit, writes
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import _tables_that_answer, a_world, expected, worlds
from tests.security.world import World, build
from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.organisation.models import Person
from tryggmote.statistics.models import SurveyBox, SurveyMark, SurveyResult
from tryggmote.statistics.tests.survey_helpers import CLOSED, closed, held
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
READS = (SurveyMark, SurveyResult)


def may_see_result(world: World, person: Person, result: SurveyResult) -> bool:
    """Leads or represents the unit, or stands above it on either line or as its co-ordinator."""
    return writes(world, person, result.unit_id) or oversees_unit(world, person, result.unit_id)


def may_see_mark(_world: World, person: Person, mark: SurveyMark) -> bool:
    return mark.person_id == person.id


def survey(world: World, random: Random) -> tuple[list[SurveyMark], list[SurveyResult]]:
    """Results of all units in a round that is over, and marks and boxes of one that is held."""
    closed(held(CLOSED, closed_on=CLOSED + timedelta(days=21)), *world.units)
    now = held(oslo_today())
    for person in world.people:
        if random.random() < 0.5:
            SurveyMark.objects.create(round=now, person=person)
    for unit in world.units:
        SurveyBox.objects.create(
            round=now, unit=unit, reported_yes=1, reported_no=0, reported_none=0,
            safe_1=1, safe_2=0, safe_3=0, safe_4=0, safe_5=0,
        )  # fmt: skip
    return list(SurveyMark.objects.all()), list(SurveyResult.objects.all())


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_their_own_mark_and_results_of_units_they_answer_for(random: Random) -> None:
    with a_world(random) as world:
        marks, results = survey(world, random)
        for person in world.people:
            wanted = {
                SurveyMark: expected(marks, may_see_mark, world, person),
                SurveyResult: expected(results, may_see_result, world, person),
            }
            with acting_as(person.id):
                seen = visible_ids(READS)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])


@worlds
@given(random=st.randoms(use_true_random=False))
def test_nobody_reads_or_changes_a_box_whatever_they_hold(random: Random) -> None:
    with a_world(random) as world:
        survey(world, random)
        for person in world.people:
            for statement in (
                "select * from statistics_surveybox",
                "update statistics_surveybox set safe_1 = 0",
                "delete from statistics_surveybox",
                "insert into statistics_surveymark (round_id, person_id) values (1, 1)",
                "delete from statistics_surveymark",
                "update statistics_surveyresult set safe_1 = 0",
                "select * from app.sizes_of_survey(1)",
                "select app.close_survey(1, '{}', '{}')",
                "select app.forget_surveys(app.today())",
            ):
                with (
                    acting_as(person.id),
                    pytest.raises(DatabaseError, match="permission"),
                    transaction.atomic(),
                ):
                    connection.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "select * from statistics_surveybox",
        "select * from statistics_surveymark",
        "select * from statistics_surveyresult",
        "select app.take_survey('no', 1)",
        "update statistics_surveyround set closed_on = app.today()",
    ],
)
def test_the_jobs_neither_read_nor_give_answers(statement: str) -> None:
    survey(build(Random(1)), Random(1))
    with acting_as_job(), pytest.raises(DatabaseError, match="permission"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_them_too(role: str) -> None:
    survey(build(Random(1)), Random(1))
    assert SurveyMark.objects.exists()
    assert _tables_that_answer(role, list(READS)) == []
