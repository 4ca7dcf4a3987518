"""What is measured of measures and agreements (2.3, AML § 2-2)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.access.tests.worlds import (
    counts,
    days_ago_near,
    in_many_random_worlds,
    last_days_ago,
    noon,
    undone,
)
from tryggmote.compliance.registry import rules as registered
from tryggmote.controls import agreements, queries
from tryggmote.controls.models import Agreement, Measure
from tryggmote.controls.rules import agreement_runs_out_on, evaluate_by
from tryggmote.controls.tests.helpers import (
    days_from_now,
    established_by,
    evaluated_by,
    planned_by,
)
from tryggmote.controls.tests.test_agreements import agreed, proposed
from tryggmote.controls.vocabulary import Effect
from tryggmote.organisation.models import Person, Placement, Unit, UnitKind
from tryggmote.organisation.tests.factories import Office, employ, make_office, make_person, make_unit

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=300)


@pytest.fixture
def office() -> Office:
    return make_office()


def row(view: str, person: Person, unit: Unit) -> dict[str, Any]:
    with acting_as(person.id), connection.cursor() as cursor:
        if view.startswith("evidence_part_"):
            cursor.execute("reset role")  # for the rules alone, which run as their owner
        cursor.execute(f"select * from {view} where unit_id = %s", [unit.id])
        names = [column.name for column in cursor.description]
        found = cursor.fetchall()
    assert len(found) == 1
    return dict(zip(names, found[0], strict=True))


def stands(name: str, office: Office, unit: Unit | None = None) -> tuple[str, str]:
    found = row(name, office.office_leader, unit or office.unit)
    rule, figures = registered()[name], json.loads(found["figures"])
    assert rule.says(found["reason"], figures)
    next_act = rule.next_act(found["reason"], figures, found["unit_id"])
    assert (next_act is None) is (found["state"] in ("met", "not_applicable"))
    return found["state"], found["reason"]


# Measures


def test_measures_are_counted_as_people_see_them(office: Office) -> None:
    def figures() -> tuple[int, int, int]:
        found = row("evidence_part_measures", office.office_leader, office.unit)
        return found["open"], found["overdue"], found["without_evaluation"]

    assert figures() == (0, 0, 0)
    measure = planned_by(
        office.office_leader, office.unit, office.counsellor, at=LONG_AGO, due_on=days_from_now(0)
    )
    assert figures() == (1, 0, 0)
    Measure.objects.filter(id=measure.id).update(due_on=days_from_now(-1))
    assert figures() == (1, 1, 0)
    established_by(office.counsellor, measure)
    assert figures() == (1, 0, 0)
    Measure.objects.filter(id=measure.id).update(established_at=LONG_AGO)
    assert figures() == (1, 0, 1)
    evaluated_by(office.counsellor, measure, Effect.UNKNOWN)
    assert figures() == (1, 0, 0)
    evaluated_by(office.counsellor, measure, Effect.REDUCED)
    assert figures() == (0, 0, 0)


@pytest.mark.parametrize("days", range(176, 188))
def test_the_database_counts_the_same_months_as_the_rule_and_the_list(office: Office, days: int) -> None:
    measure = planned_by(office.office_leader, office.unit, office.counsellor)
    established_by(office.counsellor, measure)
    Measure.objects.filter(id=measure.id).update(established_at=timezone.now() - timedelta(days=days))
    by = evaluate_by(Measure.objects.get())
    assert by is not None
    is_late = timezone.localdate() > by
    assert row("evidence_part_measures", office.counsellor, office.unit)["without_evaluation"] == is_late
    assert Measure.objects.filter(queries.unevaluated(timezone.localdate())).exists() is is_late


# AML § 2-2


def test_an_agreement_from_none_to_in_force(office: Office) -> None:
    name = "evidence_aml_2_2"
    assert stands(name, office) == ("missing", "no_agreement")
    agreement = proposed(office)
    assert stands(name, office) == ("missing", "not_signed")
    agreement = agreed(office)
    assert stands(name, office) == ("met", "in_force")
    found = row(name, office.counsellor, office.unit)
    assert found["runs_out_on"] == agreement_runs_out_on(agreement)


def test_an_agreement_that_is_no_longer_right_is_half_met(office: Office) -> None:
    name, agreement = "evidence_aml_2_2", agreed(office)
    team = make_unit("Team Kommune", UnitKind.TEAM, parents=(office.unit,))
    assert stands(name, office, team) == ("met", "in_force")
    Agreement.objects.update(signed_at=timezone.now() - timedelta(days=400))
    assert stands(name, office) == ("partly", "review_passed")
    with acting_as(office.office_leader.id) as leader:
        agreements.review_agreement(by=leader, agreement=agreement, review_id=new_id())
    assert stands(name, office) == ("met", "in_force")
    Placement.objects.filter(person=office.leader).update(ends_on=days_from_now(-1))
    assert stands(name, office) == ("partly", "co_ordinator_left")
    other = make_unit("En kommune til", UnitKind.MUNICIPALITY)
    employ(make_person("Ny Ansatt"), unit=team, employer=other)
    assert stands(name, office) == ("partly", "party_missing")
    Agreement.objects.update(from_on=days_from_now(-10), to_on=days_from_now(-1))
    assert stands(name, office) == ("missing", "no_agreement")


def test_with_one_employer_there_is_nothing_to_co_ordinate(office: Office) -> None:
    Placement.objects.filter(workforce__employer=office.municipality).update(ends_on=days_from_now(-1))
    assert stands("evidence_aml_2_2", office) == ("not_applicable", "one_employer")


def test_an_agreement_holds_on_the_last_day_of_the_year_and_not_the_day_after(office: Office) -> None:
    name = "evidence_aml_2_2"
    agreed(office)
    last_day = last_days_ago(months=12)
    Agreement.objects.update(signed_at=noon(last_day))
    assert stands(name, office) == ("met", "in_force")
    assert row(name, office.counsellor, office.unit)["runs_out_on"] == days_from_now(0)
    Agreement.objects.update(signed_at=noon(last_day + 1))
    assert stands(name, office) == ("partly", "review_passed")


def test_an_agreement_holds_on_the_last_day_it_names_and_not_the_day_after(office: Office) -> None:
    name = "evidence_aml_2_2"
    agreed(office)
    Agreement.objects.update(from_on=days_from_now(-10), to_on=days_from_now(0))
    assert stands(name, office) == ("met", "in_force")
    Agreement.objects.update(to_on=days_from_now(-1))
    assert stands(name, office) == ("missing", "no_agreement")


YEAR = last_days_ago(months=12)
RARELY = st.sampled_from([False, False, False, True])


@in_many_random_worlds
@given(
    from_in_days=st.sampled_from([-500, -1, 0, 0, 1]),
    lasts_to=st.sampled_from([None, None, -1, 0, 1]),
    signed_days_ago=st.none() | st.just(10) | days_ago_near(YEAR),
    reviewed_days_ago=st.none() | days_ago_near(YEAR),
    employers=st.sampled_from([1, 2, 2, 2, 2, 2, 3]),
    co_ordinator_has_left=RARELY,
)
def test_aml_2_2_says_what_its_sentence_says(
    office: Office,
    from_in_days: int,
    lasts_to: int | None,
    signed_days_ago: int | None,
    reviewed_days_ago: int | None,
    employers: int,
    co_ordinator_has_left: bool,
) -> None:
    """An agreement in force between all employers there, gone through in a year, co-ordinator there."""
    to_in_days = None if lasts_to is None else max(lasts_to, from_in_days)
    is_in_force = (
        signed_days_ago is not None and from_in_days <= 0 and (to_in_days is None or to_in_days >= 0)
    )
    gone_through = signed_days_ago if reviewed_days_ago is None else reviewed_days_ago
    is_right = (
        gone_through is not None
        and counts(gone_through, months=12)
        and employers == 2
        and not co_ordinator_has_left
    )
    if employers == 1:
        expected = "not_applicable"
    elif not is_in_force:
        expected = "missing"
    else:
        expected = "met" if is_right else "partly"
    with undone():
        agreed(office)
        Agreement.objects.update(
            from_on=days_from_now(from_in_days),
            to_on=None if to_in_days is None else days_from_now(to_in_days),
            signed_at=None if signed_days_ago is None else noon(signed_days_ago),
            reviewed_at=None if reviewed_days_ago is None else noon(reviewed_days_ago),
        )
        if employers == 1:
            local = Placement.objects.filter(workforce__employer=office.municipality)
            local.update(ends_on=days_from_now(-1))
        if employers == 3:
            other = make_unit("En kommune til", UnitKind.MUNICIPALITY)
            employ(make_person("Ny Ansatt"), unit=office.unit, employer=other)
        if co_ordinator_has_left:
            Placement.objects.filter(person=office.leader).update(ends_on=days_from_now(-1))
        assert stands("evidence_aml_2_2", office)[0] == expected
