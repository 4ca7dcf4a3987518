"""Describing an incident with the code book: versioned, in three languages, and never overwritten (2.4)."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.translation import override

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed
from tryggmote.access.ids import new_id
from tryggmote.incidents import codebook as codebooks
from tryggmote.incidents.codebook import GROUPS, NEWEST, Codebook, codebook, versions
from tryggmote.incidents.models import Classification, Incident
from tryggmote.incidents.services import classify
from tryggmote.incidents.step_forms import ClassificationForm, described
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.incidents.vocabulary import Nature
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

ClientOf = Callable[[Person], Client]
database = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def codes(group: str) -> set[str]:
    return {code.code for code in getattr(codebook(), group)}


def test_everything_a_reporter_can_choose_is_in_the_code_book() -> None:
    assert codes("natures") == set(Nature.values)
    assert codes("channels") >= set(MeetingForm.values)


def test_the_newest_version_is_the_last_there_is() -> None:
    assert versions()[0] == NEWEST


def test_circumstances_belong_to_each_of_the_eight_factors() -> None:
    assert {code.factor for code in codebook().circumstances} == set(range(1, 9))


@pytest.mark.parametrize("group", GROUPS)
def test_every_word_is_offered_once_and_in_the_language_in_force(group: str) -> None:
    for language in ("nb", "nn", "en"):
        with override(language):
            words = [str(word) for _code, word in codebook().choices(group)]
        assert words == [getattr(code.word, language) for code in getattr(codebook(), group)]


def test_a_code_that_stands_twice_is_refused() -> None:
    book = codebook().model_dump()
    with pytest.raises(ValueError, match="given twice"):
        Codebook.model_validate({**book, "triggers": [*book["triggers"], book["triggers"][0]]})


@database
def test_the_leader_describes_and_describes_again_and_both_stay(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    leader = client_of(office.leader)
    address = f"{incident.get_absolute_url()}beskriv/"
    page = leader.get(address).content.decode()
    assert re.search(r'value="verbal_abuse"[^>]*checked', page), "what was reported is filled in"
    answers = {"natures": ["verbal_abuse", "hate_speech"], "channel": "planned", "triggers": ["waiting"]}
    assert leader.post(address, answers).status_code == 302
    again = {**answers, "help_after_minutes": "4", "alarm_worked": "yes", "circumstances": ["alone"]}
    assert leader.post(address, again).status_code == 302
    assert Classification.objects.filter(incident=incident, codebook=NEWEST).count() == 2
    page = leader.get(incident.get_absolute_url()).content.decode()
    assert "Utskjelling, Hatytring" in page
    assert "Venting eller forsinkelse" in page
    assert "Alene i møtet" in page


@database
@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"channel": "planned"}, "Velg minst én ting som skjedde."),
        ({"natures": ["verbal_abuse"]}, "Velg hvor eller hvordan det skjedde."),
        (
            {"natures": ["verbal_abuse"], "channel": "planned", "help_after_minutes": "2000"},
            "Skriv høyst 1440 minutter",
        ),
        ({"natures": ["dragon"], "channel": "planned"}, "dragon"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(
    office: Office, client_of: ClientOf, answers: dict[str, object], reason: str
) -> None:
    incident = reported_by(office.counsellor)
    refused = client_of(office.leader).post(f"{incident.get_absolute_url()}beskriv/", answers)
    assert refused.status_code == 422
    assert reason in refused.content.decode()
    assert not Classification.objects.exists()


@database
def test_only_a_leader_whose_case_it_is_not_describes(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    for person in (office.counsellor, office.safety_representative, office.colleague):
        address = f"{incident.get_absolute_url()}beskriv/"
        assert client_of(person).get(address).status_code == 404
    with acting_as(office.safety_representative.id) as by:
        seen = Incident.objects.get(id=incident.id)
        with pytest.raises(NotAllowed):
            classify(by=by, incident=seen, classification_id=new_id(), codes={})


def test_an_old_description_is_read_with_the_words_of_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    book = codebook().model_dump()
    waiting = next(code for code in book["triggers"] if code["code"] == "waiting")
    waiting["word"] = {"nb": "Kø", "nn": "Kø", "en": "Queue"}
    old = Codebook.model_validate({**book, "version": "2025-9"})
    monkeypatch.setattr("tryggmote.incidents.step_forms.codebook", {"2025-9": old, NEWEST: codebook()}.get)
    described_then = Classification(codebook="2025-9", channel="planned", triggers=["waiting"])
    described_now = Classification(codebook=NEWEST, channel="planned", triggers=["waiting"])
    label = str(ClassificationForm.base_fields["triggers"].label)
    assert dict(described(described_then))[label] == "Kø"
    assert dict(described(described_now))[label] == "Venting eller forsinkelse"


def test_a_version_there_never_was_is_not_found() -> None:
    with pytest.raises(KeyError):
        codebooks.codebook("../../settings")


@database
def test_the_code_book_can_be_read_by_everybody(office: Office, client_of: ClientOf) -> None:
    counsellor = client_of(office.counsellor)
    page = counsellor.get("/hendelser/kodebok/").content.decode()
    assert "Livstruende skade eller dødsfall." in page
    assert "Venting eller forsinkelse" in page
    assert counsellor.get(f"/hendelser/kodebok/{NEWEST}/").status_code == 200
    assert counsellor.get("/hendelser/kodebok/1999-1/").status_code == 404
