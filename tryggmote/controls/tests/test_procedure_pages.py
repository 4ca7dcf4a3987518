"""The pages of procedures as people meet them (2.3, AML § 3-2)."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tryggmote.access.ids import new_id
from tryggmote.controls.models import (
    PROCEDURE_LIMIT,
    Procedure,
    ProcedurePicture,
    ProcedureReading,
    ProcedureVersion,
)
from tryggmote.controls.tests.helpers import (
    a_frame,
    a_picture,
    approved_by,
    days_from_now,
    drafted_by,
    in_force,
    planned_by,
    read_by,
    rewritten_by,
)
from tryggmote.information.models import Item, Reading
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, employ, make_office, make_person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
LIST, NEW = "controls:procedures", "controls:new_procedure"


@pytest.fixture
def office() -> Office:
    return make_office()


def address(name: str, procedure: Procedure) -> str:
    return reverse(f"controls:{name}", args=[procedure.id])


def page_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def answers(office: Office, **changes: object) -> dict[str, object]:
    return {
        "id": str(new_id()),
        "unit": office.unit.id,
        "title": "Uro i mottaket",
        "kind": "procedure",
        "text": "# Når noen roper\n\n1. Gå ut\n2. Ring 112",
        "must_be_read": "on",
        **changes,
    }


def edited(**changes: object) -> dict[str, object]:
    return {"id": str(new_id()), "text": "Ny tekst.", "must_be_read": "on", "revision": 1, **changes}


def a_file(content: bytes, name: str = "bilde.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


# The list


def test_an_empty_list_teaches_and_offers_the_first_step(office: Office, client_of: ClientOf) -> None:
    page = page_of(client_of(office.counsellor), reverse(LIST))
    assert "Ingen rutiner ennå" in page
    assert reverse(NEW) in page


def test_the_list_shows_what_holds_here_also_from_above_and_what_must_be_read(
    office: Office, client_of: ClientOf
) -> None:
    county = in_force(office.county_director, office.county, frame=a_frame("Fra fylket"))
    own = in_force(office.office_leader, office.unit, frame=a_frame("Vår egen"))
    drafted_by(office.office_leader, office.unit, frame=a_frame("Ikke godkjent"))
    read_by(office.counsellor, own)
    page = page_of(client_of(office.counsellor), reverse(LIST))
    assert county.title in page
    assert own.title in page
    assert "Ikke godkjent" not in page
    assert page.count("Må leses") == 1
    leaders = page_of(client_of(office.office_leader), f"{reverse(LIST)}?show=draft")
    assert "Ikke godkjent" in leaders
    assert "Vår egen" not in leaders


def test_the_list_is_narrowed_and_made_up_filters_do_no_harm(office: Office, client_of: ClientOf) -> None:
    in_force(office.office_leader, office.unit, frame=a_frame("Instruks", kind="written_instruction"))
    in_force(office.office_leader, office.unit, frame=a_frame("Bare telefon", forms=("telephone",)))
    client = client_of(office.counsellor)
    assert "Bare telefon" not in page_of(client, f"{reverse(LIST)}?kind=written_instruction")
    on_the_phone = page_of(client, f"{reverse(LIST)}?form=telephone")
    assert "Bare telefon" in on_the_phone
    assert "Instruks" in on_the_phone  # for all forms
    assert "Bare telefon" not in page_of(client, f"{reverse(LIST)}?form=home_visit")
    assert "Ingen rutiner passer" in page_of(client, f"{reverse(LIST)}?show=ended")
    page_of(client, f"{reverse(LIST)}?show=moon&kind=x&form=y&where=z&page=-4")


def test_many_procedures_cost_the_same_as_few(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    in_force(office.office_leader, office.unit)
    with CaptureQueriesContext(connection) as few:
        page_of(client, reverse(LIST))
    for number in range(12):
        in_force(office.office_leader, office.unit, frame=a_frame(f"Rutine {number}"))
    with CaptureQueriesContext(connection) as many:
        page_of(client, reverse(LIST))
    assert len(many) <= len(few) <= 13


# Writing


def test_an_employee_writes_and_the_leader_approves_and_all_can_read(
    office: Office, client_of: ClientOf
) -> None:
    author, leader = client_of(office.counsellor), client_of(office.office_leader)
    response = author.post(reverse(NEW), answers(office), follow=True)
    procedure = Procedure.objects.get()
    assert response.redirect_chain[-1][0] == address("draft", procedure)
    page = response.content.decode()
    assert "<h3>Når noen roper</h3>" in page
    assert "Send til godkjenning" in page
    assert "Godkjenn rutinen" not in page
    author.post(address("ask", procedure))
    drafts = page_of(leader, address("draft", procedure))
    assert "Godkjenn rutinen" in drafts
    approval = {"id": str(new_id()), "revision": 1, "review_on": days_from_now(300).isoformat()}
    assert leader.post(address("approve", procedure), approval).status_code == 302
    page = page_of(client_of(office.colleague), procedure.get_absolute_url())
    assert "Ring 112" in page
    assert "Lest og forstått" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"text": ""},
        {"text": "null\x00byte"},
        {"kind": "moon"},
        {"unit": "999999999"},
        {"meeting_forms": ["moon"]},
        {"parent": str(new_id())},
        {"parent": "x"},
        {"id": "x"},
    ],
)
def test_impossible_answers_are_explained_and_nothing_typed_is_lost(
    office: Office, client_of: ClientOf, changes: dict[str, object]
) -> None:
    sent = answers(office, **changes)
    response = client_of(office.counsellor).post(reverse(NEW), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "aksel-error-summary" in page
    if "text" not in changes:
        assert "# Når noen roper" in page
    assert not Procedure.objects.exists()


def test_sixty_thousand_characters_are_counted_and_kept(office: Office, client_of: ClientOf) -> None:
    text = "ord " * 15_000
    response = client_of(office.counsellor).post(reverse(NEW), answers(office, text=text))
    page = response.content.decode()
    assert response.status_code == 422
    assert "59999 tegn" in page or "60000 tegn" in page or "59 999" in page
    assert text.strip() in page


def test_a_line_break_counts_once_as_on_the_screen(office: Office, client_of: ClientOf) -> None:
    text = "\r\n".join("x" * (PROCEDURE_LIMIT // 2))
    assert len(text) > PROCEDURE_LIMIT
    response = client_of(office.counsellor).post(reverse(NEW), answers(office, text=text))
    assert response.status_code == 302


def test_who_works_in_no_unit_is_told_so(office: Office, client_of: ClientOf) -> None:
    nobody = make_person("Nils Ingensteds")
    assert client_of(nobody).get(reverse(NEW)).status_code == 403


def test_editing_begins_with_what_holds_and_says_what_is_new(office: Office, client_of: ClientOf) -> None:
    procedure = in_force(office.office_leader, office.unit, "Gå ut. Ring 112.")
    leader = client_of(office.office_leader)
    assert "Gå ut. Ring 112." in page_of(leader, address("edit", procedure))
    sent = edited(text="Gå rolig ut. Ring 112.", revision=0, change_note="Presisert")
    response = leader.post(address("edit", procedure), sent, follow=True)
    page = response.content.decode()
    assert "Presisert" in page
    assert "lagt til:" in page
    # What holds is untouched until it is approved.
    assert "Gå ut. Ring 112." in page_of(client_of(office.colleague), procedure.get_absolute_url())


def test_two_who_write_at_the_same_time_see_both_texts_and_lose_none(
    office: Office, client_of: ClientOf
) -> None:
    procedure = drafted_by(office.counsellor, office.unit)
    rewritten_by(office.office_leader, procedure, "Lederens tekst.")
    author = client_of(office.counsellor)
    response = author.post(address("edit", procedure), edited(text="Min tekst."))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Min tekst." in page
    assert "Lederens tekst." in page
    assert ProcedureVersion.objects.get().text == "Lederens tekst."
    # The page now carries the revision it shows, so saving again is a choice.
    assert 'name="revision" value="2"' in page
    again = author.post(address("edit", procedure), edited(text="Begges tekst.", revision=2))
    assert again.status_code == 302
    assert ProcedureVersion.objects.get().text == "Begges tekst."


def test_a_revision_larger_than_any_is_refused_as_an_answer(office: Office, client_of: ClientOf) -> None:
    procedure = drafted_by(office.counsellor, office.unit)
    author, leader = client_of(office.counsellor), client_of(office.office_leader)
    assert author.post(address("edit", procedure), edited(revision=2**31)).status_code == 422
    sent = {"id": str(new_id()), "revision": 2**31, "review_on": days_from_now(30).isoformat()}
    assert leader.post(address("approve", procedure), sent).status_code == 422


def test_a_colleague_is_not_let_in_on_a_draft(office: Office, client_of: ClientOf) -> None:
    procedure = in_force(office.office_leader, office.unit)
    rewritten_by(office.counsellor, procedure, "Hemmelig utkast.")
    colleague = client_of(office.colleague)
    assert colleague.get(address("draft", procedure)).status_code == 404
    assert "Hemmelig utkast." not in page_of(colleague, address("versions", procedure))
    response = colleague.post(address("edit", procedure), edited(revision=0))
    assert response.status_code == 409


def test_a_review_day_that_cannot_be_right_is_explained(office: Office, client_of: ClientOf) -> None:
    procedure = drafted_by(office.office_leader, office.unit)
    leader = client_of(office.office_leader)
    for day, says in [
        (days_from_now(0).isoformat(), "fra og med i morgen"),
        (days_from_now(-400).isoformat(), "fra og med i morgen"),
        (days_from_now(800).isoformat(), "innen to år"),
        ("", "Velg en dag"),
        ("31.02.2027", "dag, måned og år"),
    ]:
        response = leader.post(
            address("approve", procedure), {"id": str(new_id()), "revision": 1, "review_on": day}
        )
        assert response.status_code == 422
        assert says in response.content.decode()
    assert Procedure.objects.get().in_force_number is None


def test_approving_twice_says_that_it_is_done(office: Office, client_of: ClientOf) -> None:
    procedure = drafted_by(office.office_leader, office.unit)
    leader = client_of(office.office_leader)
    sent = {"id": str(new_id()), "revision": 1, "review_on": days_from_now(300).isoformat()}
    assert leader.post(address("approve", procedure), sent).status_code == 302
    response = leader.post(address("approve", procedure), {**sent, "id": str(new_id())}, follow=True)
    assert "allerede godkjent" in response.content.decode()
    assert Item.objects.count() == 1


def test_a_draft_that_changed_after_it_was_opened_is_not_approved(
    office: Office, client_of: ClientOf
) -> None:
    procedure = drafted_by(office.counsellor, office.unit)
    rewritten_by(office.counsellor, procedure, "Noe annet.")
    sent = {"id": str(new_id()), "revision": 1, "review_on": days_from_now(300).isoformat()}
    response = client_of(office.office_leader).post(address("approve", procedure), sent)
    assert response.status_code == 409
    assert "les det før du godkjenner" in response.content.decode()


# Pictures


def test_a_picture_is_put_at_the_end_of_the_text_and_shown_only_to_those_who_can_read(
    office: Office, client_of: ClientOf
) -> None:
    author = client_of(office.counsellor)
    sent = answers(office, picture=a_file(a_picture()), picture_alt="Den røde knappen ved døra")
    response = author.post(reverse(NEW), sent, follow=True)
    picture = ProcedurePicture.objects.get()
    assert f'src="{picture.get_absolute_url()}"' in response.content.decode()
    assert ProcedureVersion.objects.get().text.endswith(f"![Den røde knappen ved døra](bilde:{picture.id})\n")
    shown = author.get(picture.get_absolute_url())
    assert shown["Content-Type"] == "image/png"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown.content.startswith(b"\x89PNG")
    assert client_of(office.colleague).get(picture.get_absolute_url()).status_code == 404
    approved_by(office.office_leader, picture.procedure)
    assert client_of(office.colleague).get(picture.get_absolute_url()).status_code == 200
    stranger = make_office("Nav Storevik").counsellor
    assert client_of(stranger).get(picture.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("file", "alt", "says"),
    [
        (b"Not a picture", "Knapp", "ikke et bilde vi kan lese"),
        (b"", "Knapp", "tom"),
        (a_picture(), "", "Skriv hva bildet viser"),
        (a_picture(), "   ", "Skriv hva bildet viser"),
        (a_picture("GIF"), "Knapp", "ikke et bilde vi kan lese"),
        (b"x" * (5 * 1024 * 1024 + 1), "Knapp", "5 MB"),
    ],
)
def test_a_picture_that_cannot_be_used_is_explained_and_the_text_is_kept(
    office: Office, client_of: ClientOf, file: bytes, alt: str, says: str
) -> None:
    sent = answers(office, picture=a_file(file), picture_alt=alt)
    response = client_of(office.counsellor).post(reverse(NEW), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert "# Når noen roper" in page
    assert not ProcedurePicture.objects.exists()


def test_the_same_form_with_a_picture_sent_twice_is_one_picture(office: Office, client_of: ClientOf) -> None:
    procedure = drafted_by(office.counsellor, office.unit)
    author = client_of(office.counsellor)
    sent = edited()
    for _ in range(2):
        files = {"picture": a_file(a_picture()), "picture_alt": "Knapp"}
        assert author.post(address("edit", procedure), {**sent, **files}).status_code == 302
    assert ProcedurePicture.objects.count() == 1
    assert ProcedureVersion.objects.get().text.count("bilde:") == 1


def test_a_picture_there_is_no_room_for_is_said_before_anything_is_saved(
    office: Office, client_of: ClientOf
) -> None:
    sent = answers(
        office, text="x" * (PROCEDURE_LIMIT - 10), picture=a_file(a_picture()), picture_alt="Knapp"
    )
    response = client_of(office.counsellor).post(reverse(NEW), sent)
    assert response.status_code == 422
    assert "ikke plass til bildet" in response.content.decode()


# Reading


def test_the_page_says_what_comes_from_above_and_what_is_ones_own(
    office: Office, client_of: ClientOf
) -> None:
    county = in_force(office.county_director, office.county, "Fylkets tekst.")
    local = in_force(
        office.office_leader, office.unit, "Vår tekst.", frame=a_frame("Uro hos oss", parent_id=county.id)
    )
    page = page_of(client_of(office.counsellor), local.get_absolute_url())
    assert page.index(f"Fra {office.county.name}") < page.index("Fylkets tekst.")
    assert page.index("Fylkets tekst.") < page.index("Hos oss:") < page.index("Vår tekst.")


def test_read_and_understood_is_one_tap(office: Office, client_of: ClientOf) -> None:
    procedure = in_force(office.office_leader, office.unit)
    counsellor = client_of(office.counsellor)
    page_of(counsellor, procedure.get_absolute_url())
    assert Reading.objects.filter(person=office.counsellor).exists()  # the news of it
    for _ in range(2):
        response = counsellor.post(address("confirm", procedure), follow=True)
        assert "lest og forstått" in response.content.decode()
    assert ProcedureReading.objects.filter(person=office.counsellor).count() == 1
    assert "Har du lest og forstått?" not in page_of(counsellor, procedure.get_absolute_url())


def test_a_leader_sees_how_many_and_who_is_missing_page_by_page(office: Office, client_of: ClientOf) -> None:
    procedure = in_force(office.office_leader, office.unit)
    for number in range(60):
        employ(make_person(f"Ansatt {number:02}"), unit=office.unit, employer=office.directorate)
    leader = client_of(office.office_leader)
    assert "<strong>1 av 66</strong>" in page_of(leader, procedure.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        first = page_of(leader, address("readers", procedure))
    assert len(queries) <= 16
    second = page_of(leader, address("readers", procedure) + "?page=2")
    assert ("Ansatt 03" in first, "Ansatt 03" in second) == (True, False)
    assert ("Vera Veileder" in first, "Vera Veileder" in second) == (False, True)


def test_an_office_leader_sees_who_of_their_own_has_read_what_the_county_wrote(
    office: Office, client_of: ClientOf
) -> None:
    procedure = in_force(office.county_director, office.county)
    read_by(office.counsellor, procedure)
    page = page_of(client_of(office.office_leader), procedure.get_absolute_url())
    assert "<strong>1 av 6</strong>" in page
    missing = page_of(client_of(office.office_leader), address("readers", procedure))
    assert "Kari Kollega" in missing
    assert "Vera Veileder" not in missing


def test_employees_do_not_see_who_has_read(office: Office, client_of: ClientOf) -> None:
    procedure = in_force(office.office_leader, office.unit)
    counsellor = client_of(office.counsellor)
    assert "Hvem har lest" not in page_of(counsellor, procedure.get_absolute_url())
    assert counsellor.get(address("readers", procedure)).status_code == 403


def test_versions_are_compared_in_words_that_are_heard_too(office: Office, client_of: ClientOf) -> None:
    procedure = in_force(office.office_leader, office.unit, "Gå ut. Ring 112.")
    for text in ("Gå rolig ut. Ring 112.", "Gå rolig ut."):
        rewritten_by(office.office_leader, procedure, text)
        approved_by(office.office_leader, procedure)
    counsellor = client_of(office.counsellor)
    latest = page_of(counsellor, address("versions", procedure))
    assert '<del><span class="aksel-sr-only">[fjernet: </span>' in latest
    assert "<ins>" not in latest
    asked = page_of(counsellor, address("versions", procedure) + "?fra=1&til=2")
    assert '<ins><span class="aksel-sr-only">[lagt til: </span> rolig<' in asked
    page_of(counsellor, address("versions", procedure) + "?fra=9&til=x")


def test_a_leader_renames_and_ends_it(office: Office, client_of: ClientOf) -> None:
    county = in_force(office.county_director, office.county, frame=a_frame("Fylkets"))
    procedure = in_force(office.office_leader, office.unit)
    leader = client_of(office.office_leader)
    page_of(leader, procedure.get_absolute_url())
    sent = {"title": "Uro", "kind": "procedure", "parent": str(county.id), "meeting_forms": ["reception"]}
    assert leader.post(address("frame", procedure), {**sent, "title": ""}).status_code == 422
    assert leader.post(address("frame", procedure), {**sent, "parent": str(procedure.id)}).status_code == 422
    assert leader.post(address("frame", procedure), sent).status_code == 302
    procedure.refresh_from_db()
    assert (procedure.title, procedure.parent, procedure.forms) == ("Uro", county, ["reception"])
    assert client_of(office.counsellor).post(address("frame", procedure), sent).status_code == 403
    ending = {"id": str(new_id()), "reason": "Slått sammen med en annen."}
    assert leader.post(address("end", procedure), {**ending, "reason": ""}).status_code == 422
    assert leader.post(address("end", procedure), ending).status_code == 302
    page = page_of(client_of(office.counsellor), procedure.get_absolute_url())
    assert "Slått sammen med en annen." in page
    assert "Lest og forstått" not in page


def test_it_is_found_by_its_title_by_those_who_may_read_it(office: Office, client_of: ClientOf) -> None:
    in_force(office.office_leader, office.unit, frame=a_frame("Uro i mottaket"))
    drafted_by(office.office_leader, office.unit, frame=a_frame("Uro på telefon"))
    planned_by(office.office_leader, office.unit, office.counsellor, title="Mindre uro i mottaket")
    marked = page_of(client_of(office.counsellor), reverse("search:page") + "?q=URO")
    found = marked.replace("<mark>", "").replace("</mark>", "")
    assert "Uro i mottaket" in found
    assert "Mindre uro i mottaket" in found
    assert "Uro på telefon" not in found
    stranger = make_office("Nav Storevik").counsellor
    assert "mottaket" not in page_of(client_of(stranger), reverse("search:page") + "?q=uro")


def test_one_procedure_costs_a_bounded_number_of_queries(office: Office, client_of: ClientOf) -> None:
    county = in_force(office.county_director, office.county)
    procedure = in_force(office.office_leader, office.unit, frame=a_frame("Uro", parent_id=county.id))
    client = client_of(office.office_leader)
    with CaptureQueriesContext(connection) as queries:
        page_of(client, procedure.get_absolute_url())
    assert len(queries) <= 32
