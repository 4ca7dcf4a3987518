"""The two employers agree on who co-ordinates, both sign, and it is gone through every year (AML § 2-2)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.controls import agreement_queries, agreements
from tryggmote.controls.agreement_duties import KINDS
from tryggmote.controls.agreements import AgreementDraft
from tryggmote.controls.models import Agreement, AgreementReview, AgreementSigning
from tryggmote.controls.rules import agreement_runs_out_on
from tryggmote.controls.tests.helpers import days_from_now, noon
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, Placement, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, employ, make_office, make_person, make_unit

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def a_draft(office: Office, **changes: Any) -> AgreementDraft:
    return AgreementDraft(
        **{
            "id": new_id(),
            "unit_id": office.unit.id,
            "employer_ids": (office.directorate.id, office.municipality.id),
            "co_ordinator_id": office.leader.id,
            "text": "Vi vurderer risiko sammen.",
            "from_on": timezone.localdate(),
            **changes,
        }
    )


def proposed(office: Office, **changes: Any) -> Agreement:
    with acting_as(office.office_leader.id) as leader:
        return agreements.propose_agreement(by=leader, draft=a_draft(office, **changes))


def signed_by(person: Person, agreement: Agreement, employer_id: int) -> Agreement:
    with acting_as(person.id) as by:
        seen = Agreement.objects.get(id=agreement.id)
        agreements.sign(by=by, agreement=seen, employer_id=employer_id)
        return seen


def agreed(office: Office, **changes: Any) -> Agreement:
    agreement = proposed(office, **changes)
    signed_by(office.county_director, agreement, office.directorate.id)
    return signed_by(office.municipal_director, agreement, office.municipality.id)


def kinds_of_duties(person: Person) -> list[str]:
    return [duty.kind for duty in owed_by(person, *KINDS)]


def test_it_holds_when_both_employers_have_signed_and_not_before(office: Office) -> None:
    today = timezone.localdate()
    agreement = proposed(office)
    assert not agreement.is_in_force(today)
    assert not signed_by(office.county_director, agreement, office.directorate.id).is_in_force(today)
    agreement = signed_by(office.municipal_director, agreement, office.municipality.id)
    assert agreement.is_in_force(today)
    assert not agreement.is_in_force(today - timedelta(days=1))


def test_it_holds_to_its_last_day(office: Office) -> None:
    agreement = agreed(office, to_on=days_from_now(30))
    assert agreement.is_in_force(days_from_now(30))
    assert not agreement.is_in_force(days_from_now(31))


def test_each_signs_for_the_employer_they_act_for(office: Office) -> None:
    agreement = proposed(office)
    for person, employer in [
        (office.county_director, office.municipality),
        (office.municipal_director, office.directorate),
        (office.counsellor, office.directorate),
        (office.safety_representative, office.directorate),
    ]:
        with pytest.raises(NotAllowed):
            signed_by(person, agreement, employer.id)
        with acting_as(person.id), pytest.raises(DatabaseError), transaction.atomic():
            AgreementSigning.objects.bulk_create(
                [AgreementSigning(agreement=agreement, by=person, employer=employer)]
            )
    # The office leader of this office leads the people of both employers.
    signed_by(office.office_leader, agreement, office.directorate.id)
    assert signed_by(office.office_leader, agreement, office.municipality.id).signed_at


def test_in_an_office_with_two_leaders_each_signs_for_their_own(office: Office) -> None:
    office.office_leader.role_assignments.all().delete()
    state, municipal = make_person("Stine Statlig"), make_person("Mona Kommunal")
    assign(state, Role.OFFICE_LEADER, office.unit, employer=office.directorate)
    assign(municipal, Role.OFFICE_LEADER, office.unit, employer=office.municipality)
    with acting_as(state.id) as leader:
        agreement = agreements.propose_agreement(by=leader, draft=a_draft(office))
    assert [n.person_id for n in Notice.objects.filter(kind="agreement_to_sign")] == [municipal.id]
    with pytest.raises(NotAllowed):
        signed_by(state, agreement, office.municipality.id)
    signed_by(state, agreement, office.directorate.id)
    assert kinds_of_duties(state) == []
    assert kinds_of_duties(municipal) == ["agreement_to_sign"]
    assert signed_by(municipal, agreement, office.municipality.id).signed_at


def test_without_a_leader_on_a_line_the_director_is_asked(office: Office) -> None:
    office.office_leader.role_assignments.update(employer=office.directorate)
    proposed(office)
    assert [n.person_id for n in Notice.objects.filter(kind="agreement_to_sign")] == [
        office.municipal_director.id
    ]


def test_signing_twice_and_proposing_twice_is_once(office: Office) -> None:
    draft = a_draft(office)
    for _ in range(2):
        with acting_as(office.office_leader.id) as leader:
            agreement = agreements.propose_agreement(by=leader, draft=draft)
    for person in (office.county_director, office.office_leader):
        signed_by(person, agreement, office.directorate.id)
    assert Agreement.objects.count() == AgreementSigning.objects.count() == 1
    assert AgreementSigning.objects.get().by == office.county_director


def test_only_leaders_propose_between_employers_who_are_there(office: Office) -> None:
    other = make_office("Nav Storevik")
    with acting_as(office.counsellor.id) as by, pytest.raises(NotAllowed):
        agreements.propose_agreement(by=by, draft=a_draft(office))
    with acting_as(office.office_leader.id) as by:
        for changes in (
            {"employer_ids": (office.directorate.id,)},
            {"employer_ids": (office.directorate.id, other.municipality.id)},
            {"co_ordinator_id": other.counsellor.id},
        ):
            with pytest.raises(NotPossible):
                agreements.propose_agreement(by=by, draft=a_draft(office, **changes))


def test_employers_in_departments_count_for_the_office(office: Office) -> None:
    team = make_unit("Team Kommune", UnitKind.TEAM, parents=(office.unit,))
    elsewhere = make_unit("En annen kommune", UnitKind.MUNICIPALITY)
    employ(make_person("Ny Ansatt"), unit=team, employer=elsewhere)
    with acting_as(office.office_leader.id):
        names = [unit.id for unit in agreement_queries.employers_in(office.unit.id)]
    assert set(names) == {office.directorate.id, office.municipality.id, elsewhere.id}


@pytest.mark.parametrize(
    ("signed", "reviewed", "to_on", "runs_out"),
    [
        (None, None, None, None),
        (date(2026, 3, 1), None, None, date(2027, 3, 1)),
        (date(2026, 3, 1), date(2026, 9, 1), None, date(2027, 9, 1)),
        (date(2026, 3, 1), None, date(2026, 12, 31), date(2026, 12, 31)),
        (date(2026, 3, 1), None, date(2030, 12, 31), date(2027, 3, 1)),
    ],
)
def test_it_runs_out_on_its_day_or_a_year_after_it_was_looked_at(
    signed: date | None, reviewed: date | None, to_on: date | None, runs_out: date | None
) -> None:
    agreement = Agreement(
        signed_at=signed and noon(signed), reviewed_at=reviewed and noon(reviewed), to_on=to_on
    )
    assert agreement_runs_out_on(agreement) == runs_out


def test_leaders_are_asked_to_go_through_it_before_it_runs_out(office: Office) -> None:
    agreement = agreed(office)
    assert kinds_of_duties(office.office_leader) == []
    Agreement.objects.filter(id=agreement.id).update(signed_at=timezone.now() - timedelta(days=350))
    assert kinds_of_duties(office.office_leader) == ["agreement_review"]
    review_id = new_id()
    for _ in range(2):
        with acting_as(office.office_leader.id) as leader:
            agreements.review_agreement(by=leader, agreement=agreement, review_id=review_id)
    assert AgreementReview.objects.count() == 1
    assert kinds_of_duties(office.office_leader) == []


def test_a_new_agreement_takes_the_place_of_the_old_when_both_have_signed(office: Office) -> None:
    old = agreed(office)
    new = proposed(office)
    with acting_as(office.counsellor.id):
        every = agreement_queries.agreements_of(office.unit.id)
        assert agreement_queries.in_force_of(every, timezone.localdate()) == old
    signed_by(office.office_leader, new, office.directorate.id)
    signed_by(office.office_leader, new, office.municipality.id)
    with acting_as(office.counsellor.id):
        every = agreement_queries.agreements_of(office.unit.id)
        assert agreement_queries.in_force_of(every, timezone.localdate()) == new


def test_everybody_in_the_office_reads_it_and_nobody_changes_it(office: Office) -> None:
    agreement = agreed(office)
    stranger = make_office("Nav Storevik")
    for person, sees in [
        (office.counsellor, True),
        (office.safety_representative, True),
        (office.municipal_director, True),
        (stranger.office_leader, False),
    ]:
        with acting_as(person.id):
            assert Agreement.objects.filter(id=agreement.id).exists() is sees, person.name
    with acting_as(office.office_leader.id), pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(id=agreement.id).update(text="Noe annet")


# The page


def answers(office: Office, **changes: object) -> dict[str, object]:
    return {
        "id": str(new_id()),
        "employers": [office.directorate.id, office.municipality.id],
        "co_ordinator": office.leader.id,
        "text": "Felles risikovurdering.",
        "from_on": timezone.localdate().isoformat(),
        **changes,
    }


def test_from_nothing_to_signed_on_the_page(office: Office, client_of: ClientOf) -> None:
    own = reverse("controls:own_agreement")
    propose = reverse("controls:propose", args=[office.unit.id])
    leader = client_of(office.office_leader)
    assert "Ingen avtale ennå" in leader.get(own).content.decode()
    assert propose not in client_of(office.counsellor).get(own).content.decode()
    assert leader.get(propose).status_code == 200
    page = leader.post(propose, answers(office), follow=True).content.decode()
    agreement = Agreement.objects.get()
    assert "Venter på signering" in page
    assert Notice.objects.filter(subject_id=agreement.id).count() == 0  # the one leader made it
    for employer in (office.directorate, office.municipality):
        assert f"Signer for {employer.name}" in leader.get(own).content.decode()
        leader.post(reverse("controls:sign", args=[agreement.id, employer.id]))
    page = client_of(office.counsellor).get(own).content.decode()
    assert "Avtalen som gjelder" in page
    assert "Felles risikovurdering." in page
    assert f"<strong>{office.leader.name}</strong> samordner." in page
    assert "Signer for" not in page
    reviewed = leader.post(reverse("controls:review_agreement", args=[agreement.id]), {"id": str(new_id())})
    assert reviewed.status_code == 302


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"employers": []}, "Velg arbeidsgiverne"),
        ({"employers": ["999999"]}, "aksel-error"),
        ({"co_ordinator": ""}, "Velg hvem"),
        ({"text": ""}, "Skriv hva dere er enige om"),
        ({"text": "ord " * 12_500}, "for lang"),
        ({"from_on": "31.02.2027"}, "dag, måned og år"),
        ({"to_on": "2020-01-01"}, "fra og med i dag"),
    ],
)
def test_impossible_answers_are_explained(
    office: Office, client_of: ClientOf, changes: dict[str, object], says: str
) -> None:
    url = reverse("controls:propose", args=[office.unit.id])
    response = client_of(office.office_leader).post(url, answers(office, **changes))
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not Agreement.objects.exists()


def test_an_agreement_that_ends_before_it_begins_or_is_with_oneself_is_explained(
    office: Office, client_of: ClientOf
) -> None:
    url = reverse("controls:propose", args=[office.unit.id])
    leader = client_of(office.office_leader)
    backwards = answers(office, from_on=days_from_now(20).isoformat(), to_on=days_from_now(10).isoformat())
    assert "slutter før den begynner" in leader.post(url, backwards).content.decode()
    alone = answers(office, employers=[office.directorate.id])
    assert "to arbeidsgivere eller flere" in leader.post(url, alone).content.decode()


def test_other_offices_pages_are_not_there_and_others_may_not_act(
    office: Office, client_of: ClientOf
) -> None:
    agreement = proposed(office)
    other = make_office("Nav Storevik")
    stranger = client_of(other.office_leader)
    assert stranger.get(reverse("controls:agreement", args=[office.unit.id])).status_code == 404
    assert stranger.get(reverse("controls:propose", args=[office.unit.id])).status_code == 404
    sign = reverse("controls:sign", args=[agreement.id, office.directorate.id])
    assert stranger.post(sign).status_code == 404
    assert client_of(office.counsellor).post(sign).status_code == 403
    review = reverse("controls:review_agreement", args=[agreement.id])
    assert client_of(office.counsellor).post(review).status_code == 403
    assert client_of(office.office_leader).post(review).status_code == 409


def test_a_co_ordinator_who_has_left_is_shown(office: Office, client_of: ClientOf) -> None:
    agreed(office)
    Placement.objects.filter(person=office.leader).update(ends_on=days_from_now(-1))
    page = client_of(office.counsellor).get(reverse("controls:own_agreement")).content.decode()
    assert "hører ikke lenger til enheten" in page


def test_those_above_the_offices_are_told_where_it_is(office: Office, client_of: ClientOf) -> None:
    page = client_of(office.county_director).get(reverse("controls:own_agreement")).content.decode()
    assert "Avtalen hører til et kontor" in page
    of_office = client_of(office.county_director).get(reverse("controls:agreement", args=[office.unit.id]))
    assert of_office.status_code == 200
