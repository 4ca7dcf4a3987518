"""Several things of a kind at once: where nobody judges each, all or nothing, each with its own trace."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tryggmote.access.ids import new_id
from tryggmote.controls.models import Handover, Measure
from tryggmote.controls.tests.helpers import planned_by
from tryggmote.duties.kinds import kinds
from tryggmote.forums.models import Decision
from tryggmote.forums.tests.helpers import called_by, decided_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
URL = "/gjoremal/samtidig/"


@pytest.fixture
def office() -> Office:
    return make_office()


def tasks(office: Office, number: int = 2) -> list[Decision]:
    """Decided in a meeting, for the counsellor to see to."""
    meeting = called_by(office.office_leader, office.unit)
    return [
        decided_by(office.office_leader, meeting, office.counsellor, words=f"Oppgave {each}")
        for each in range(number)
    ]


def without_owner(office: Office, number: int = 2) -> list[Measure]:
    """Measures whose owner belongs to another office by now."""
    stranger = make_office("Nav Annenvik").counsellor
    measures = [
        planned_by(office.office_leader, office.unit, office.counsellor, title=f"Tiltak {each}")
        for each in range(number)
    ]
    Measure.objects.filter(id__in=[measure.id for measure in measures]).update(owner=stranger)
    return measures


def sent(hva: str, *subjects: object, **more: object) -> dict[str, object]:
    return {
        "id": str(new_id()),
        "hva": hva,
        "chosen": [f"{hva}:{subject}" for subject in subjects],
        **more,
    }


def test_only_what_nobody_has_to_judge_can_be_done_several_at_once() -> None:
    found = {kind.code for kind in kinds().values() if kind.together}
    assert found == {"forum_publish", "forum_task", "measure_without_owner"}


def test_those_chosen_are_done_and_the_rest_is_left(office: Office, client_of: ClientOf) -> None:
    first, second, third = tasks(office, 3)
    client = client_of(office.counsellor)
    assert URL in client.get(reverse("duties:all")).content.decode()
    assert "Oppgave 1" in client.get(URL).content.decode()
    response = client.post(URL, sent("forum_task", first.id, second.id), follow=True)
    assert "Gjort: 2 gjøremål." in response.content.decode()
    done = Decision.objects.filter(done_by=office.counsellor)
    assert {each.id for each in done} == {first.id, second.id}
    assert Decision.objects.get(id=third.id).done_at is None


def test_one_of_a_kind_is_done_where_it_is(office: Office, client_of: ClientOf) -> None:
    tasks(office, 1)
    assert URL not in client_of(office.counsellor).get(reverse("duties:all")).content.decode()


def test_measures_get_one_new_owner_each_with_its_own_trace_and_once(
    office: Office, client_of: ClientOf
) -> None:
    measures = without_owner(office)
    client = client_of(office.office_leader)
    given = sent("measure_without_owner", *(measure.id for measure in measures), to=office.colleague.id)
    assert client.post(URL, given).status_code == 302
    assert {row.measure_id for row in Handover.objects.filter(to_owner=office.colleague)} == {
        measure.id for measure in measures
    }
    assert Notice.objects.filter(person=office.colleague, kind="measure_owned").count() == 2
    again = client.post(URL, given, follow=True)
    assert "allerede gjort" in again.content.decode()
    assert Handover.objects.count() == 2


def test_all_or_nothing(office: Office, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tasks(office)
    client = client_of(office.counsellor)
    client.post(URL, sent("forum_task", first.id, new_id()))
    assert not Decision.objects.exclude(done_at=None).exists()
    measures = without_owner(office)
    elsewhere = make_office("Nav Tredjevik").counsellor
    owner = sent("measure_without_owner", *(measure.id for measure in measures), to=elsewhere.id)
    assert client_of(office.office_leader).post(URL, owner).status_code == 422
    assert not Handover.objects.exists()
    assert second.done_at is None


def test_nothing_typed_is_lost_and_what_is_missing_is_said(office: Office, client_of: ClientOf) -> None:
    measures = without_owner(office)
    client = client_of(office.office_leader)
    page = client.post(URL, sent("measure_without_owner", measures[0].id))
    assert page.status_code == 422
    text = page.content.decode()
    assert "Velg hvem." in text
    assert f'value="measure_without_owner:{measures[0].id}" ' in text
    assert text.count("checked") == 1


@pytest.mark.parametrize("hva", ["", "forum_approve", "nonsense", "measure_overdue", "x" * 5000])
def test_a_kind_that_is_judged_is_not_done_here(office: Office, client_of: ClientOf, hva: str) -> None:
    decisions = tasks(office)
    client_of(office.counsellor).post(URL, sent(hva, *(decision.id for decision in decisions)))
    assert not Decision.objects.exclude(done_at=None).exists()


def test_nobody_does_what_another_owes(office: Office, client_of: ClientOf) -> None:
    decisions = tasks(office)
    client_of(office.leader).post(URL, sent("forum_task", *(decision.id for decision in decisions)))
    assert not Decision.objects.exclude(done_at=None).exists()


def test_it_costs_no_more_question_when_there_is_more(
    office: Office, client_of: ClientOf, django_assert_max_num_queries: Callable[..., object]
) -> None:
    tasks(office, 6)
    client = client_of(office.counsellor)
    client.get(URL)
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        client.get(URL)
