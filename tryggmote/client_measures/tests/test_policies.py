"""Attacks on a closed case, straight at the database: whatever the program asks, this is refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.ids import new_id
from tryggmote.access.models import HistoryEntry, ReadEntry
from tryggmote.access.reading import log_read, reads_of
from tryggmote.access.tests.worlds import noon
from tryggmote.client_measures.models import ClientMeasure, Handler, LinkedIncident, Step
from tryggmote.client_measures.tests.helpers import (
    begun_by,
    full_text,
    heard,
    in_force,
    set_back,
    stepped,
    written_by,
)
from tryggmote.client_measures.vocabulary import State, StepKind
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, employ, make_office, make_person, make_unit

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
MODELS = (ClientMeasure, Handler, LinkedIncident, Step)


@pytest.fixture
def office() -> Office:
    return make_office()


def refused(person: Person, act: Callable[[], Any]) -> bool:
    """Whether the database refuses it, or it touches no row."""
    with acting_as(person.id):
        try:
            with transaction.atomic():
                return act() == 0
        except DatabaseError:
            return True


def added(row: Any) -> Callable[[], Any]:
    return lambda: row.save(force_insert=True)


def run(sql: str, *parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def a_case(person: Person, office: Office, **values: Any) -> ClientMeasure:
    return ClientMeasure(
        **{"unit": office.unit, "created_by": person, "rule_version": "x", "case_reference": "1", **values}
    )


def a_step(case: ClientMeasure, person: Person, kind: StepKind, **values: Any) -> Step:
    usual = {"on": TODAY(), "how": "letter", "text": "Ja", "due_on": TODAY() + timedelta(days=5),
             "exception": "impossible", "outcome": "imposed", "revision": case.revision}  # fmt: skip
    return Step(id=new_id(), measure_id=case.id, by=person, kind=kind, **{**usual, **values})


def everybody(office: Office) -> dict[str, Person]:
    return {name: person for name, person in vars(office).items() if isinstance(person, Person)}


def test_nobody_begins_a_case_in_anothers_name_or_where_they_do_not_work(office: Office) -> None:
    other = make_office("Nav Storevik")
    assert not refused(office.counsellor, added(a_case(office.counsellor, office)))
    assert refused(office.counsellor, added(a_case(office.office_leader, office)))
    assert refused(office.counsellor, added(a_case(office.counsellor, other)))
    for role in ("county_director", "municipal_director", "administrator", "auditor", "directorate_member"):
        person = getattr(office, role)
        assert refused(person, added(a_case(person, office))), role


def test_a_case_is_born_with_nothing_done_whatever_is_sent(office: Office) -> None:
    now = timezone.now()
    sent = a_case(
        office.counsellor, office, decided_at=now, outcome="imposed", told_on=TODAY(), heard_at=now,
        is_exempted=True, handler_ids=[office.colleague.id], delete_on=TODAY() + timedelta(days=9999),
        **full_text(),
    )  # fmt: skip
    assert not refused(office.counsellor, added(sent))
    case = ClientMeasure.objects.get()
    assert case.state(TODAY()) == State.DRAFT
    assert case.handler_ids == []
    assert case.delete_on == TODAY() + timedelta(days=60)


@pytest.mark.parametrize(
    "reference", ["01010112345", "010101 12345", "41 01 01 123 45", "sak 010101-12345", "9" * 12]
)
def test_a_national_identity_number_is_no_reference(office: Office, reference: str) -> None:
    assert refused(office.counsellor, added(a_case(office.counsellor, office, case_reference=reference)))


def test_those_who_do_not_handle_it_see_nothing_of_it(office: Office) -> None:
    incident = reported_by(office.counsellor)
    case = begun_by(office.counsellor, office.unit, incident_id=incident.id)
    Handler.objects.create(measure=case, person=office.colleague, by=office.counsellor)
    who_see = {"counsellor", "colleague", "office_leader"}
    for name, person in everybody(office).items():
        with acting_as(person.id):
            seen = [model.objects.exists() for model in (ClientMeasure, Handler, LinkedIncident)]
        assert all(seen) if name in who_see else not any(seen), name


@pytest.mark.parametrize("role", list(Role))
def test_no_role_but_the_leader_of_the_unit_opens_a_case(office: Office, role: Role) -> None:
    begun_by(office.counsellor, office.unit)
    for unit in (office.unit, office.county, office.directorate):
        person = make_person(f"{role} i {unit.name}")
        assign(person, role, unit)
        with acting_as(person.id):
            sees = ClientMeasure.objects.exists()
        # `leader` decides only where nobody leads the office as a whole, and here somebody does.
        assert sees is (role == Role.OFFICE_LEADER and unit == office.unit), unit.name


def test_a_leader_of_an_office_without_an_office_leader_decides(office: Office) -> None:
    unit = make_unit("Nav Litevik", UnitKind.OFFICE, parents=(office.county,))
    counsellor = make_person("Live Veileder")
    employ(counsellor, unit=unit, employer=office.directorate)
    assign(office.leader, Role.LEADER, unit)
    case = heard(counsellor, unit)
    stepped(office.leader, case, StepKind.DECIDED)
    assert case.decided_at


def test_a_leader_of_a_team_or_of_what_lies_above_decides_nothing(office: Office) -> None:
    team = make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    case = heard(office.counsellor, office.unit)
    for role, unit in ((Role.LEADER, team), (Role.OFFICE_LEADER, team), (Role.OFFICE_LEADER, office.county)):
        person = make_person("En Leder")
        assign(person, role, unit)
        assert refused(person, added(a_step(case, person, StepKind.DECIDED))), unit.name


def test_somebody_who_has_left_the_unit_sees_their_own_case_no_more(office: Office) -> None:
    begun_by(office.counsellor, office.unit)
    run(
        "update organisation_placement set ends_on = app.today() - 1 where person_id = %s",
        office.counsellor.id,
    )
    with acting_as(office.counsellor.id):
        assert not ClientMeasure.objects.exists()
    with acting_as(office.office_leader.id):
        assert ClientMeasure.objects.exists()


def test_a_leader_whose_time_is_over_sees_and_decides_no_more(office: Office) -> None:
    case = heard(office.counsellor, office.unit)
    run(
        "update organisation_roleassignment set ends_on = app.today() - 1 where person_id = %s",
        office.office_leader.id,
    )
    with acting_as(office.office_leader.id):
        assert not ClientMeasure.objects.exists()
    assert refused(office.office_leader, added(a_step(case, office.office_leader, StepKind.DECIDED)))


def test_only_the_leader_takes_the_leaders_steps_and_in_their_own_name(office: Office) -> None:
    case = heard(office.counsellor, office.unit)
    for name, person in everybody(office).items():
        as_other = a_step(case, office.office_leader, StepKind.DECIDED)
        if name != "office_leader":
            assert refused(person, added(a_step(case, person, StepKind.DECIDED))), name
            assert refused(person, added(as_other)), name
    assert refused(office.office_leader, added(a_step(case, office.counsellor, StepKind.DECIDED)))
    assert not refused(office.office_leader, added(a_step(case, office.office_leader, StepKind.DECIDED)))
    for kind in (StepKind.REVIEWED, StepKind.LIFTED):
        assert refused(office.counsellor, added(a_step(case, office.counsellor, kind)))


def test_strangers_take_no_step_and_are_not_told_whether_there_is_a_case(office: Office) -> None:
    """The same words for a case that is hidden, one whose time has not come, and one that is not there."""
    case, other = heard(office.counsellor, office.unit), begun_by(office.counsellor, office.unit)

    def answer(case_id: Any) -> str:
        with acting_as(office.safety_representative.id), transaction.atomic():
            try:
                with transaction.atomic():
                    run(
                        "insert into client_measures_step (id, measure_id, kind, "
                        "by_id, how, exception, outcome, text, "
                        "letter) values (%s, %s, 'exempted', %s, '', 'impossible', '', 'Ja', '')",
                        new_id(), case_id, office.safety_representative.id,
                    )  # fmt: skip
            except DatabaseError as error:
                return str(error).split("\n")[0]
        return "added"

    words = {answer(case.id), answer(other.id), answer(new_id())}
    assert words == {'new row violates row-level security policy for table "client_measures_step"'}


@pytest.mark.parametrize(
    "what",
    [
        {"to_on": TODAY() + timedelta(days=84)},
        {"milder_means": {}},
        {"services": "  "},
        {"prevents": ""},
        {"from_on": TODAY() - timedelta(days=1)},
        {"review_on": None},
        {"place": ""},
    ],
)
def test_an_incomplete_or_too_long_measure_is_not_imposed(office: Office, what: dict[str, Any]) -> None:
    case = heard(office.counsellor, office.unit, code="FYUS")
    stepped(office.counsellor, case, StepKind.EXEMPTED)
    with acting_as(office.counsellor.id):
        ClientMeasure.objects.filter(id=case.id).update(**what)
    case.refresh_from_db()
    assert refused(office.office_leader, added(a_step(case, office.office_leader, StepKind.DECIDED)))


def test_a_code_that_is_not_one_of_the_five_is_no_way_round_what_is_milder(office: Office) -> None:
    case = begun_by(office.counsellor, office.unit)
    with acting_as(office.counsellor.id):
        ClientMeasure.objects.filter(id=case.id).update(**full_text() | {"code": "ZZZZ", "milder_means": {}})
    case.refresh_from_db()
    assert refused(office.counsellor, added(a_step(case, office.counsellor, StepKind.FOREWARNED)))
    assert not refused(office.counsellor, added(a_step(case, office.counsellor, StepKind.EXEMPTED)))
    assert refused(office.office_leader, added(a_step(case, office.office_leader, StepKind.DECIDED)))


def test_a_day_that_never_comes_is_no_day(office: Office) -> None:
    case = heard(office.counsellor, office.unit)
    for column in ("from_on", "to_on", "review_on"):
        sql = f"update client_measures_clientmeasure set {column} = 'infinity' where id = %s"
        assert refused(office.counsellor, lambda sql=sql: run(sql, case.id)), column
    for column, kind in (("due_on", StepKind.FOREWARNED), ("on", StepKind.ANSWERED)):
        sql = (
            f'insert into client_measures_step (id, measure_id, kind, by_id, "{column}", how, exception, '
            "outcome, text, letter) values (%s, %s, %s, %s, '-infinity'::date, 'letter', '', '', 'Ja', '')"
        )
        values = (new_id(), case.id, kind.value, office.counsellor.id)
        assert refused(office.counsellor, lambda sql=sql, values=values: run(sql, *values)), column


def test_a_measure_for_a_time_far_off_is_not_imposed(office: Office) -> None:
    case = heard(office.counsellor, office.unit)
    later = TODAY() + timedelta(days=29)
    with acting_as(office.counsellor.id):
        ClientMeasure.objects.filter(id=case.id).update(from_on=later, to_on=later, review_on=later)
    case.refresh_from_db()
    assert refused(office.office_leader, added(a_step(case, office.office_leader, StepKind.DECIDED)))


def test_nothing_is_imposed_on_somebody_who_was_not_warned_or_whose_time_to_answer_runs(
    office: Office,
) -> None:
    case = begun_by(office.counsellor, office.unit)
    with acting_as(office.counsellor.id):
        ClientMeasure.objects.filter(id=case.id).update(**full_text())
    case.refresh_from_db()
    assert refused(office.office_leader, added(a_step(case, office.office_leader, StepKind.DECIDED)))
    assert refused(office.counsellor, added(a_step(case, office.counsellor, StepKind.ANSWERED)))
    stepped(office.counsellor, case, StepKind.FOREWARNED)
    assert refused(office.counsellor, added(a_step(case, office.counsellor, StepKind.SILENT)))
    assert refused(office.office_leader, added(a_step(case, office.office_leader, StepKind.DECIDED)))


def test_a_text_that_was_changed_after_the_leader_read_it_is_not_decided(office: Office) -> None:
    case = heard(office.counsellor, office.unit)
    read = case.revision
    with acting_as(office.counsellor.id):
        ClientMeasure.objects.filter(id=case.id).update(services="Ingen")
    decision = a_step(case, office.office_leader, StepKind.DECIDED, revision=read)
    assert refused(office.office_leader, added(decision))


def test_a_leader_in_their_own_matter_decides_nothing(office: Office) -> None:
    incident = reported_by(office.counsellor, exposed_id=office.office_leader.id, about="other")
    case = heard(office.counsellor, office.unit)
    LinkedIncident.objects.create(measure=case, incident=incident)
    assert refused(office.office_leader, added(a_step(case, office.office_leader, StepKind.DECIDED)))
    gone = LinkedIncident.objects.filter(measure=case)
    assert refused(office.office_leader, lambda: gone._raw_delete(using="default"))


def test_the_text_is_not_changed_after_the_decision(office: Office) -> None:
    case = in_force(office.counsellor, office.office_leader, office.unit)
    rows = ClientMeasure.objects.filter(id=case.id)
    for person in (office.counsellor, office.office_leader, office.administrator, office.directorate_member):
        assert refused(person, lambda: rows.update(facts="Omskrevet"))
        assert refused(person, lambda: rows.update(to_on=TODAY() + timedelta(days=80)))
    incident = reported_by(office.counsellor)
    assert refused(office.counsellor, added(LinkedIncident(measure=case, incident=incident)))


@pytest.mark.parametrize(
    "column",
    ["decided_at", "forewarned_at", "heard_at", "told_on", "delete_on", "archived_at", "lifted_at",
     "revision", "handler_ids", "created_by", "unit", "outcome", "created_at", "is_exempted", "respond_by",
     "forewarned_code"],
)  # fmt: skip
def test_nobody_writes_what_follows_from_steps(office: Office, column: str) -> None:
    case = heard(office.counsellor, office.unit)
    value = getattr(case, column)
    for person in (office.counsellor, office.office_leader):
        assert refused(person, lambda: ClientMeasure.objects.filter(id=case.id).update(**{column: value}))


def test_what_was_done_is_never_changed_or_taken_away(office: Office) -> None:
    in_force(office.counsellor, office.office_leader, office.unit)
    for person in (office.counsellor, office.office_leader):
        assert refused(person, lambda: Step.objects.update(text="Omskrevet"))
        assert refused(person, lambda: Step.objects.all()._raw_delete(using="default"))
        assert refused(person, lambda: ClientMeasure.objects.all()._raw_delete(using="default"))
        assert refused(person, lambda: Handler.objects.update(person=office.leader))


def test_a_step_is_written_down_when_it_is_taken_and_not_earlier(office: Office) -> None:
    case = heard(office.counsellor, office.unit)
    last_week = timezone.now() - timedelta(days=7)
    assert not refused(
        office.office_leader, added(a_step(case, office.office_leader, StepKind.DECIDED, at=last_week))
    )
    assert Step.objects.get(kind="decided").at > timezone.now() - timedelta(hours=1)


def test_an_expired_or_lifted_measure_is_not_taken_up_again(office: Office) -> None:
    expired = in_force(office.counsellor, office.office_leader, office.unit)
    set_back(expired, days=30)
    lifted = in_force(office.counsellor, office.office_leader, office.unit)
    stepped(office.office_leader, lifted, StepKind.LIFTED)
    reopening = (
        StepKind.FOREWARNED, StepKind.EXEMPTED, StepKind.ANSWERED, StepKind.SILENT, StepKind.SUBMITTED,
        StepKind.DECIDED, StepKind.REVIEWED, StepKind.LIFTED, StepKind.TOLD,
    )  # fmt: skip
    for case, state in ((expired, State.EXPIRED), (lifted, State.LIFTED)):
        assert case.state(TODAY()) == state
        for kind in reopening:
            assert refused(office.office_leader, added(a_step(case, office.office_leader, kind))), kind
        rows = ClientMeasure.objects.filter(id=case.id)
        assert refused(office.office_leader, lambda rows=rows: rows.update(to_on=TODAY() + timedelta(days=5)))


def test_a_case_has_one_decision(office: Office) -> None:
    case = heard(office.counsellor, office.unit)
    stepped(office.office_leader, case, StepKind.DECIDED, outcome="declined")
    assert refused(office.office_leader, added(a_step(case, office.office_leader, StepKind.DECIDED)))


def test_nobody_names_themselves_and_only_people_of_the_unit_are_named(office: Office) -> None:
    case, stranger = begun_by(office.counsellor, office.unit), make_office("Nav Storevik").counsellor
    Handler.objects.create(measure=case, person=office.colleague, by=office.counsellor)

    def naming(person: Person, by: Person) -> Callable[[], Any]:
        return added(Handler(measure=case, person=person, by=by))

    assert refused(
        office.safety_representative, naming(office.safety_representative, office.safety_representative)
    )
    assert refused(office.safety_representative, naming(office.safety_representative, office.counsellor))
    assert refused(office.colleague, naming(office.leader, office.colleague))
    assert refused(office.counsellor, naming(office.leader, office.office_leader))
    assert refused(office.counsellor, naming(stranger, office.counsellor))
    assert refused(office.counsellor, naming(office.county_director, office.counsellor))
    assert not refused(office.counsellor, naming(office.leader, office.counsellor))
    others = Handler.objects.filter(person=office.leader)
    assert refused(office.colleague, lambda: others._raw_delete(using="default"))


def test_who_has_read_it_is_seen_by_those_who_handle_it_and_nobody_else(office: Office) -> None:
    case = begun_by(office.counsellor, office.unit)
    for person in (office.counsellor, office.office_leader):
        with acting_as(person.id) as by:
            log_read(by, "client_measure", case.id)
    for name, person in everybody(office).items():
        with acting_as(person.id):
            seen = len(reads_of("client_measure", case.id))
        assert seen == (2 if name in ("counsellor", "office_leader") else 0), name


def test_the_history_is_closed_to_the_application(office: Office) -> None:
    begun_by(office.counsellor, office.unit)
    assert refused(office.counsellor, lambda: len(HistoryEntry.objects.all()))
    assert refused(office.office_leader, lambda: len(HistoryEntry.objects.all()))


def test_from_the_day_it_is_to_be_deleted_nobody_sees_it_though_the_job_has_not_run(office: Office) -> None:
    case = in_force(office.counsellor, office.office_leader, office.unit)
    set_back(case, days=28 + 28 + 56)
    assert case.delete_on
    assert case.delete_on <= TODAY()
    for person in (office.counsellor, office.office_leader):
        with acting_as(person.id):
            assert not any(model.objects.exists() for model in MODELS)
        assert refused(person, added(a_step(case, person, StepKind.COMPLAINED)))


def test_the_job_reads_no_case_and_only_the_job_has_cases_removed(office: Office) -> None:
    begun_by(office.counsellor, office.unit)
    for model in MODELS:
        with acting_as_job(), pytest.raises(DatabaseError), transaction.atomic():
            model.objects.exists()
    for person in (office.office_leader, office.administrator, office.directorate_member):
        assert refused(person, lambda: run("select app.forget_client_measures()"))


def test_no_function_or_view_tells_people_of_cases(office: Office) -> None:
    """What runs with its owner's rights and knows these tables is a trigger, the job's, or asked by none."""
    open_functions = run(
        """
        select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname in ('app', 'public') and p.prosecdef and p.prosrc ilike '%%client_measure%%'
          and p.prorettype <> 'trigger'::regtype
          and (has_function_privilege('tryggmote_app', p.oid, 'execute')
               or has_function_privilege('tryggmote_wide', p.oid, 'execute')
               or has_function_privilege('tryggmote_all', p.oid, 'execute'))
        """
    )
    assert open_functions == []
    # What somebody owes is told to them alone (`duties/kinds.py`): nobody reads the views of it.
    open_views = run(
        """
        select viewname from pg_views
        where definition ilike '%%client_measure%%'
          and has_table_privilege('tryggmote_app', format('%%I.%%I', schemaname, viewname), 'select')
        """
    )
    assert open_views == []


def test_the_three_roles_of_the_application_see_the_same(office: Office) -> None:
    case = begun_by(office.counsellor, office.unit)
    for role in ("tryggmote_app", "tryggmote_wide", "tryggmote_all"):
        for name, person in everybody(office).items():
            with acting_as(person.id):
                run("select set_config('role', %s, true)", role)
                seen = ClientMeasure.objects.filter(id=case.id).exists()
            assert seen is (name in ("counsellor", "office_leader")), (role, name)


def test_touching_it_again_and_again_keeps_no_draft_for_ever(office: Office) -> None:
    case = begun_by(office.counsellor, office.unit)
    ClientMeasure.objects.filter(id=case.id).update(created_at=noon(150))
    with acting_as(office.counsellor.id):
        ClientMeasure.objects.filter(id=case.id).update(facts="Igjen")
    case.refresh_from_db()
    assert case.delete_on == TODAY() + timedelta(days=30)


def test_complaints_keep_no_closed_case_for_ever(office: Office) -> None:
    case = in_force(office.counsellor, office.office_leader, office.unit)
    set_back(case, days=100)
    stepped(office.counsellor, case, StepKind.COMPLAINED, on=TODAY())
    assert case.to_on
    assert case.delete_on == TODAY() + timedelta(days=28 + 56)
    set_back(case, days=70)
    stepped(office.counsellor, case, StepKind.COMPLAINED, on=TODAY())
    assert case.delete_on == case.to_on + timedelta(days=180)


def test_reading_is_written_down_for_nobody_else(office: Office) -> None:
    case = begun_by(office.counsellor, office.unit)
    forged = ReadEntry(person_id=office.counsellor.id, kind="client_measure", object_id=case.id)
    assert refused(office.safety_representative, added(forged))


def test_an_exemption_goes_with_the_facts_it_was_given_for(office: Office) -> None:
    case = written_by(office.counsellor, begun_by(office.counsellor, office.unit))
    stepped(office.counsellor, case, StepKind.EXEMPTED)
    assert ClientMeasure.objects.get(id=case.id).is_exempted
    written_by(office.counsellor, case, facts="Noe helt annet.", place="Alle kontorer i landet")
    assert not ClientMeasure.objects.get(id=case.id).is_exempted
