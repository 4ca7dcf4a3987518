"""Action cards: national texts in three languages, and what holds where one works, approved (3.2, 3.6)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.catalogue.text import LANGUAGES
from tryggmote.controls import action_card_additions as additions
from tryggmote.controls import action_card_texts as texts
from tryggmote.controls.action_card_additions import LocalFacts
from tryggmote.controls.action_card_duties import KINDS
from tryggmote.controls.action_card_queries import Card, addition_in_force, card_for, draft_of_card
from tryggmote.controls.models import CardAddition, CardAdditionApproval
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.information.models import Item
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.tests.factories import Office, make_office, make_unit, workforce_of

ClientOf = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def saved_by(
    person: Person,
    unit: Unit,
    exits: str = "Bakdøra.",
    *,
    card: str = "violence",
    form_id: UUID | None = None,
    **facts: Any,
) -> CardAddition:
    """What this person writes about the unit on a card."""
    found = texts.find(card)
    assert found
    with acting_as(person.id) as by:
        draft = draft_of_card(unit.id, card)
        return additions.save_addition(
            by=by,
            unit_id=unit.id,
            card=found,
            form_id=form_id or new_id(),
            revision=draft.revision if draft else 0,
            facts=LocalFacts(exits=exits, **facts),
        )


def approved_by(leader: Person, unit: Unit, *, card: str = "violence", revision: int | None = None) -> None:
    """The draft put in force."""
    found = texts.find(card)
    assert found
    with acting_as(leader.id) as by:
        draft = draft_of_card(unit.id, card)
        assert draft
        additions.approve_addition(
            by=by,
            draft=draft,
            card=found,
            approval_id=new_id(),
            revision=draft.revision if revision is None else revision,
        )


def in_force(leader: Person, unit: Unit, exits: str = "Bakdøra.", **facts: Any) -> None:
    saved_by(leader, unit, exits, **facts)
    approved_by(leader, unit)


def seen_by(person: Person, unit: Unit, situation: str = "violence", form: str = "") -> Card:
    with acting_as(person.id):
        found = card_for(situation=situation, form=form, unit_id=unit.id)
        assert found
        return found


def lines(card: Card) -> list[str]:
    return [line.text for line in card.local]


def test_there_is_a_card_for_each_situation_with_few_and_short_steps() -> None:
    codes = {"threat", "violence", "phone", "suicide", "bomb", "visit", "car", "digital"}
    assert {card.code for card in texts.cards()} == codes
    for card in texts.cards():
        assert 4 <= len(card.steps) <= 8
        assert card.never


def test_every_card_reads_differently_in_the_three_languages() -> None:
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = [str(step) for card in texts.cards() for step in card.steps]
    assert told["nb"] != told["nn"]
    assert not set(told["en"]) & set(told["nb"])


def test_a_faulty_file_is_refused_with_the_line_and_the_reason(tmp_path: Path) -> None:
    good = (texts.FOLDER / texts.version() / "car.yaml").read_text()
    (tmp_path / "car.yaml").write_text(good.replace("forms: [driving]", "forms: [flying]"))
    with pytest.raises(texts.BrokenCards, match=r"car.yaml, line 5, .*no meeting form “flying”"):
        texts.load(tmp_path)
    (tmp_path / "car.yaml").write_text(good.replace("Slå på nødblinken", "Slå på nødblinken " * 4))
    with pytest.raises(texts.BrokenCards, match="there is room for"):
        texts.load(tmp_path)


@pytest.mark.parametrize(
    ("situation", "form", "code"),
    [
        ("threat", "reception", "threat"),
        ("threat", "telephone", "phone"),
        ("threat", "home_visit", "visit"),
        ("threat", "driving", "car"),
        ("threat", "video", "digital"),
        ("violence", "home_visit", "violence"),
        ("suicide", "telephone", "suicide"),
        ("bomb", "", "bomb"),
    ],
)
def test_the_card_fits_what_happens_and_how_one_meets(situation: str, form: str, code: str) -> None:
    found = card_for(situation=situation, form=form, unit_id=None)
    assert found
    assert found.code == code
    assert found.local == ()


def test_a_situation_without_a_card_has_none() -> None:
    assert card_for(situation="flood", form="reception", unit_id=None) is None


def test_what_is_approved_stands_on_the_card_and_a_draft_does_not(office: Office) -> None:
    saved_by(office.safety_representative, office.unit, "Sidedøra.", police_minutes=35)
    assert seen_by(office.counsellor, office.unit).local == ()
    approved_by(office.office_leader, office.unit)
    assert lines(seen_by(office.counsellor, office.unit)) == ["Sidedøra.", "Regn med 35 minutter"]


def test_a_unit_has_what_the_nearest_above_it_has_approved(office: Office) -> None:
    team = make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    workforce_of(team, office.directorate)
    in_force(office.office_leader, office.unit, "Kontorets dør.")
    assert lines(seen_by(office.office_leader, team)) == ["Kontorets dør."]
    with acting_as(office.office_leader.id):
        assert addition_in_force(team.id, "bomb") is None
    in_force(office.office_leader, team, "Teamets dør.")
    assert lines(seen_by(office.office_leader, team)) == ["Teamets dør."]
    assert lines(seen_by(office.office_leader, office.unit)) == ["Kontorets dør."]


def test_writing_begins_with_what_holds_now_also_when_it_comes_from_above(
    office: Office, client_of: ClientOf
) -> None:
    team = make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    in_force(office.office_leader, office.unit, "Kontorets dør.")
    workforce_of(team, office.directorate)
    page = client_of(office.office_leader).get(f"/tiltakskort/violence/lokalt/{team.id}/").content.decode()
    assert re.search(r"<textarea[^>]*>\s*Kontorets dør.</textarea>", page)
    assert f'href="/tiltakskort/violence/lokalt/{office.unit.id}/"' in page


def test_the_version_before_can_still_be_read_and_tells_who_and_when(
    office: Office, client_of: ClientOf
) -> None:
    in_force(office.office_leader, office.unit, "Gammel dør.")
    in_force(office.office_leader, office.unit, "Ny dør.")
    page = (
        client_of(office.counsellor).get(f"/tiltakskort/violence/lokalt/{office.unit.id}/").content.decode()
    )
    assert page.index("Ny dør.") < page.index("Gammel dør.")
    assert page.count(f"Godkjent av {office.office_leader.name}") == 2
    assert 'name="exits"' not in page


def test_only_leaders_and_safety_representatives_write_and_only_leaders_approve(office: Office) -> None:
    with pytest.raises(NotAllowed):
        saved_by(office.counsellor, office.unit)
    saved_by(office.safety_representative, office.unit)
    with pytest.raises(NotAllowed):
        approved_by(office.safety_representative, office.unit)
    approved_by(office.office_leader, office.unit)
    assert CardAddition.objects.get().approved_at


def test_the_same_form_sent_twice_is_one_version(office: Office) -> None:
    form_id = new_id()
    first = saved_by(office.office_leader, office.unit, form_id=form_id)
    assert saved_by(office.office_leader, office.unit, "Noe annet.", form_id=form_id) == first
    assert CardAddition.objects.get().exits == "Bakdøra."


def test_who_saves_over_anothers_words_is_told_and_nothing_is_lost(
    office: Office, client_of: ClientOf
) -> None:
    saved_by(office.safety_representative, office.unit, "Verneombudets ord.")
    answer = client_of(office.office_leader).post(
        f"/tiltakskort/violence/lokalt/{office.unit.id}/",
        {"id": new_id(), "revision": "0", "exits": "Lederens ord."},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Lederens ord." in page
    assert "Verneombudets ord." in page
    assert CardAddition.objects.get().exits == "Verneombudets ord."


def test_nobody_approves_what_they_have_not_read(office: Office) -> None:
    saved_by(office.safety_representative, office.unit, "Først.")
    saved_by(office.safety_representative, office.unit, "Så.")
    with pytest.raises(NotPossible):
        approved_by(office.office_leader, office.unit, revision=1)
    assert CardAddition.objects.get().approved_at is None


def test_what_is_approved_is_never_changed_whatever_the_program_does(office: Office) -> None:
    in_force(office.office_leader, office.unit)
    for act in (
        lambda: CardAddition.objects.update(exits="En annen dør."),
        lambda: CardAddition.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_the_database_itself_refuses_others_words_and_approvals(office: Office) -> None:
    draft = saved_by(office.safety_representative, office.unit)
    other = make_office("Nav Storevik")
    for person in (office.counsellor, office.safety_representative, other.office_leader):
        with acting_as(person.id), pytest.raises(DatabaseError), transaction.atomic():
            CardAdditionApproval.objects.bulk_create(
                [CardAdditionApproval(addition=draft, revision=1, by=person)]
            )
    with acting_as(office.counsellor.id), pytest.raises(DatabaseError), transaction.atomic():
        CardAddition.objects.bulk_create(
            [CardAddition(unit=office.unit, card="bomb", number=1, exits="A", by=office.counsellor)]
        )


def test_the_leader_is_asked_on_now_and_told_and_the_unit_is_informed(
    office: Office, client_of: ClientOf
) -> None:
    draft = saved_by(office.safety_representative, office.unit)
    address = f"/tiltakskort/violence/lokalt/{office.unit.id}/"
    client_of(office.safety_representative).post(f"{address}klart/")
    assert Notice.objects.filter(subject_id=draft.id, person=office.office_leader).exists()
    leader = client_of(office.office_leader)
    assert address in leader.get("/?alle=1").content.decode()
    page = leader.get(address).content.decode()
    fields = dict(re.findall(r'name="(id|revision)" value="([^"]+)"[^>]*id="approval_', page))
    assert leader.post(f"{address}godkjenn/", fields).status_code == 302
    assert address not in leader.get("/?alle=1").content.decode()
    assert Item.objects.get(kind="controls.card_approved").unit == office.unit


def test_the_leader_is_asked_to_approve_a_card_in_use_and_no_other(office: Office) -> None:
    draft = saved_by(office.safety_representative, office.unit)
    CardAddition.objects.filter(id=draft.id).update(ready_at=draft.at)
    assert [duty.kind for duty in owed_by(office.office_leader, *KINDS)] == ["card_addition_waiting"]
    CardAddition.objects.filter(id=draft.id).update(card="gone")
    assert owed_by(office.office_leader, *KINDS) == []


def test_the_pages_show_the_card_large_with_numbers_to_call(office: Office, client_of: ClientOf) -> None:
    in_force(office.office_leader, office.unit, "Sidedøra i mottaket.")
    client = client_of(office.counsellor)
    listed = client.get("/tiltakskort/").content.decode()
    assert all(f'href="/tiltakskort/{card.code}/"' in listed for card in texts.cards())
    page = client.get("/tiltakskort/violence/").content.decode()
    assert 'href="tel:112"' in page
    assert "Sidedøra i mottaket." in page
    assert "lokalt" not in page
    assert "lokalt" in client_of(office.safety_representative).get("/tiltakskort/violence/").content.decode()
    assert client.get("/tiltakskort/flood/").status_code == 404


def test_a_card_on_paper_has_a_code_and_an_old_one_says_that_it_is_old(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.counsellor)
    paper = client.get("/tiltakskort/utskrift/").content.decode()
    assert paper.count('class="tm-qr"') == len(texts.cards())
    assert "style=" not in paper
    edition = seen_by(office.counsellor, office.unit).edition
    assert "eldre utgave" not in client.get(f"/tiltakskort/violence/?utgave={edition}").content.decode()
    in_force(office.office_leader, office.unit)
    assert "eldre utgave" in client.get(f"/tiltakskort/violence/?utgave={edition}").content.decode()
    assert client.get("/tiltakskort/utskrift/?kort=car").content.decode().count('class="tm-qr"') == 1


def test_another_office_does_not_read_what_is_said_of_this_one(office: Office, client_of: ClientOf) -> None:
    in_force(office.office_leader, office.unit)
    stranger = make_office("Nav Storevik").office_leader
    assert client_of(stranger).get(f"/tiltakskort/violence/lokalt/{office.unit.id}/").status_code == 404
    with acting_as(stranger.id):
        assert not CardAddition.objects.exists()


def test_faults_are_told_at_the_field_and_nothing_is_saved(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    for fields, said in (
        ({}, "Skriv minst én ting"),
        ({"police_minutes": "900"}, "høyst 600"),
        ({"exits": "a" * 201}, "for lang"),
    ):
        answer = client.post(f"/tiltakskort/bomb/lokalt/{office.unit.id}/", {"id": new_id(), **fields})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not CardAddition.objects.exists()


def test_all_cards_cost_one_question_to_the_database(office: Office, client_of: ClientOf) -> None:
    in_force(office.office_leader, office.unit)
    with acting_as(office.counsellor.id), CaptureQueriesContext(connection) as captured:
        found = card_for(situation="violence", form="planned", unit_id=office.unit.id)
        assert found
        assert found.edition.endswith(f"{office.unit.id}.1")
        assert found.addition
        assert found.addition.approval.by.name == office.office_leader.name
    assert len(captured) == 1


def test_a_search_finds_the_card(office: Office, client_of: ClientOf) -> None:
    assert "/tiltakskort/bomb/" in client_of(office.counsellor).get("/sok/?q=bombe").content.decode()
