"""What is kept of how units stand: the same as live at the same moment, and what it was before."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.compliance.everything import everything_sql, rules_in_use
from tryggmote.compliance.jobs import bring_up_to_date as the_job
from tryggmote.compliance.keeping import Changes, bring_up_to_date
from tryggmote.compliance.models import LastKept, Standing
from tryggmote.organisation.models import Unit, UnitKind
from tryggmote.organisation.tests.factories import Office, make_office, make_unit

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 26, 11, tzinfo=UTC)
LATER = NOON + timedelta(minutes=15)


@pytest.fixture
def office() -> Office:
    return make_office()


def answer_partly_as(state: str, reason: str = "few") -> None:
    """From now on the rule of 1.1 answers this everywhere."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create or replace view evidence_test_1 as "
            f"select u.id as unit_id, '{state}'::text as state, '{reason}'::text as reason, "
            "jsonb_build_object('readers', 9, 'audience', 9) as figures, null::date as runs_out_on "
            "from organisation_unit u where u.id = any ((select app.units_measured())::integer[])"
        )


def rows_of(rule: str) -> list[tuple[str, datetime, datetime | None]]:
    found = Standing.objects.filter(rule=rule).order_by("from_at")
    return list(found.values_list("state", "from_at", "until_at"))


@pytest.mark.usefixtures("two_rules")
def test_the_first_run_notes_how_every_unit_stands(office: Office) -> None:
    make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    assert bring_up_to_date(NOON) == Changes(began=3, ended=0)
    assert rows_of("evidence_2_1") == [("met", NOON, None)]
    assert LastKept.objects.get().at == NOON


@pytest.mark.usefixtures("two_rules")
def test_running_again_changes_nothing(office: Office) -> None:
    bring_up_to_date(NOON)
    before = list(Standing.objects.order_by("id").values())
    assert bring_up_to_date(NOON) == Changes(0, 0)
    assert bring_up_to_date(LATER) == Changes(0, 0)
    assert list(Standing.objects.order_by("id").values()) == before


@pytest.mark.usefixtures("two_rules")
def test_a_change_ends_one_row_and_begins_the_next_at_the_same_moment(office: Office) -> None:
    bring_up_to_date(NOON)
    answer_partly_as("met", "all")
    assert bring_up_to_date(LATER) == Changes(began=1, ended=1)
    assert rows_of("evidence_1_1") == [("partly", NOON, LATER), ("met", LATER, None)]


@pytest.mark.usefixtures("two_rules")
def test_another_reason_is_a_new_row_and_the_state_is_as_old_as_before(office: Office) -> None:
    bring_up_to_date(NOON)
    answer_partly_as("partly", "all")
    bring_up_to_date(LATER)
    now = Standing.objects.get(rule="evidence_1_1", until_at=None)
    assert (now.reason, now.from_at, now.since) == ("all", LATER, NOON)


@pytest.mark.usefixtures("two_rules")
def test_figures_alone_make_no_new_row_but_are_kept_up_to_date(office: Office) -> None:
    bring_up_to_date(NOON)
    answer_partly_as("partly")
    assert bring_up_to_date(LATER) == Changes(0, 0)
    assert Standing.objects.get(rule="evidence_1_1").figures == {"readers": 9, "audience": 9}


@pytest.mark.usefixtures("two_rules")
def test_a_new_version_of_a_rule_is_a_new_row(office: Office) -> None:
    bring_up_to_date(NOON)
    with connection.cursor() as cursor:
        cursor.execute(everything_sql().replace("'3'::text", "'4'::text"))
    assert bring_up_to_date(LATER) == Changes(began=1, ended=1)


@pytest.mark.usefixtures("two_rules")
def test_a_unit_that_is_there_no_more_stands_no_way(office: Office) -> None:
    bring_up_to_date(NOON)
    Unit.objects.filter(id=office.unit.id).update(ended_on=timezone.localdate() - timedelta(days=1))
    assert bring_up_to_date(LATER) == Changes(began=0, ended=2)
    assert not Standing.objects.filter(until_at=None).exists()


@pytest.mark.usefixtures("two_rules")
def test_a_unit_that_has_become_part_of_another_stands_no_way(office: Office) -> None:
    other = make_office("Nav Storevik")
    bring_up_to_date(NOON)
    Unit.objects.filter(id=office.unit.id).update(merged_into=other.unit)
    assert bring_up_to_date(LATER) == Changes(began=0, ended=2)
    assert set(Standing.objects.filter(until_at=None).values_list("unit", flat=True)) == {other.unit.id}


@pytest.mark.usefixtures("two_rules")
def test_a_clock_set_back_writes_nothing(office: Office) -> None:
    bring_up_to_date(LATER)
    answer_partly_as("met", "all")
    assert bring_up_to_date(NOON) == Changes(0, 0)
    assert rows_of("evidence_1_1") == [("partly", LATER, None)]


def kept_and_live(office: Office) -> tuple[set[tuple], set[tuple]]:
    """What is kept and what the views answer a member of the directorate, who sees every unit."""
    live = " union all ".join(
        f"select unit_id::bigint, '{rule.name}', state, reason, figures::text, runs_out_on from {rule.view}"
        for rule in rules_in_use()
    )
    kept = (
        "select unit_id, rule, state, reason, figures::text, runs_out_on from compliance_standing "
        "where until_at is null"
    )
    with acting_as(office.directorate_member.id), connection.cursor() as cursor:
        cursor.execute(kept)
        found = set(cursor.fetchall())
        cursor.execute(live)
        return found, set(cursor.fetchall())


def test_what_the_job_keeps_is_what_all_rules_answer(office: Office) -> None:
    make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    make_office("Nav Storevik")
    the_job()
    kept, live = kept_and_live(office)
    assert len({rule for _unit, rule, *_rest in live}) == len(rules_in_use())
    assert kept == live
