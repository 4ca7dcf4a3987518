"""Completions from a file (4.1): shown first, only for those one leads, every bad line with its reason."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.ids import new_id
from tryggmote.organisation.importing.cells import Unreadable
from tryggmote.organisation.importing.problems import BadFile
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.training import elements
from tryggmote.training.importing import files, taking_in
from tryggmote.training.importing.files import read_file
from tryggmote.training.importing.terminal import import_training
from tryggmote.training.importing.told import Reading, day_of
from tryggmote.training.models import Completion, CourseName, TrainingFile
from tryggmote.training.tests.helpers import declared_by
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
TODAY = date(2026, 6, 1)
HEADINGS = ["Ansattnummer", "E-post", "Opplæring", "Dato", "Status"]
COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
PASSED = "http://adlnet.gov/expapi/verbs/passed"


@pytest.fixture
def office() -> Office:
    return make_office()


def workbook(*lines: list[Any], headings: list[str] = HEADINGS) -> bytes:
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        page = book.add_worksheet("Liste")
        for number, cells in enumerate([headings, *lines]):
            page.write_row(number, 0, cells)
    return memory.getvalue()


def csv_of(*lines: str, headings: str = "ansattnummer;e-post;opplæring;dato;status") -> bytes:
    return "\n".join([headings, *lines]).encode()


def statement(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "actor": {"account": {"homePage": "https://hr.invalid", "name": "P1"}},
        "verb": {"id": COMPLETED},
        "object": {"id": "https://kurs.invalid/communication"},
        "timestamp": "2026-05-01T10:00:00Z",
    }
    return found | changes


def sent(client: Client, office: Office, content: bytes, name: str = "opplaering.csv") -> HttpResponse:
    form = {"id": new_id(), "unit": office.unit.id, "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("training:import"), form, follow=True)


def taken_in(client: Client) -> HttpResponse:
    return client.post(reverse("training:import_preview", args=[TrainingFile.objects.get().id]))


def test_a_file_is_shown_then_recorded_and_forgotten(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    lines = [
        [office.counsellor.external_id, "", "communication", "31.01.2026", ""],
        [
            "",
            office.colleague.email.upper(),
            str(elements.find("risk_awareness").title),
            "2026-02-01",
            "Bestått",
        ],
    ]
    page = sent(client, office, workbook(*lines), "liste.xlsx").content.decode()
    assert office.counsellor.name in page
    assert not Completion.objects.exists()
    taken_in(client)
    found = set(Completion.objects.values_list("person_id", "element", "done_on", "source", "by_id"))
    assert found == {
        (office.counsellor.id, "communication", date(2026, 1, 31), "imported", office.office_leader.id),
        (office.colleague.id, "risk_awareness", date(2026, 2, 1), "imported", office.office_leader.id),
    }
    assert not TrainingFile.objects.exists()


def test_nothing_is_recorded_until_one_says_yes_and_twice_changes_nothing(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)
    content = csv_of(f"{office.counsellor.external_id};;equipment;2026-02-01;")
    for _ in range(2):
        sent(client, office, content)
        taken_in(client)
    assert Completion.objects.count() == 1
    again = sent(client, office, content)
    assert (len(again.context["plan"].new), len(again.context["plan"].known)) == (0, 1)


def test_what_a_leader_has_declared_or_withdrawn_is_known(office: Office, client_of: ClientOf) -> None:
    declared_by(office.leader, office.counsellor, "equipment", on=date(2026, 2, 1))
    client = client_of(office.office_leader)
    page = sent(client, office, csv_of(f"{office.counsellor.external_id};;equipment;2026-02-01;"))
    assert len(page.context["plan"].known) == 1
    Completion.objects.update(withdrawn_at="2026-03-01T00:00Z", withdrawn_by=office.leader)
    page = sent(client, office, csv_of(f"{office.counsellor.external_id};;equipment;2026-02-01;"))
    assert not page.context["plan"].new


def test_every_bad_line_is_said_and_the_rest_is_recorded(office: Office, client_of: ClientOf) -> None:
    client, number = client_of(office.office_leader), office.counsellor.external_id
    tomorrow = oslo_today() + timedelta(days=1)
    content = csv_of(
        f"{number};;equipment;2026-02-01;",
        ";;equipment;2026-02-01;",
        f"{number};;;2026-02-01;",
        f"{number};;equipment;;",
        f"{number};;equipment;i fjor;",
        f"{number};;equipment;{tomorrow};",
        f"{number};;equipment;1899-01-01;",
        f"{number};;equipment;2026-02-01;påbegynt",
        f"{number};;equipment;2026-02-01;",
        f"{office.office_leader.external_id};;equipment;2026-02-01;",
        "P-ukjent;;equipment;2026-02-01;",
        f"{number};;=cmd|' /C calc'!A0;2026-02-01;",
    )
    page = sent(client, office, content)
    said = [(problem.line, problem.column) for problem in page.context["plan"].problems]
    assert said == [
        (3, "ansattnummer"), (4, "opplæring"), (5, "dato"), (6, "dato"), (7, "dato"), (8, "dato"),
        (9, "status"), (10, "person"), (11, "person"), (12, "person"), (13, "opplæring"),
    ]  # fmt: skip
    assert all(problem.reason for problem in page.context["plan"].problems)
    taken_in(client)
    assert Completion.objects.count() == 1


def test_somebody_one_does_not_lead_looks_like_nobody(office: Office, client_of: ClientOf) -> None:
    stranger = make_office("Nav Storevik").counsellor
    lines = (f"{stranger.external_id};;equipment;2026-02-01;", "finnes-ikke;;equipment;2026-02-01;")
    problems = sent(client_of(office.office_leader), office, csv_of(*lines)).context["plan"].problems
    assert len({problem.reason for problem in problems}) == 1


def test_the_database_records_only_those_one_leads(office: Office) -> None:
    call = "select app.import_training(%s, %s, %s)"
    wanted = [[office.counsellor.id, office.office_leader.id], ["equipment"] * 2, [TODAY] * 2]
    with acting_as(office.leader.id), connection.cursor() as cursor:
        for people in (wanted[0], [office.leader.id]):
            with pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute(call, [people, wanted[1][: len(people)], wanted[2][: len(people)]])
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("select app.record_imported('{}', '{}', '{}', null)")
    assert not Completion.objects.exists()


def test_only_leaders_send_files_and_only_for_their_units(office: Office, client_of: ClientOf) -> None:
    assert client_of(office.counsellor).get(reverse("training:import")).status_code == 403
    other = make_office("Nav Storevik")
    answer = sent(client_of(office.office_leader), other, csv_of("a;;equipment;2026-02-01;"))
    assert answer.status_code == 422
    assert not TrainingFile.objects.exists()


def test_a_file_is_its_senders_alone(office: Office, client_of: ClientOf) -> None:
    sent(client_of(office.office_leader), office, csv_of("a;;equipment;2026-02-01;"))
    path = reverse("training:import_preview", args=[TrainingFile.objects.get().id])
    assert client_of(office.county_director).get(path).status_code == 404


def test_a_course_is_named_once_and_remembered(office: Office, client_of: ClientOf) -> None:
    client, number = client_of(office.office_leader), office.leader.external_id
    content = csv_of(f"{number};;E-læring: Vold 2;2026-02-01;", f"{number};;Excel for alle;2026-02-01;")
    page = sent(client, office, content)
    assert page.context["plan"].unknown == {"E-læring: Vold 2": 1, "Excel for alle": 1}
    fields = {field.label: name for name, field in page.context["courses_form"].fields.items()}
    path = reverse("training:import_courses", args=[TrainingFile.objects.get().id])
    answers = {fields["E-læring: Vold 2"]: "leader_violence", fields["Excel for alle"]: "-"}
    assert client.post(path, {fields["Excel for alle"]: "flying"}).status_code == 422
    plan = client.post(path, answers, follow=True).context["plan"]
    assert ([row.element for row in plan.new], len(plan.problems)) == (["leader_violence"], 1)
    # The next file needs no answers, in whatever way the name is spaced.
    again = sent(client, office, csv_of(f"{number};;e-læring  vold 2;2026-03-01;"))
    assert [row.element for row in again.context["plan"].new] == ["leader_violence"]
    # And another office has its own words.
    stranger = make_office("Nav Storevik")
    line = f"{stranger.leader.external_id};;E-læring: Vold 2;2026-02-01;"
    assert sent(client_of(stranger.office_leader), stranger, csv_of(line)).context["plan"].unknown


def test_statements_of_a_platform_are_recorded_and_the_rest_skipped_with_reasons(
    office: Office, client_of: ClientOf
) -> None:
    account = {"account": {"homePage": "https://hr.invalid", "name": office.counsellor.external_id}}
    voided = new_id()
    said = [
        statement(actor=account),
        statement(actor={"mbox": f"mailto:{office.colleague.email}"}, verb={"id": PASSED}),
        statement(actor=account, verb={"id": "http://adlnet.gov/expapi/verbs/attempted"}),
        statement(actor=account, result={"success": False}, timestamp="2026-04-01T10:00:00Z"),
        statement(actor=account, id=str(voided), timestamp="2026-03-01T10:00:00Z"),
        statement(verb={"id": "http://adlnet.gov/expapi/verbs/voided"}, object={"id": str(voided)}),
        statement(actor={"member": []}),
        statement(actor=account, object={}),
        statement(actor=account, timestamp="yesterday"),
        "nonsense",
    ]  # fmt: skip
    client = client_of(office.office_leader)
    for content in (json.dumps(said), "\n".join(map(json.dumps, said))):
        plan = sent(client, office, content.encode(), "xapi.json").context["plan"]
        assert [(row.line, row.person.id) for row in plan.new] == [
            (1, office.counsellor.id),
            (2, office.colleague.id),
        ]
        assert [(problem.line, problem.column) for problem in plan.problems] == [
            (3, "verb"), (4, "result"), (5, "id"), (6, "verb"), (7, "actor"), (8, "object"), (9, "timestamp"),
            (10, ""),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04 not a workbook"),
        ("a.csv", "ansattnummer;opplæring;dato\nP1;Kjøring;2026-01-01".encode("cp1252")),
        ("a.csv", "ansattnummer;opplæring;dato\n".encode("utf-16")),
        ("a.csv", b""),
        ("a.csv", b"\x00\x00\x00"),
        ("a.csv", b"navn;kurs\nKari;Vold"),
        ("a.csv", b"kurs;dato\nVold;2026-01-01"),
        ("a.csv", b"id;kurs;kurs;dato\nP1;Vold;Vold;2026-01-01"),
        ("a.csv", b'id;kurs;dato\n"' + b"x" * 200_000),
        ("a.json", b"[" * 100_000),
        ("a.json", b'[{"actor": '),
        ("a.json", b"[]"),
        ("a.json", b"\xff{"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_and_is_not_kept(
    office: Office, client_of: ClientOf, name: str, content: bytes
) -> None:
    answer = sent(client_of(office.office_leader), office, content or b" ", name)
    assert answer.status_code == 422
    assert not TrainingFile.objects.exists()


def test_a_file_has_its_limit(office: Office, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_LINES", 2)
    answer = sent(client_of(office.office_leader), office, csv_of(*["a;;equipment;2026-02-01;"] * 3))
    assert "Filen har 3 linjer" in answer.content.decode()


def test_twenty_thousand_lines_cost_as_many_queries_as_two(office: Office, client_of: ClientOf) -> None:
    client, costs = client_of(office.office_leader), []
    for count in (2, 20_000):
        days = (date(2026, 1, 1) - timedelta(days=number % 20_000) for number in range(count))
        sent(client, office, csv_of(*(f"{office.counsellor.external_id};;equipment;{day};" for day in days)))
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse("training:import_preview", args=[TrainingFile.objects.get().id]))
        costs.append((len(captured), len(page.content)))
    (few, _small), (many, size) = costs
    assert many <= few
    assert size < 400_000


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_break_the_reading(content: bytes) -> None:
    try:
        reading = read_file(content, "x", TODAY)
    except BadFile as bad:
        reading = Reading([], bad.problems)
    assert reading.told or reading.problems


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20) | st.sampled_from([COMPLETED, "P1"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "actor",
                    "account",
                    "name",
                    "mbox",
                    "verb",
                    "id",
                    "object",
                    "definition",
                    "timestamp",
                    "result",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@given(statements=st.lists(_JSON, min_size=1, max_size=4))
def test_whatever_a_platform_says_each_statement_is_told_or_skipped(statements: list[Any]) -> None:
    reading = read_file(json.dumps(statements).encode(), "x", TODAY)
    lines = [told.line for told in reading.told] + [problem.line for problem in reading.problems]
    assert sorted(lines) == list(range(1, len(statements) + 1))


@given(day=st.dates(date(1960, 1, 1), TODAY))
def test_every_way_of_writing_a_day_is_the_same_day(day: date) -> None:
    ways = (
        day,
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day.isoformat()}T12:00:00Z",
        f"{day.isoformat()} 12:00:00",
    )
    assert {day_of(way, TODAY) for way in ways} == {day}


def test_a_time_stamp_counts_as_the_day_it_was_here() -> None:
    assert day_of("2026-05-01T22:30:00Z", TODAY) == date(2026, 5, 2)


@given(day=st.dates(TODAY + timedelta(days=1), date(9999, 12, 31)) | st.dates(max_value=date(1959, 12, 31)))
def test_days_that_cannot_be_are_said(day: date) -> None:
    with pytest.raises(Unreadable):
        day_of(day.isoformat(), TODAY)


def run(path: Path, **options: Any) -> tuple[bool, str]:
    out = Console(width=160)
    with out.capture() as captured:
        went_well = import_training(path, console=out, **{"dry_run": False, **options})
    return went_well, captured.get()


def test_from_the_command_line_everybody_is_recorded(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "alle.csv"
    far = make_office("Nav Storevik").counsellor
    lines = (f"{office.counsellor.external_id};;Vold 2;2026-02-01;", f"{far.external_id};;Vold 2;2026-02-01;")
    file.write_bytes(csv_of(*lines))
    went_well, told = run(file, dry_run=True, courses=["Vold 2=communication"])
    assert went_well
    assert "Nye: 2" in told
    assert not Completion.objects.exists()
    assert not CourseName.objects.exists()
    assert run(file, courses=["Vold 2=communication"])[0]
    assert Completion.objects.count() == 2
    # Remembered for everybody, and twice changes nothing.
    _went_well, told = run(file)
    assert "Kjent fra før: 2" in told
    assert Completion.objects.count() == 2


def test_the_command_line_says_what_is_wrong(tmp_path: Path) -> None:
    went_well, told = run(tmp_path / "borte.csv")
    assert not went_well
    assert "Filen finnes ikke." in told
    file = tmp_path / "a.csv"
    file.write_bytes(csv_of("P1;;equipment;2026-02-01;"))
    went_well, told = run(file, courses=["Vold=flying"])
    assert not went_well
    assert "Vold=flying" in told


def test_files_nobody_took_in_are_forgotten_after_a_day(office: Office, client_of: ClientOf) -> None:
    sent(client_of(office.office_leader), office, csv_of("a;;equipment;2026-02-01;"))
    with acting_as_job():
        taking_in.forget_old_files()
    assert TrainingFile.objects.exists()
    TrainingFile.objects.update(created_at="2026-01-01T00:00Z")
    with acting_as_job():
        taking_in.forget_old_files()
    assert not TrainingFile.objects.exists()


def test_the_template_can_be_sent_in_as_it_is(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    content = client.get(reverse("training:import_template")).content
    answer = sent(client, office, content, "opplaering.xlsx")
    assert [problem.column for problem in answer.context["plan"].problems] == ["person"]
