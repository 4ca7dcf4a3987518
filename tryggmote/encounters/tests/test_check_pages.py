"""The pages of the check, as a browser without script meets them (requirement 2.2)."""

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.access.models import ReadEntry
from tryggmote.encounters import planning, services
from tryggmote.encounters.models import Check, Meeting
from tryggmote.encounters.planning import MeetingPlan
from tryggmote.encounters.tests.conftest import calm_answers
from tryggmote.encounters.vocabulary import Decision, LeaderAnswer
from tryggmote.notices.models import Notice
from tryggmote.organisation.clearance import Clearance

# What every page costs: session, context, bell and the transaction's own statements.
FRAME = 8


def answers(form="planned", **changes):
    return {f"q_{code}": answer for code, answer in calm_answers(form, **changes).items()}


def new_check_url(form="planned"):
    return reverse("encounters:check_new", args=[form])


@pytest.fixture
def browser(office, client_of):
    return client_of(office.counsellor)


@pytest.fixture
def meeting(office):
    with acting_as(office.counsellor.id) as by:
        plan = MeetingPlan(form="planned", starts_at=timezone.now(), place="Samtalerom 3")
        return planning.add_meeting(by=by, meeting_id=new_id(), plan=plan)


@pytest.mark.parametrize(
    ("language", "question"),
    [("nb", "Er du alene?"), ("nn", "Er du åleine?"), ("en", "Are you alone?")],
)
def test_the_questions_are_asked_in_the_persons_language(office, client_of, language, question):
    office.counsellor.language = language
    office.counsellor.save()
    page = client_of(office.counsellor).get(new_check_url()).content.decode()
    assert question in page
    assert page.count("<fieldset") >= 7


def test_a_check_is_made_and_its_result_shown(browser):
    response = browser.post(new_check_url(), {"id": new_id(), **answers(history="earlier")}, follow=True)
    check = Check.objects.get()
    assert response.redirect_chain == [(check.get_absolute_url(), 302)]
    page = response.content.decode()
    assert "Forhøyet risiko" in page
    assert "3 poeng" in page
    assert "Følg sikkerhetstiltaket som gjelder" in page


def test_the_whole_check_is_nine_taps_at_most(browser, meeting):
    page = browser.get("/i-dag/").content.decode()
    url = re.search(r'href="(/sjekk/ny/[^"]+)"', page).group(1)
    questions = browser.get(url).content.decode().count('role="radiogroup"')
    # Answers, showing the result, deciding.
    assert questions + 2 <= 9


def test_a_forgotten_answer_keeps_the_others_and_says_which(browser):
    given = answers(history="earlier")
    del given["q_room"]
    response = browser.post(new_check_url(), {"id": new_id(), "place": "Rom 9", **given})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Velg et svar på «Har du fri utgang og en alarm som er testet?»" in page
    assert 'value="Rom 9"' in page
    assert re.search(r'value="earlier"[^>]*checked', page)
    assert not Check.objects.exists()


def test_the_check_is_filled_in_from_the_meeting(browser, meeting):
    url = f"{new_check_url()}?meeting={meeting.id}"
    assert 'value="Samtalerom 3"' in browser.get(url).content.decode()
    browser.post(url, {"id": new_id(), "place": "Samtalerom 3", **answers()})
    assert Check.objects.get().meeting_id == meeting.id
    assert "Ikke avgjort" in browser.get("/i-dag/").content.decode()


def test_a_check_of_anothers_meeting_takes_nothing_from_it(office, client_of, meeting):
    url = f"{new_check_url()}?meeting={meeting.id}"
    client_of(office.colleague).post(url, {"id": new_id(), **answers()})
    assert Check.objects.get().meeting_id is None


def test_sending_the_same_form_twice_is_one_check(browser):
    form = {"id": new_id(), **answers()}
    browser.post(new_check_url(), form)
    browser.post(new_check_url(), form)
    assert Check.objects.count() == 1


def test_colleagues_in_the_meeting_are_chosen_from_the_office(browser, office):
    browser.post(new_check_url(), {"id": new_id(), "colleagues": [office.colleague.id], **answers()})
    assert set(Check.objects.get().participant_ids) == {office.counsellor.id, office.colleague.id}


def test_somebody_from_another_office_cannot_be_chosen(browser, office):
    form = {"id": new_id(), "colleagues": [office.municipal_director.id], **answers()}
    assert browser.post(new_check_url(), form).status_code == 422


def test_an_unknown_meeting_form_is_not_found(browser):
    assert browser.get(new_check_url("outside_work")).status_code == 404


def test_a_decision_is_made_with_one_tap(browser, office, checked):
    check = checked(office.counsellor)
    url = reverse("encounters:check_decide", args=[check.id])
    page = browser.post(url, {"decision": Decision.GO}, follow=True).content.decode()
    assert "Du har valgt: gjennomfør som planlagt." in page
    assert "Hvordan gikk møtet?" in page


def test_a_decision_the_level_does_not_allow_explains_itself(browser, office, checked):
    check = checked(office.counsellor, signs="strong")
    response = browser.post(reverse("encounters:check_decide", args=[check.id]), {"decision": Decision.GO})
    assert response.status_code == 409
    assert "Du kan alltid utsette møtet" in response.content.decode()


def test_a_nonsense_decision_changes_nothing(browser, office, checked):
    check = checked(office.counsellor)
    browser.post(reverse("encounters:check_decide", args=[check.id]), {"decision": "run"})
    check.refresh_from_db()
    assert check.decision == ""


def test_the_leader_answers_and_the_employee_sees_it(office, client_of, checked):
    check = checked(office.counsellor, signs="strong")
    leader, employee = client_of(office.leader), client_of(office.counsellor)
    status_url = reverse("encounters:check_status", args=[check.id])
    assert employee.get(status_url).status_code == 204
    assert "Svar Vera Veileder" in leader.get(check.get_absolute_url()).content.decode()
    answer = {"answer": LeaderAnswer.JOIN, "words": "Jeg kommer kl. 12"}
    leader.post(reverse("encounters:check_answer", args=[check.id]), answer)
    page = employee.get(status_url).content.decode()
    assert "Lars Leder svarer: Jeg blir med i møtet" in page
    assert "Jeg kommer kl. 12" in page
    assert 'value="go_with_measures"' in page


def test_opening_the_check_is_having_seen_the_notice_so_that_the_next_one_is_told(office, client_of, checked):
    check = checked(office.counsellor, signs="strong")
    client_of(office.leader).get(check.get_absolute_url())
    assert not Notice.objects.filter(seen_at=None).exists()
    for answer in (LeaderAnswer.POSTPONE, LeaderAnswer.JOIN):
        with acting_as(office.leader.id) as by:
            services.answer_check(by=by, check=check, answer=answer)
        client_of(office.counsellor).get(check.get_absolute_url())
    assert Notice.objects.filter(person=office.counsellor).count() == 2


def test_a_leader_who_chooses_nothing_keeps_what_they_wrote(office, client_of, checked):
    check = checked(office.counsellor, signs="strong")
    response = client_of(office.leader).post(
        reverse("encounters:check_answer", args=[check.id]), {"words": "Ring meg"}
    )
    assert response.status_code == 422
    assert "Ring meg" in response.content.decode()
    assert "Velg hva den ansatte skal gjøre" in response.content.decode()


def test_the_leader_lets_somebody_untrained_through_from_the_page(office, client_of, checked, monkeypatch):
    monkeypatch.setattr(
        services, "clearance", lambda person_id, form: Clearance(False, "Du mangler opplæring.")
    )
    check = checked(office.counsellor)
    assert (
        "Du mangler opplæring." in client_of(office.counsellor).get(check.get_absolute_url()).content.decode()
    )
    url = reverse("encounters:check_override", args=[check.id])
    leader = client_of(office.leader)
    assert leader.post(url, {"reason": ""}).status_code == 422
    assert leader.post(url, {"reason": "Kari blir med"}).status_code == 302
    assert "Kari blir med" in client_of(office.counsellor).get(check.get_absolute_url()).content.decode()


def test_a_check_somebody_may_not_see_is_not_found(office, client_of, checked):
    check = checked(office.counsellor)
    assert client_of(office.colleague).get(check.get_absolute_url()).status_code == 404


def test_the_employee_sees_who_has_read_the_check(browser, office, client_of, checked):
    check = checked(office.counsellor)
    client_of(office.leader).get(check.get_absolute_url())
    assert ReadEntry.objects.get().person_id == office.leader.id
    assert "Lars Leder" in browser.get(check.get_absolute_url()).content.decode()
    assert ReadEntry.objects.count() == 1


def test_something_that_happened_leads_to_the_report_with_the_check(browser, office, checked):
    check = checked(office.counsellor)
    url = reverse("encounters:check_outcome", args=[check.id])
    response = browser.post(url, {"outcome": "something_happened"})
    assert response["Location"].endswith(f"?check={check.id}")


def test_all_well_ends_the_meeting(browser, office, meeting, checked):
    check = checked(office.counsellor, draft={"meeting_id": meeting.id})
    browser.post(reverse("encounters:check_outcome", args=[check.id]), {"outcome": "all_well"})
    assert Meeting.objects.get().outcome == "all_well"


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", 2),
        ("?level=3", 1),
        ("?status=waits", 1),
        ("?status=decided", 0),
        ("?form=telephone", 0),
        ("?from_day=2020-01-01&to_day=2020-01-02", 0),
        ("?from_day=tull", 2),
        ("?from_day=0001-01-01&to_day=9999-12-31", 2),
        ("?level=9&status=tull", 2),
    ],
)
def test_the_list_is_narrowed(browser, office, checked, query, rows):
    checked(office.counsellor)
    checked(office.counsellor, signs="strong")
    page = browser.get(f"/sjekker/{query}").content.decode()
    assert len(re.findall(r'<th scope="row"', page)) == rows


def test_the_list_costs_the_same_for_one_and_for_many(browser, office, checked):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            browser.get("/sjekker/")
        return len(captured)

    checked(office.counsellor)
    one = queries()
    for _ in range(4):
        checked(office.counsellor)
    assert queries() == one <= FRAME + 2


def test_an_address_with_a_broken_id_is_no_error(browser):
    assert browser.get(f"{new_check_url()}?meeting=tull").status_code == 200
    assert browser.get(f"/sjekk/{UUID(int=0)}/").status_code == 404
