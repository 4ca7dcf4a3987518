"""Going out alone on the screen (AML § 4-1 third paragraph)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.access.models import ReadEntry
from tryggmote.encounters import planning, services
from tryggmote.encounters.models import Outing
from tryggmote.encounters.outing_escalation import tell_overdue
from tryggmote.encounters.planning import MeetingPlan
from tryggmote.encounters.tests.outing_stories import ADDRESS, back, gone_out
from tryggmote.encounters.vocabulary import Decision
from tryggmote.notices.models import Notice
from tryggmote.organisation.tests.factories import employ, make_person
from tryggmote.ui.dates import OSLO

NEW = "/ute/ny/"


@pytest.fixture
def browser(office, client_of):
    return client_of(office.counsellor)


def clock(minutes):
    """What the clock in Oslo shows so long from now."""
    return f"{timezone.now().astimezone(OSLO) + timedelta(minutes=minutes):%H:%M}"


def filled(office, **fields):
    return {
        "id": new_id(), "form": "home_visit", "place": ADDRESS, "contact": office.colleague.id,
        "back_at": clock(60), **fields,
    }  # fmt: skip


def late(outing, minutes):
    """So many minutes have passed since the agreed time, and whoever was to be told has been."""
    Outing.objects.filter(id=outing.id).update(
        expected_at=timezone.now() - timedelta(minutes=minutes), next_step_at=timezone.now()
    )
    tell_overdue(now=timezone.now())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ("Jeg er tilbake", "Alt er bra, jeg trenger mer tid")),
        ("nn", ("Eg er tilbake", "Alt er bra, eg treng meir tid")),
        ("en", ("I am back", "All is well, I need more time")),
    ],
)
@pytest.mark.parametrize("page", ["/", "/i-dag/", "/ute/", "outing"])
def test_while_out_the_buttons_stand_first_wherever_one_looks(office, client_of, language, words, page):
    office.counsellor.language = language
    office.counsellor.save()
    outing = gone_out(office)
    path = outing.get_absolute_url() if page == "outing" else page
    text = client_of(office.counsellor).get(path).content.decode()
    assert all(word in text for word in words)
    assert text.index("tm-out__acts") < text.index("</main>")


def test_one_checks_out_and_comes_back(browser, office):
    page = browser.post(NEW, filled(office), follow=True).content.decode()
    outing = Outing.objects.get()
    assert "Du er ute" in page
    assert "Kari Kollega følger med." in page
    page = browser.post(reverse("encounters:outing_back", args=[outing.id]), {"id": new_id()}, follow=True)
    assert "Velkommen tilbake" in page.content.decode()
    assert not Outing.objects.get().is_out
    assert "tm-out__acts" not in browser.get("/").content.decode()


def test_one_tap_gives_half_an_hour_more_and_others_can_be_chosen(browser, office):
    outing = gone_out(office)
    url = reverse("encounters:outing_well", args=[outing.id])
    for sent, more in (({"minutes": "30"}, 30), ({"minutes": "60"}, 60), ({"minutes": "tull"}, 30), ({}, 30)):
        before = Outing.objects.get().expected_at
        assert browser.post(url, {"id": new_id(), **sent}).status_code == 302
        assert Outing.objects.get().expected_at == before + timedelta(minutes=more)


@pytest.mark.parametrize(
    "pressed", ["", "tull", "2026-01-01T10:00", "0001-01-01T00:00+00:00", "9999-12-31T23:59Z"]
)
def test_a_tap_counts_whatever_the_phones_clock_says(browser, office, pressed):
    outing = gone_out(office)
    url = reverse("encounters:outing_well", args=[outing.id])
    browser.post(url, {"id": "tull", "pressed_at": pressed})
    assert Outing.objects.get().expected_at > outing.expected_at
    assert Outing.objects.get().last_heard_at <= timezone.now()


def test_a_tap_that_arrives_late_tells_the_contact_when_it_was_given(browser, office, client_of):
    outing = gone_out(office)
    Outing.objects.filter(id=outing.id).update(last_heard_at=timezone.now() - timedelta(hours=2))
    pressed = timezone.now() - timedelta(minutes=38)
    url = reverse("encounters:outing_well", args=[outing.id])
    browser.post(url, {"id": new_id(), "pressed_at": pressed.isoformat().replace("+00:00", "Z")})
    page = client_of(office.colleague).get(outing.get_absolute_url()).content.decode()
    assert re.search(rf"Sist hørt fra kl\. <time[^>]+>{pressed.astimezone(OSLO):%H.%M}</time>", page)


def test_a_time_that_has_passed_or_is_far_off_is_refused_with_everything_kept(browser, office):
    for minutes in (-5, 13 * 60):
        response = browser.post(NEW, filled(office, back_at=clock(minutes)))
        page = response.content.decode()
        assert response.status_code == 422
        assert "Skriv et klokkeslett som ikke er passert" in page
        assert f'value="{ADDRESS}"' in page
    assert not Outing.objects.exists()


def test_what_is_missing_is_named(browser):
    page = browser.post(NEW, {"id": new_id()}).content.decode()
    for words in (
        "Velg hva du skal", "Skriv hvor du er, så noen kan finne deg", "Velg en kollega som følger med",
        "Skriv når du er tilbake",
    ):  # fmt: skip
        assert words in page


def test_a_check_of_a_home_visit_leads_to_checking_out_and_back_to_how_it_went(browser, office, checked):
    check = checked(office.counsellor, form="home_visit", draft={"place": "Hjemme, sentrum"})
    assert "Si fra før du drar" not in browser.get(check.get_absolute_url()).content.decode()
    with acting_as(office.counsellor.id) as by:
        services.decide(by=by, check=check, decision=Decision.GO)
    page = browser.get(check.get_absolute_url()).content.decode()
    path = f"{NEW}?check={check.id}"
    assert f'href="{path}"' in page
    form = browser.get(path).content.decode()
    assert 'value="Hjemme, sentrum"' in form
    assert re.search(r'value="home_visit"[^>]* checked', form)
    browser.post(NEW, filled(office, check=check.id))
    outing = Outing.objects.get()
    assert outing.check_id == check.id
    assert f'href="{outing.get_absolute_url()}"' in browser.get(check.get_absolute_url()).content.decode()
    home = browser.post(reverse("encounters:outing_back", args=[outing.id]), {"id": new_id()})
    assert home["Location"] == f"{check.get_absolute_url()}#utfall"
    assert "Si fra før du drar" not in browser.get(check.get_absolute_url()).content.decode()


def test_a_check_of_a_meeting_in_the_house_leads_nowhere_out(browser, office, checked):
    check = checked(office.counsellor)
    with acting_as(office.counsellor.id) as by:
        services.decide(by=by, check=check, decision=Decision.GO)
    assert "Si fra før du drar" not in browser.get(check.get_absolute_url()).content.decode()


def test_the_end_of_the_meeting_is_when_one_is_back(browser, office):
    ends_at = (timezone.now() + timedelta(hours=3)).replace(minute=15, second=0, microsecond=0)
    with acting_as(office.counsellor.id) as by:
        plan = MeetingPlan(form="outdoors", starts_at=timezone.now(), ends_at=ends_at, place="Turstien")
        meeting = planning.add_meeting(by=by, meeting_id=new_id(), plan=plan)
    form = browser.get(f"{NEW}?meeting={meeting.id}").content.decode()
    assert f'value="{ends_at.astimezone(OSLO):%H:%M}' in form
    assert 'value="Turstien"' in form


def test_one_who_is_out_already_comes_to_the_outing(browser, office):
    outing = gone_out(office)
    assert browser.get(NEW)["Location"] == outing.get_absolute_url()
    assert browser.post(NEW, filled(office)).status_code == 409


def test_the_contact_reads_where_and_rings_and_the_one_who_is_out_sees_that(browser, office, client_of):
    office.counsellor.phone = "900 00 001"
    office.counsellor.save()
    outing = gone_out(office)
    contact = client_of(office.colleague)
    page = contact.get(outing.get_absolute_url()).content.decode()
    assert ADDRESS in page
    assert 'href="tel:90000001"' in page
    assert not Notice.objects.filter(person=office.colleague, seen_at=None).exists()
    contact.get(outing.get_absolute_url(), headers={"HX-Request": "true"})  # the page looks again by itself
    assert ReadEntry.objects.filter(kind="outing").count() == 1
    assert "Kari Kollega, " in browser.get(outing.get_absolute_url()).content.decode()


def test_the_contact_says_that_they_have_spoken(office, client_of):
    outing = gone_out(office)
    late(outing, 10)
    contact = client_of(office.colleague)
    assert "Ring Vera Veileder" in contact.get("/").content.decode()
    page = contact.post(
        reverse("encounters:outing_well", args=[outing.id]), {"id": new_id(), "minutes": "15"}, follow=True
    )
    assert page.redirect_chain[-1][0] == "/ute/"
    assert "Ring Vera Veileder" not in contact.get("/").content.decode()


@pytest.mark.parametrize(("minutes", "told"), [(9, ()), (10, ("colleague",)), (20, ("colleague", "leader"))])
def test_to_ring_is_a_duty_of_those_who_have_been_told(office, client_of, minutes, told):
    late(gone_out(office), minutes)
    for role in ("colleague", "leader", "office_leader", "safety_representative"):
        shown = "Ring Vera Veileder" in client_of(getattr(office, role)).get("/").content.decode()
        # Who leads the unit leads the one who is out as well.
        expected = role in told or (role == "office_leader" and "leader" in told)
        assert shown == expected, role


def test_to_ring_comes_before_everything_else(office, client_of, checked):
    checked(office.counsellor, signs="strong")
    late(gone_out(office), 20)
    page = client_of(office.leader).get("/").content.decode()
    assert page.index("Ring Vera Veileder") < page.index("Svar Vera Veileder før møtet")


def test_those_one_keeps_an_eye_on_are_listed_and_nobody_else(office, client_of):
    gone_out(office)
    for role, sees in (("colleague", True), ("office_leader", True), ("safety_representative", False)):
        assert ("Vera Veileder" in client_of(getattr(office, role)).get("/ute/").content.decode()) == sees


def test_once_they_are_back_a_page_that_looks_again_leads_to_the_list(office, client_of):
    outing = back(office.counsellor, gone_out(office))
    contact = client_of(office.colleague)
    assert contact.get(outing.get_absolute_url()).status_code == 404
    again = contact.get(outing.get_absolute_url(), headers={"HX-Request": "true"})
    assert again.headers["HX-Redirect"] == "/ute/"


def test_the_list_costs_the_same_for_one_and_for_many(office, client_of):
    leader = client_of(office.leader)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            leader.get("/ute/")
        return len(captured)

    gone_out(office)
    one = queries()
    first = Outing.objects.get()
    for number in range(4):
        person = make_person(f"Veileder {number}")
        employ(person, unit=office.unit, employer=office.directorate, daily_leader=office.leader)
        first.id, first.employee_id = new_id(), person.id
        first.save(force_insert=True)
    assert queries() == one
