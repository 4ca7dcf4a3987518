"""Stop and risk on the screen (requirement 2.2, AML § 2-3)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.encounters import reporting
from tryggmote.encounters.models import RiskReport


@pytest.fixture
def browser(office, client_of):
    return client_of(office.counsellor)


@pytest.mark.parametrize(
    ("language", "button"),
    [("nb", "Jeg stanser møtet"), ("nn", "Eg stansar møtet"), ("en", "I am stopping the meeting")],
)
def test_one_tap_stops_the_meeting(office, client_of, language, button):
    office.counsellor.language = language
    office.counsellor.save()
    browser = client_of(office.counsellor)
    page = browser.get("/stopp/").content.decode()
    assert button in page
    hidden = re.search(r'name="id" value="([^"]+)"', page).group(1)
    response = browser.post("/stopp/", {"id": hidden})
    assert response.status_code == 302
    assert RiskReport.objects.get().stopped_work


def test_a_stop_without_an_id_is_still_a_stop(browser):
    browser.post("/stopp/", {"id": "tull"})
    assert RiskReport.objects.count() == 1


def test_words_come_afterwards_and_are_optional(browser):
    browser.post("/stopp/", {"id": new_id()})
    report = RiskReport.objects.get()
    assert "Vil du skrive mer?" in browser.get(report.get_absolute_url()).content.decode()
    browser.post(f"/risiko/{report.id}/ord/", {"what": "Truet meg", "form": "planned", "place": ""})
    report.refresh_from_db()
    assert (report.what, report.form) == ("Truet meg", "planned")


def test_a_risk_without_words_says_what_is_missing_and_keeps_the_rest(browser):
    response = browser.post("/risiko/ny/", {"id": new_id(), "what": "", "place": "Parkeringen"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Skriv kort hva som er utrygt" in page
    assert 'value="Parkeringen"' in page


def test_a_risk_is_reported_and_answered_and_the_reporter_reads_the_answer(browser, office, client_of):
    browser.post("/risiko/ny/", {"id": new_id(), "what": "Mørk gang"})
    url = RiskReport.objects.get().get_absolute_url()
    leader = client_of(office.leader)
    assert "Mørk gang" in leader.get(url).content.decode()
    assert leader.post(f"{url}svar/", {"answer": ""}).status_code == 422
    leader.post(f"{url}svar/", {"answer": "Nytt lys i morgen"})
    page = browser.get(url).content.decode()
    assert "Svar fra Lars Leder" in page
    assert "Nytt lys i morgen" in page
    assert "Lest av" in page


def test_a_colleague_does_not_find_it(browser, office, client_of):
    browser.post("/risiko/ny/", {"id": new_id(), "what": "Mørk gang"})
    assert client_of(office.colleague).get(RiskReport.objects.get().get_absolute_url()).status_code == 404


def test_the_safety_representative_reads_but_gets_no_form(browser, office, client_of):
    browser.post("/risiko/ny/", {"id": new_id(), "what": "Mørk gang"})
    page = client_of(office.safety_representative).get(RiskReport.objects.get().get_absolute_url())
    assert "Send svaret" not in page.content.decode()


@pytest.mark.parametrize(
    ("query", "rows"),
    [("", 2), ("?kind=stop", 1), ("?status=answered", 0), ("?status=open", 2), ("?form=driving", 0)],
)
def test_the_list_is_narrowed(browser, query, rows):
    browser.post("/stopp/", {"id": new_id()})
    browser.post("/risiko/ny/", {"id": new_id(), "what": "Mørk gang"})
    page = browser.get(f"/risiko/{query}").content.decode()
    assert len(re.findall(r'<th scope="row"', page)) == rows


def test_the_list_costs_the_same_for_one_and_for_many(browser, office):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            browser.get("/risiko/")
        return len(captured)

    def stop():
        with acting_as(office.counsellor.id) as by:
            reporting.stop_meeting(by=by, report_id=new_id())

    stop()
    one = queries()
    for _ in range(4):
        stop()
    assert queries() == one


def test_the_check_behind_a_stop_is_linked_for_those_who_may_see_it(browser, office, client_of, checked):
    check = checked(office.counsellor)
    browser.post("/stopp/", {"id": new_id(), "check": check.id})
    url = RiskReport.objects.get().get_absolute_url()
    link = f'href="{check.get_absolute_url()}"'
    assert link in browser.get(url).content.decode()
    assert link not in client_of(office.safety_representative).get(url).content.decode()
