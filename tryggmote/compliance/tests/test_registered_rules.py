"""Whatever rules are registered: their views have the columns, and show no unit out of sight."""

import pytest
from django.db import connection

from tryggmote.access.context import acting_as
from tryggmote.catalogue.loader import load_standards
from tryggmote.compliance.registry import COLUMNS, EvidenceRule, NextAct, register, rules
from tryggmote.compliance.states import State
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.tests.factories import make_office, make_unit

pytestmark = pytest.mark.django_db
# Names of keys are whole numbers of either size.
WHOLE_NUMBERS = {"integer", "bigint"}


def rows(sql: str, parameters: list[object] | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def views() -> list[str]:
    """Those that people read; the parts that rules share are read by the rules alone."""
    found = rows("select viewname from pg_views where schemaname = 'public' and viewname like 'evidence%%'")
    return sorted(name for (name,) in found if not name.startswith("evidence_part_"))


def columns(view: str) -> dict[str, str]:
    return dict(
        rows(
            "select column_name::text, data_type::text from information_schema.columns where table_name = %s",
            [view],
        )
    )


def wrong_columns(view: str) -> set[str]:
    found = columns(view)
    return {
        name
        for name, kind in COLUMNS.items()
        if found.get(name) not in (WHOLE_NUMBERS if name == "unit_id" else {kind})
    }


def test_every_rule_has_its_view_with_the_columns() -> None:
    for rule in rules().values():
        assert rule.view in views(), rule.name
        assert wrong_columns(rule.view) == set(), rule.name


def test_a_view_without_a_column_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("create view evidence_test as select 1 as unit_id, 'met'::text as state, 2 as reason")
    assert wrong_columns("evidence_test") == {"reason", "figures", "runs_out_on"}


def test_every_requirement_has_its_rule() -> None:
    asked = {r.evidence.rule for standard in load_standards() for r in standard.requirements}
    assert asked - rules().keys() == set()


def test_every_rule_is_named_by_a_requirement() -> None:
    named = {r.evidence.rule for standard in load_standards() for r in standard.requirements}
    assert set(rules()) <= named


def units_in(view: str, person: Person) -> set[int]:
    with acting_as(person.id):
        return {unit_id for (unit_id,) in rows(f"select unit_id from {view}")}


# About people in their roles, also in counties: the oracle holds them to whom they show (tests/security).
OF_PEOPLE = {
    "evidence_sessions",
    "evidence_training",
    "evidence_training_counts",
    "evidence_training_done",
    "evidence_training_needs",
}


def test_no_view_shows_a_unit_out_of_sight() -> None:
    office, other = make_office("Nav Lillevik"), make_office("Nav Storevik")
    team = make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    for view in set(views()) - OF_PEOPLE:
        assert units_in(view, office.counsellor) <= {office.unit.id}, view
        for person in (
            office.leader,
            office.office_leader,
            office.county_director,
            office.municipal_director,
        ):
            assert units_in(view, person) <= {office.unit.id, team.id}, (view, person.name)
        assert units_in(view, office.administrator) == set(), view
        assert units_in(view, office.directorate_member) <= {office.unit.id, team.id, other.unit.id}, view


def test_every_view_answers_with_a_state_there_is() -> None:
    office = make_office()
    with acting_as(office.directorate_member.id):
        for rule in rules().values():
            for state, reason, figures in rows(f"select state, reason, figures::text from {rule.view}"):
                assert State(state) != State.NOT_MEASURED, (rule.name, reason, figures)


def test_a_rule_is_registered_once_and_under_a_name_for_the_database() -> None:
    def says(reason: str, figures: object) -> str:
        return ""

    def next_act(reason: str, figures: object, unit_id: int) -> NextAct | None:
        return None

    with pytest.raises(ValueError, match="not a name"):
        EvidenceRule("2.1", "1", "evidence_2_1", says, next_act)
    with pytest.raises(ValueError, match="not a name"):
        EvidenceRule("evidence_2_1", "1", "x; drop table", says, next_act)


@pytest.mark.usefixtures("two_rules")
def test_a_name_that_is_taken_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        register(rules()["evidence_1_1"])
