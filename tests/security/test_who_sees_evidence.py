"""The oracle for evidence and police reports: who sees them, and who may write what."""

from random import Random

import pytest
from django.db import DatabaseError, connection, models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.security import evidence as e
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import _tables_that_answer, a_world, expected, worlds
from tests.security.world import build, ids
from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.models import ReadEntry
from tryggmote.exhibits.models import Chunk, CustodyAct, Exhibit
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.police.models import Account, PoliceAct

pytestmark = pytest.mark.django_db
MODELS = (Exhibit, Chunk, CustodyAct, PoliceAct, Account)
KINDS = ("exhibit", "exhibit_page", "exhibits", "police")


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_the_evidence_and_reports_that_the_table_says(random: Random) -> None:
    with a_world(random) as world:
        evidence = e.build(world, random)
        for person in world.people:
            wanted = {
                Exhibit: expected(evidence.exhibits, e.may_see_exhibit, world, person),
                Chunk: expected(evidence.chunks, e.may_see_with_exhibit, world, person),
                CustodyAct: expected(evidence.links, e.may_see_with_exhibit, world, person),
                PoliceAct: expected(evidence.acts, e.may_see_with_incident, world, person),
                Account: expected(evidence.accounts, e.may_see_with_incident, world, person),
            }
            reads = ids(read for read in evidence.reads if e.may_see_read(world, evidence, person, read))
            with acting_as(person.id):
                seen = visible_ids(wanted)
                seen_reads = set(ReadEntry.objects.filter(kind__in=KINDS).values_list("id", flat=True))
            told = (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])
            assert seen == wanted, told
            assert seen_reads == reads, told


@settings(parent=worlds, max_examples=5)  # everybody tries everything: a thousand attempts in each world
@given(random=st.randoms(use_true_random=False))
def test_everybody_writes_exactly_what_the_rules_say(random: Random) -> None:
    with a_world(random) as world:
        evidence = e.build(world, random)
        for person in world.people:
            for incident in world.incidents:
                sees = e.may_see_incident(world, person, incident)
                decides = e.may_decide(world, person, incident)
                tells = e.may_tell(world, person, incident)
                account = Account(incident=incident, by=person, channel="phone", course="x")
                assert is_written(person, e.an_exhibit(incident, person)) == sees
                assert is_written(person, e.an_act(incident, person)) == decides
                assert is_written(person, account) == tells
            for exhibit in evidence.exhibits:
                incident = e.incident_of(world, exhibit)
                for deed, may in (
                    ("viewed", e.may_see_exhibit(world, person, exhibit)),
                    ("handed_over", e.may_decide(world, person, incident)),
                    ("removed", e.may_decide(world, person, incident)),
                ):
                    assert is_written(person, CustodyAct(exhibit=exhibit, by=person, deed=deed)) == may, deed
                # Bytes are never added to what has a chain, not even by whoever added it.
                assert not is_written(person, Chunk(exhibit=exhibit, part="copy", number=1, content=b"x"))


def is_written(person: Person, row: models.Model) -> bool:
    """Whether the database takes the row from this person. It is undone either way."""
    try:
        with transaction.atomic():
            with acting_as(person.id):
                type(row)._base_manager.bulk_create([row])
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


@worlds
@given(random=st.randoms(use_true_random=False))
def test_the_policy_says_the_same_to_those_who_hold_many_keys(random: Random) -> None:
    with a_world(random) as world:
        e.build(world, random)
        for person in world.people:
            if any(r.role == Role.DIRECTORATE for r in world.roles_of(person)):
                continue
            answers = []
            for role in ("tryggmote_app", "tryggmote_wide"):
                with acting_as(person.id):
                    with connection.cursor() as cursor:
                        cursor.execute("select set_config('role', %s, true)", [role])
                    answers.append(visible_ids(MODELS))
            assert answers[0] == answers[1]


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def filled() -> e.Evidence:
    found = e.build(build(Random(1)), Random(1))
    assert all(model._base_manager.exists() for model in MODELS)
    return found


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_evidence_and_reports_too(role: str) -> None:
    filled()
    assert _tables_that_answer(role, list(MODELS)) == []


@pytest.mark.parametrize("table", [model._meta.db_table for model in MODELS])
def test_nobody_deletes_or_changes_what_was_written(table: str) -> None:
    evidence = filled()
    person = evidence.exhibits[0].added_by
    for sql in (f"delete from {table}", f"update {table} set id = id"):
        with pytest.raises(DatabaseError), acting_as(person.id):
            run(sql)


@pytest.mark.parametrize("column", ["what", "incident_id", "added_by_id", "*"])
def test_the_jobs_that_seal_keys_anew_and_have_files_scanned_read_nothing_else(column: str) -> None:
    filled()
    with pytest.raises(DatabaseError), acting_as_job():
        run(f"select {column} from exhibits_exhibit")


def test_jobs_see_the_bytes_of_nothing_that_has_been_scanned() -> None:
    unscanned = filled().exhibits[0]
    Exhibit.objects.filter(id=unscanned.id).update(scan="not_scanned")
    with acting_as_job():
        assert set(Chunk.objects.values_list("exhibit_id", flat=True)) == {unscanned.id}


@pytest.mark.parametrize("table", ["exhibits_custodyact", "police_policeact", "police_account"])
def test_jobs_see_no_chains_and_no_reports(table: str) -> None:
    filled()
    with pytest.raises(DatabaseError), acting_as_job():
        run(f"select 1 from {table}")
