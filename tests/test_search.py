"""Who finds what, however it is written: in forms, with typos, in either Norwegian."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format

from tryggmote.access.context import acting_as
from tryggmote.controls.models import Measure, Procedure
from tryggmote.controls.tests.helpers import a_frame, drafted_by, in_force, planned_by
from tryggmote.equipment.tests.factories import item_by
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises.models import Building, Room
from tryggmote.premises.tests.factories import a_good_room
from tryggmote.residual.tests.helpers import in_force as residual_in_force
from tryggmote.search.models import Entry
from tryggmote.search.queries import SHOWN
from tryggmote.search.tests.helpers import all_found_by, found_by
from tryggmote.ui.dates import OSLO

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def procedure(office: Office, title: str, text: str = "Gå ut.") -> Procedure:
    return in_force(office.office_leader, office.unit, text, frame=a_frame(title))


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Rutiner ved hjemmebesøk", "rutinene"),  # another form
        ("Rutiner ved hjemmebesøk", "RUTINE HJEMMEBESØK"),  # case, and both words
        ("Rutiner ved hjemmebesøk", "hjemme"),  # not yet typed to its end
        ("Rutiner ved hjemmebesøk", "besøk"),  # the end of a longer word
        ("Rutinar ved heimebesøk", "hjemmebesøk"),  # nynorsk by bokmål
        ("Rutiner ved hjemmebesøk", "heimebesøka"),  # bokmål by nynorsk
        ("Når trusler kommer", "trussel"),
        ("Trugsmål på telefon", "trusler"),
        ("Øvelse på Ås", "ovelse"),  # a keyboard without Norwegian letters
        ("Øvelse på Ås", "øving"),
        ("Ærlig og åpent", "aerlig"),
        ("Opplæring av nye", "opplærng"),  # a letter lost
        ("Opplæring av nye", "oplæring"),
        ("Opplæring av nye", "opplæirng"),  # two swapped
        ("Alarm i mottaket", "alrm i mottaket"),
        ("Ring 112 når det haster", "112"),
        ("Kafé på hjørnet", "kafe"),
    ],
)
def test_a_title_is_found_however_it_is_typed(office: Office, title: str, typed: str) -> None:
    procedure(office, title)
    assert found_by(office.counsellor, typed, "procedure") == [title]


def test_text_is_found_as_well_as_titles_and_titles_come_first(office: Office) -> None:
    procedure(office, "Når det blir uro", "Den som sitter nærmest, utløser alarmen.")
    procedure(office, "Alarmen testes", "Hver måned.")
    assert found_by(office.counsellor, "alarm", "procedure") == ["Alarmen testes", "Når det blir uro"]


def test_all_the_words_must_be_there(office: Office) -> None:
    procedure(office, "Uro i mottaket")
    procedure(office, "Uro på telefon")
    assert found_by(office.counsellor, "uro telefon", "procedure") == ["Uro på telefon"]
    assert all_found_by(office.counsellor, "qwertyuiop asdf").groups == []


def test_a_guess_is_told_and_only_in_words_one_may_see(office: Office) -> None:
    procedure(office, "Opplæring av nye")
    stranger = make_office("Nav Storevik")
    procedure(stranger, "Opplæringa av vikarer")
    assert all_found_by(office.counsellor, "opplærng").guess == "opplæring"
    assert all_found_by(stranger.counsellor, "opplærng").guess == "opplæringa"
    assert all_found_by(office.counsellor, "opplæring").guess == ""


def test_drafts_are_found_by_their_author_and_leaders_only(office: Office) -> None:
    drafted_by(office.counsellor, office.unit, frame=a_frame("Uro på telefon"))
    assert found_by(office.counsellor, "uro", "procedure") == ["Uro på telefon"]
    assert found_by(office.office_leader, "uro", "procedure") == ["Uro på telefon"]
    assert found_by(office.colleague, "uro", "procedure") == []


def test_what_has_ended_moved_or_changed_is_found_as_it_is_now(office: Office) -> None:
    made = procedure(office, "Uro i mottaket")
    Procedure.objects.filter(pk=made.pk).update(title="Bråk i mottaket")
    assert found_by(office.counsellor, "uro", "procedure") == []
    assert found_by(office.counsellor, "bråk", "procedure") == ["Bråk i mottaket"]
    stranger = make_office("Nav Storevik")
    Procedure.objects.filter(pk=made.pk).update(unit=stranger.unit)
    assert found_by(office.counsellor, "bråk", "procedure") == []
    assert found_by(stranger.counsellor, "bråk", "procedure") == ["Bråk i mottaket"]


def test_rooms_follow_their_building_to_another_unit(office: Office) -> None:
    room = a_good_room(office.office_leader, office.unit, "Fjellstua")
    stranger = make_office("Nav Storevik")
    assert found_by(office.counsellor, "fjell", "room") == ["Fjellstua"]
    Building.objects.filter(zones__rooms=room).update(unit=stranger.unit)
    assert found_by(office.counsellor, "fjell", "room") == []
    assert found_by(stranger.counsellor, "fjell", "room") == ["Fjellstua"]


def test_equipment_is_found_by_what_its_room_is_called_now(office: Office) -> None:
    room = a_good_room(office.office_leader, office.unit, "Fjellstua")
    item_by(office.office_leader, office.unit, name="Pulten", room_id=room.id, place="")
    Room.objects.filter(pk=room.pk).update(name="Dalstua")
    assert found_by(office.counsellor, "dalstua", "equipment") == ["Pulten"]
    assert found_by(office.counsellor, "fjellstua", "equipment") == []


def test_what_is_deleted_leaves_no_words(office: Office) -> None:
    made = planned_by(office.office_leader, office.unit, office.counsellor, title="Skillevegg")
    assert Entry.objects.filter(kind="measure").count() == 1
    Measure.objects.filter(pk=made.pk).delete()
    assert not Entry.objects.filter(kind="measure").exists()


def test_residual_risk_is_found_by_why_and_what_is_done_instead(office: Office) -> None:
    record = residual_in_force(office, why="Huseieren sier nei til ombygging.")
    assert found_by(office.counsellor, "ombygging huseier", "residual") == [record.name]


def test_incidents_are_found_by_place_and_day_by_those_who_see_them_and_never_by_what_was_written(
    office: Office,
) -> None:
    incident = reported_by(office.counsellor, place="Ekspedisjonen", what_happened="Han kastet en stol.")
    assert len(found_by(office.counsellor, "ekspedisjon", "hendelse")) == 1
    on = incident.happened_at.astimezone(OSLO)
    for day_in_words in (f"{on:%d.%m.%Y}", date_format(on, "DATE_FORMAT")):
        assert len(found_by(office.counsellor, day_in_words, "hendelse")) == 1, day_in_words
    assert found_by(office.colleague, "ekspedisjon", "hendelse") == []
    assert all_found_by(office.counsellor, "kastet stol").groups == []
    assert Incident._meta.db_table not in _tables_that_tell_the_search()


@pytest.mark.parametrize(
    ("day", "the_day_before"), [("01.01.2026", "31.12.2025"), ("01.07.2026", "30.06.2026")]
)
def test_the_day_of_an_incident_is_the_day_it_was_in_oslo(
    office: Office, day: str, the_day_before: str
) -> None:
    night = datetime.strptime(f"{day} 00:30", "%d.%m.%Y %H:%M").replace(tzinfo=OSLO)
    reported_by(office.counsellor, happened_at=night)
    assert len(found_by(office.counsellor, day, "hendelse")) == 1
    assert found_by(office.counsellor, the_day_before, "hendelse") == []


def _tables_that_tell_the_search() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct tgrelid::regclass::text from pg_trigger where tgname = 'find_row_anew'"
        )
        return {name for (name,) in cursor.fetchall()}


def test_only_these_tables_tell_the_search_what_is_in_them() -> None:
    """Nothing of an incident, a check, somebody's health or what they confided is ever among them."""
    assert _tables_that_tell_the_search() == {
        "organisation_person",
        "organisation_unit",
        "controls_measure",
        "controls_procedure",
        "risk_assessment",
        "residual_record",
        "premises_building",
        "premises_room",
        "equipment_item",
        "learning_lesson",
    }


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all", "tryggmote_job"])
def test_nobody_reads_the_index_itself(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select has_any_column_privilege(%s, 'search_entry', 'select')", [role])
        assert cursor.fetchone() == (False,)
        cursor.execute("select has_function_privilege(%s, 'app.find_anew(text, text)', 'execute')", [role])
        assert cursor.fetchone() == (False,)


def test_the_index_helps_and_is_not_read_through(office: Office) -> None:
    """A policy on the table would forbid it: matching words is not leakproof (ADR 0049)."""
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        for condition in (
            "words @@ to_tsquery('norwegian', 'uro:*')",
            "title like '%knapp%'",
            "'alrm' <% title",
        ):
            cursor.execute(f"explain select from search_entry where {condition}")
            assert "Bitmap Index Scan" in "\n".join(line for (line,) in cursor.fetchall()), condition


def test_every_hit_opens_and_what_does_not_open_is_never_found(office: Office, client_of: ClientOf) -> None:
    stranger = make_office("Nav Storevik")
    for each in (office, stranger):
        procedure(each, f"Kjennetegn rutine {each.unit.name}", "kjennetegn")
        drafted_by(each.office_leader, each.unit, frame=a_frame(f"Kjennetegn utkast {each.unit.name}"))
        planned_by(
            each.office_leader, each.unit, each.counsellor, title=f"Kjennetegn tiltak {each.unit.name}"
        )
        room = a_good_room(each.office_leader, each.unit, "Kjennetegn rom")
        item_by(each.office_leader, each.unit, name="Kjennetegn utstyr", room_id=room.id, place="")
        reported_by(each.counsellor, place="Kjennetegn sted")
    Unit.objects.filter(pk=office.unit.pk).update(name="Kjennetegn kontor")
    addresses: set[str] = set()
    found: dict[Person, set[str]] = {}
    people = [
        person for each in (office, stranger) for person in vars(each).values() if isinstance(person, Person)
    ]
    for person in people:
        groups = all_found_by(person, "kjennetegn").groups
        found[person] = {hit.url for group in groups for hit in group.hits}
        addresses |= found[person]
    assert len(addresses) >= 10
    wrong = []
    for person in people:
        client = client_of(person)
        for address in addresses:
            opens = client.get(address).status_code == 200
            if opens != (address in found[person]):
                wrong.append((person.name, address, opens))
    assert wrong == []


def test_the_page_groups_marks_and_leads_on(office: Office, client_of: ClientOf) -> None:
    for number in range(SHOWN + 1):
        procedure(office, f"Uro i mottaket, del {number}")
    client = client_of(office.counsellor)
    html = client.get("/sok/", {"q": "uro"}).content.decode()
    assert html.count("<mark>Uro</mark>") == SHOWN
    assert "?q=uro&amp;gruppe=procedure" in html
    assert (
        client.get("/sok/", {"q": "uro", "gruppe": "procedure"}).content.decode().count("<mark>Uro</mark>")
        == 6
    )
    assert client.get("/sok/", {"q": "uro", "gruppe": "finnes-ikke"}).status_code == 200
    part = client.get("/sok/", {"q": "uro"}, headers={"HX-Request": "true"}).content.decode()
    assert "<mark>Uro</mark>" in part
    assert "<html" not in part


def test_many_of_one_kind_are_paged(office: Office, client_of: ClientOf) -> None:
    for number in range(21):
        item_by(office.office_leader, office.unit, name=f"Skranke {number}")
    client = client_of(office.counsellor)
    html = client.get("/sok/", {"q": "skranke", "gruppe": "equipment"}).content.decode()
    assert html.count("data-hit") == 20
    assert "page=2" in html
    assert client.get("/sok/?q=skranke&gruppe=equipment&page=2").content.decode().count("data-hit") == 1


@pytest.mark.parametrize(
    "typed",
    [
        "a\x00b",
        "' or 1=1 --",
        "'); drop table search_entry; --",
        "!!! & | ( <-> :*",
        "%_%",
        "\\",
        "x" * 10_000,
        "uro " * 2_500,
        "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        "🙂🙂",
        "<script>alert(1)</script>",
        "og i på",
    ],
)
def test_whatever_is_typed_the_page_answers_and_escapes_it(
    office: Office, client_of: ClientOf, typed: str
) -> None:
    answer = client_of(office.counsellor).get("/sok/", {"q": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert Entry.objects.exists()


@pytest.mark.parametrize("who", ["counsellor", "office_leader", "county_director", "directorate_member"])
def test_a_search_costs_a_bounded_number_of_queries(office: Office, client_of: ClientOf, who: str) -> None:
    for number in range(3):
        procedure(office, f"Uro {number}", "uro")
        planned_by(office.office_leader, office.unit, office.counsellor, title=f"Uro {number}")
        item_by(office.office_leader, office.unit, name=f"Uro {number}")
    with acting_as(getattr(office, who).id):
        pass
    client = client_of(getattr(office, who))
    client.get("/sok/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/sok/", {"q": "uro"}).status_code == 200
    asked = [q["sql"] for q in captured if q["sql"].lower().startswith(("select", "with"))]
    of_its_own = [
        sql for sql in asked if not any(n in sql for n in ("django_session", "app.login", "set_config"))
    ]
    # What is found, stems, incidents, the bell, and one for each kind that has something.
    assert len(of_its_own) <= 9, "\n".join(of_its_own)
