"""Today and one's own plan (requirement 2.2): typed in, from a file, from a feed."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.encounters import planning
from tryggmote.encounters.models import CalendarFeed, Meeting
from tryggmote.encounters.planning import MeetingPlan
from tryggmote.organisation.workdays import OSLO


@pytest.fixture
def browser(office, client_of):
    return client_of(office.counsellor)


def typed(**changes):
    day = timezone.now().astimezone(OSLO).date()
    return {"id": new_id(), "form": "planned", "day": day, "starts": "13:00", "ends": "14:00"} | changes


def plan(person, **fields):
    with acting_as(person.id) as by:
        starts_at = fields.pop("starts_at", timezone.now() + timedelta(minutes=1))
        meeting = MeetingPlan(**{"form": "planned", "starts_at": starts_at, **fields})
        return planning.add_meeting(by=by, meeting_id=new_id(), plan=meeting)


@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "Ingen møter i dag"), ("nn", "Ingen møte i dag"), ("en", "No meetings today")],
)
def test_an_empty_day_teaches_what_will_be_here(office, client_of, language, words):
    office.counsellor.language = language
    office.counsellor.save()
    assert words in client_of(office.counsellor).get("/i-dag/").content.decode()


def test_a_meeting_is_typed_in_and_shown(browser):
    page = browser.post("/moter/nytt/", typed(place="Samtalerom 3"), follow=True).content.decode()
    assert "Samtalerom 3" in page
    meeting = Meeting.objects.get()
    assert meeting.starts_at.astimezone(OSLO).hour == 13
    assert meeting.title == ""


def test_a_meeting_sent_twice_is_one(browser):
    form = typed()
    browser.post("/moter/nytt/", form)
    browser.post("/moter/nytt/", form)
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"form": ""}, "Velg hvordan dere møtes"),
        ({"day": "tull"}, "Skriv dagen som dag, måned og år"),
        ({"day": "0001-01-01"}, "Skriv dagen som dag, måned og år"),
        ({"starts": ""}, "Skriv når møtet begynner"),
        ({"ends": "12:00"}, "Møtet slutter før det begynner"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(browser, wrong, message):
    response = browser.post("/moter/nytt/", typed(place="Samtalerom 3", **wrong))
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert 'value="Samtalerom 3"' in page


def test_a_meeting_is_changed_and_removed(browser, office):
    meeting = plan(office.counsellor, title="Oppfølging")
    browser.post(f"/moter/{meeting.id}/", typed(form="video"))
    meeting.refresh_from_db()
    assert (meeting.form, meeting.title) == ("video", "Oppfølging")
    browser.post(f"/moter/{meeting.id}/fjern/")
    assert not Meeting.objects.exists()


def test_a_meeting_that_follows_a_calendar_is_removed_there(browser, office):
    mine = plan(office.counsellor)
    feed = CalendarFeed.objects.create(owner=office.counsellor, address="https://example.invalid/a.ics")
    assert "Fjern møtet" in browser.get(f"/moter/{mine.id}/").content.decode()
    Meeting.objects.update(feed=feed)
    page = browser.get(f"/moter/{mine.id}/").content.decode()
    assert "Møtet følger kalenderen din" in page
    assert "Fjern møtet" not in page


def test_a_meeting_of_somebody_else_is_not_found(office, client_of):
    meeting = plan(office.counsellor)
    leader = client_of(office.leader)
    assert leader.get(f"/moter/{meeting.id}/").status_code == 404
    assert leader.post(f"/moter/{meeting.id}/fjern/").status_code == 404


def ics(*titles):
    soon = timezone.now() + timedelta(minutes=5)
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:{soon:%Y%m%dT%H%M%SZ}\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
        for n, title in enumerate(titles)
    )
    content = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n"
    return SimpleUploadedFile("kalender.ics", content.encode(), content_type="text/calendar")


def test_titles_are_shown_to_the_owner_and_only_the_ticked_is_stored(browser):
    page = browser.post(
        "/moter/kalender/fil/", {"file": ics("Jobbsamtale", "Hemmelig navn")}
    ).content.decode()
    assert "Hemmelig navn" in page
    assert not Meeting.objects.exists()
    packed = re.search(r'name="entries" value="([^"]+)"', page).group(1)
    uids = re.findall(r'name="take" value="([^"]+)"', page)
    form = {"entries": packed, "take": uids, "title": uids[:1]}
    assert "2 møter er lagt til" in browser.post("/moter/kalender/velg/", form, follow=True).content.decode()
    assert sorted(Meeting.objects.values_list("title", flat=True)) in (
        ["", "Jobbsamtale"],
        ["", "Hemmelig navn"],
    )


def test_the_same_file_twice_is_the_same_meetings(browser):
    for _ in range(2):
        page = browser.post("/moter/kalender/fil/", {"file": ics("Jobbsamtale")}).content.decode()
        packed = re.search(r'name="entries" value="([^"]+)"', page).group(1)
        uids = re.findall(r'name="take" value="([^"]+)"', page)
        browser.post("/moter/kalender/velg/", {"entries": packed, "take": uids})
    assert Meeting.objects.count() == 1


def test_meetings_that_somebody_has_tampered_with_are_refused(browser):
    response = browser.post("/moter/kalender/velg/", {"entries": "tull", "take": ["x"]}, follow=True)
    assert "Velg kalenderfilen en gang til" in response.content.decode()


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (SimpleUploadedFile("a.ics", b"PK spreadsheet"), "ikke en kalenderfil"),
        (SimpleUploadedFile("a.ics", b""), "Filen er tom"),
        (None, "Velg en kalenderfil"),
    ],
)
def test_a_bad_file_says_what_is_wrong(browser, file, message):
    response = browser.post("/moter/kalender/fil/", {"file": file} if file else {})
    assert response.status_code == 422
    assert message in response.content.decode()


def test_a_calendar_is_subscribed_to_and_its_address_never_shown(browser, office):
    address = "https://8.8.8.8/secret-key.ics"
    page = browser.post("/moter/kalender/abonner/", {"address": address}, follow=True).content.decode()
    assert "secret-key" not in page
    feed = CalendarFeed.objects.get()
    assert (feed.owner, feed.address) == (office.counsellor, address)
    browser.post(f"/moter/kalender/{feed.id}/fjern/")
    assert not CalendarFeed.objects.exists()


def test_an_address_into_our_own_network_is_refused_in_words(browser):
    response = browser.post("/moter/kalender/abonner/", {"address": "https://127.0.0.1/a.ics"})
    assert response.status_code == 422
    assert "må begynne med https og lede til en kalender på internett" in response.content.decode()


def test_today_costs_the_same_for_one_and_for_many(browser, office, checked):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            browser.get("/i-dag/")
        return len(captured)

    checked(office.counsellor, draft={"meeting_id": plan(office.counsellor).id})
    one = queries()
    for _ in range(4):
        checked(office.counsellor, draft={"meeting_id": plan(office.counsellor).id})
    assert queries() == one
