"""A round from its first to its last day: who is asked, what is kept of an answer, and what is left of it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.duties.simulation import be_on, simulated_days
from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.errors import NotPossible
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, employ, make_office, make_person, make_unit
from tryggmote.statistics import surveying
from tryggmote.statistics.models import Season, SurveyBox, SurveyMark, SurveyResult, SurveyRound
from tryggmote.statistics.tests.county import somebody
from tryggmote.statistics.tests.survey_helpers import CLOSED, answered_by, at_work, closed, held

pytestmark = pytest.mark.django_db
SPRING = date(2027, 3, 8)
AFTER = SPRING + timedelta(days=21)


@pytest.fixture(autouse=True)
def days(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with simulated_days():
        yield


def on(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be this day in the database and in the product."""
    be_on(day)
    for module in ("surveying", "survey_queries"):
        monkeypatch.setattr(f"tryggmote.statistics.{module}.oslo_today", lambda: day)


def test_a_round_begins_on_its_first_day_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    on(SPRING - timedelta(days=1), monkeypatch)
    surveying.keep_rounds()
    assert not SurveyRound.objects.exists()
    for day in (SPRING, SPRING, SPRING + timedelta(days=20)):
        on(day, monkeypatch)
        surveying.keep_rounds()
    begun = SurveyRound.objects.get()
    assert (begun.season, begun.starts_on, begun.ends_on) == (
        Season.SPRING,
        SPRING,
        AFTER - timedelta(days=1),
    )
    assert begun.name == "Våren 2027"


def test_two_rounds_are_never_held_at_once() -> None:
    held(SPRING)
    with pytest.raises(IntegrityError), transaction.atomic():
        held(SPRING + timedelta(days=20))


def test_an_answer_is_counted_once_and_on_the_last_day_too(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    held(SPRING)
    on(AFTER - timedelta(days=1), monkeypatch)
    answered_by(office.counsellor, "no", 2)
    answered_by(office.counsellor, "yes", 5)
    box = SurveyBox.objects.get()
    assert (box.unit, box.reported_no, box.safe_2) == (office.unit, 1, 1)
    assert (box.reported_yes, box.reported_none, box.safe_5) == (0, 0, 0)
    on(AFTER, monkeypatch)
    with pytest.raises(NotPossible):
        answered_by(office.colleague, "yes", 5)


def test_whoever_skips_is_done_as_whoever_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The marks look the same, so they do not tell who has answered."""
    office = make_office()
    held(SPRING)
    on(SPRING, monkeypatch)
    answered_by(office.counsellor, "yes", 4)
    with acting_as(office.colleague.id):
        surveying.skip()
    columns = {field.name for field in SurveyMark._meta.fields}
    assert columns == {"id", "round", "person"}
    assert set(SurveyMark.objects.values_list("person", flat=True)) == {
        office.counsellor.id,
        office.colleague.id,
    }
    answered_by(office.colleague, "yes", 4)  # it is too late to change one's mind
    assert SurveyBox.objects.get().safe_4 == 1


def test_only_those_who_meet_clients_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    held(SPRING)
    on(SPRING, monkeypatch)
    behind = make_person("Bak Skranken")
    employ(behind, unit=office.unit, employer=office.directorate, meets_clients=False)
    for person in (behind, office.administrator):
        with pytest.raises(NotPossible):
            answered_by(person, "yes", 5)
    assert not SurveyMark.objects.exists()


@pytest.mark.parametrize(("reported", "safe"), [("maybe", 3), ("yes", 0), ("yes", 6), ("yes", None)])
def test_the_database_takes_no_other_answers(
    monkeypatch: pytest.MonkeyPatch, reported: str, safe: int | None
) -> None:
    office = make_office()
    held(SPRING)
    on(SPRING, monkeypatch)
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(office.counsellor.id):
        surveying._take(reported, safe)
    assert not SurveyMark.objects.exists()


def test_no_two_answers_can_be_told_apart_by_how_they_lie_in_the_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One row a unit, whose transaction is that of the last who answered, and tells of none of its counts."""
    office = make_office()
    held(SPRING)
    on(SPRING, monkeypatch)
    people = at_work(office.unit, office.directorate, 6)
    for number, person in enumerate(people):
        answered_by(person, ("yes", "no", "none")[number % 3], number % 5 + 1)
    with connection.cursor() as cursor:
        cursor.execute("select count(*), count(distinct xmin::text) from statistics_surveybox")
        assert cursor.fetchone() == (1, 1)
        cursor.execute(
            "select column_name, data_type from information_schema.columns "
            "where table_name in ('statistics_surveybox', 'statistics_surveymark') "
            "and (data_type like 'timestamp%' or data_type in ('date', 'uuid', 'time'))"
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "select tgname from pg_trigger where not tgisinternal and tgrelid in "
            "('statistics_surveybox'::regclass, 'statistics_surveymark'::regclass)"
        )
        assert cursor.fetchall() == []  # no history, no search
        cursor.execute("select count(*) from access_readentry")
        assert cursor.fetchone() == (0,)


def results() -> dict[int, tuple[int, int | None]]:
    """How many answered by unit, and in how many cases it was reported."""
    return {r.unit_id: (r.answers, r.reported_yes) for r in SurveyResult.objects.all()}


def test_when_the_round_is_over_what_five_answered_is_kept_and_the_rest_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = make_office()
    small = make_unit("Nav Smått", parents=(office.county,))
    department = make_unit("Mottak", UnitKind.DEPARTMENT, parents=(office.unit,))
    over = held(SPRING)
    on(SPRING, monkeypatch)
    for place, number in ((office.unit, 6), (small, 4), (department, 5)):
        for person in at_work(place, office.directorate, number):
            answered_by(person, "yes", 5)
    on(AFTER, monkeypatch)
    surveying.keep_rounds()
    over.refresh_from_db()
    assert over.closed_on == AFTER
    # The county's fifteen less the eleven of the office and its department would leave the four of the other.
    assert results() == {office.directorate.id: (15, 15), office.county.id: (15, 15)}
    assert not SurveyBox.objects.exists()
    assert not SurveyMark.objects.exists()


def test_few_who_experienced_something_are_hidden_where_the_answers_are_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = make_office()
    held(SPRING)
    on(SPRING, monkeypatch)
    people = at_work(office.unit, office.directorate, 9)
    for person, reported in zip(people, ["no", "yes", "no", "yes", *["none"] * 5], strict=True):
        answered_by(person, reported, 3)
    on(AFTER, monkeypatch)
    surveying.keep_rounds()
    assert results()[office.unit.id] == (9, None)


def test_nothing_is_counted_up_while_a_round_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    over = held(SPRING)
    on(AFTER - timedelta(days=1), monkeypatch)
    for person in at_work(office.unit, office.directorate, 6):
        answered_by(person, "yes", 5)
    surveying.keep_rounds()
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute("select * from app.sizes_of_survey(%s)", [over.id])
        assert cursor.fetchall() == []
        cursor.execute("select app.close_survey(%s, %s, %s)", [over.id, [office.unit.id], []])
    assert results() == {}
    assert SurveyBox.objects.get().safe_5 == 6


def test_the_database_itself_refuses_results_of_few(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    over = held(SPRING)
    on(SPRING, monkeypatch)
    for person in at_work(office.unit, office.directorate, 4):
        answered_by(person, "yes", 5)
    on(AFTER, monkeypatch)
    with pytest.raises(IntegrityError), transaction.atomic(), acting_as_job(), connection.cursor() as cursor:
        cursor.execute("select app.close_survey(%s, %s, %s)", [over.id, [office.unit.id], []])


def test_results_go_after_three_years(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    closed(held(SPRING, closed_on=AFTER), office.unit)
    on(date(2030, 3, 28), monkeypatch)
    surveying.keep_rounds()
    assert SurveyResult.objects.count() == 1
    on(date(2030, 3, 29), monkeypatch)
    surveying.keep_rounds()
    assert not SurveyResult.objects.exists()
    assert not SurveyRound.objects.filter(starts_on=SPRING).exists()


def test_what_a_merged_unit_answered_counts_in_the_one_it_went_into(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    gone = make_unit("Nav Før", parents=(office.county,))
    held(SPRING)
    on(SPRING, monkeypatch)
    for person in at_work(gone, office.directorate, 5):
        answered_by(person, "none", 4)
    Unit.objects.filter(id=gone.id).update(merged_into=office.unit)
    on(AFTER, monkeypatch)
    surveying.keep_rounds()
    assert results()[office.unit.id] == (5, 0)


def everybody_at(office: Office) -> Iterator[Person]:
    yield from (
        office.counsellor, office.colleague, office.leader, office.office_leader,
        office.safety_representative, office.county_director, office.municipal_director,
        office.administrator, office.auditor, office.directorate_member,
    )  # fmt: skip
    yield from (somebody(office.unit, role) for role in (Role.COMMITTEE_MEMBER, Role.UNION_REPRESENTATIVE))


def test_nobody_and_no_job_reads_what_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_office()
    held(SPRING)
    on(SPRING, monkeypatch)
    answered_by(office.counsellor, "no", 1)
    for person in everybody_at(office):
        for table in (SurveyBox, SurveyMark):
            for change in ("select", "insert", "update", "delete"):
                if (table, change) == (SurveyMark, "select"):
                    continue
                with acting_as(person.id), connection.cursor() as cursor:
                    cursor.execute("select has_table_privilege(%s, %s)", [table._meta.db_table, change])
                    assert cursor.fetchone() == (False,), (person.name, table, change)
        with acting_as(person.id):
            marks = set(SurveyMark.objects.values_list("person", flat=True))
        assert marks == ({office.counsellor.id} & {person.id}), person.name
    with connection.cursor() as cursor:
        for table in (SurveyBox, SurveyMark):
            cursor.execute(
                "select has_table_privilege('tryggmote_job', %s, 'select')", [table._meta.db_table]
            )
            assert cursor.fetchone() == (False,)


def test_results_are_seen_by_those_who_can_talk_with_the_unit_and_nobody_else() -> None:
    office, other = make_office(), make_office("Nav Annetsted")
    closed(
        held(CLOSED, closed_on=CLOSED + timedelta(days=21)), office.unit, office.county, office.directorate
    )
    unit, county, country = office.unit.id, office.county.id, office.directorate.id
    expected = {
        office.office_leader: {unit},
        office.safety_representative: {unit},
        office.municipal_director: {unit},
        office.county_director: {unit, county},
        office.directorate_member: {unit, county, country},
        office.counsellor: set(),
        office.administrator: set(),
        office.auditor: set(),
        other.office_leader: set(),
        other.county_director: set(),
        other.safety_representative: set(),
    }
    for person, units in expected.items():
        with acting_as(person.id):
            seen = set(SurveyResult.objects.values_list("unit", flat=True))
        assert seen == units, person.name


def test_a_municipality_has_no_sum_of_offices_that_lie_in_a_county_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = make_office()
    held(SPRING)
    on(SPRING, monkeypatch)
    own = at_work(office.municipality, office.municipality, 5)
    for person in [*own, *at_work(office.unit, office.municipality, 7)]:
        answered_by(person, "none", 4)
    on(AFTER, monkeypatch)
    surveying.keep_rounds()
    assert {unit: answers for unit, (answers, _reported) in results().items()} == {
        office.municipality.id: 5,
        office.unit.id: 7,
        office.county.id: 7,
        office.directorate.id: 7,
    }
