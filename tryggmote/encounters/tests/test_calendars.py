"""Reading a calendar: only when, where and in which form (requirement 2.2)."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggmote.encounters import calendars
from tryggmote.encounters.calendars import LARGEST_FILE, MOST_MEETINGS, BadCalendar, form_of, read_calendar
from tryggmote.organisation.workdays import OSLO

TODAY = date(2026, 11, 23)


def ics(*events):
    body = "\n".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{body}\nEND:VCALENDAR\n".replace(
        "\n", "\r\n"
    ).encode()


def event(uid="a", start="DTSTART:20261123T120000Z", **more):
    return "\n".join([f"UID:{uid}", start, *(f"{name}:{value}" for name, value in more.items())])


def test_a_meeting_is_when_where_and_in_which_form():
    content = ics(event(DTEND="20261123T130000Z", LOCATION="Samtalerom 3", SUMMARY="Ola Nordmann"))
    (entry,) = read_calendar(content, today=TODAY)
    assert entry.starts_at == datetime(2026, 11, 23, 13, tzinfo=OSLO)
    assert entry.ends_at == datetime(2026, 11, 23, 14, tzinfo=OSLO)
    assert (entry.form, entry.place) == ("planned", "Samtalerom 3")


def test_what_recognises_an_event_reveals_nothing_of_it():
    (entry,) = read_calendar(ics(event(uid="ola.nordmann@example.invalid")), today=TODAY)
    assert "ola" not in entry.uid
    assert len(entry.uid) == 64


def test_a_weekly_meeting_is_unfolded_for_today_and_two_weeks():
    content = ics(event(start="DTSTART:20261102T120000Z", RRULE="FREQ=WEEKLY"))
    entries = read_calendar(content, today=TODAY)
    assert [entry.starts_at.date().isoformat() for entry in entries] == [
        "2026-11-23",
        "2026-11-30",
        "2026-12-07",
    ]
    assert len({entry.uid for entry in entries}) == 3


def test_a_moved_meeting_is_still_the_same_meeting():
    (before,) = read_calendar(ics(event()), today=TODAY)
    (after,) = read_calendar(ics(event(start="DTSTART:20261124T090000Z")), today=TODAY)
    assert before.uid == after.uid


def test_times_without_a_zone_are_the_clock_on_the_wall():
    (entry,) = read_calendar(ics(event(start="DTSTART:20261123T120000")), today=TODAY)
    assert entry.starts_at == datetime(2026, 11, 23, 12, tzinfo=OSLO)


@pytest.mark.parametrize(
    "left_out",
    [
        event(start="DTSTART;VALUE=DATE:20261123"),
        event(STATUS="CANCELLED"),
        event(TRANSP="TRANSPARENT"),
        event(start="DTSTART:20260101T120000Z"),
        event(start="DTSTART:20270101T120000Z"),
        event(start="DTSTART:tull"),
    ],
)
def test_what_is_no_meeting_in_these_weeks_is_left_out(left_out):
    assert read_calendar(ics(left_out), today=TODAY) == []


def test_an_event_that_stands_twice_is_one_meeting():
    assert len(read_calendar(ics(event(), event()), today=TODAY)) == 1


def test_the_link_of_a_video_meeting_is_not_kept():
    (entry,) = read_calendar(ics(event(LOCATION="https://example.invalid/secret")), today=TODAY)
    assert (entry.form, entry.place) == ("video", "")


@pytest.mark.parametrize(
    ("place", "title", "form"),
    [
        ("Samtalerom 3", "", "planned"),
        ("Microsoft Teams-møte", "", "video"),
        ("", "Ringer om vedtak", "telephone"),
        ("", "Hjemmebesøk", "home_visit"),
        ("Samtalerom 3", "Video om jobb", "video"),
        ("Mottak", "Telefon", "reception"),
    ],
)
def test_the_form_is_suggested_from_place_then_title(place, title, form):
    assert form_of(place=place, title=title) == form


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Filen er tom"),
        (b"  \r\n", "Filen er tom"),
        (b"PK\x03\x04 a spreadsheet", "ikke en kalenderfil"),
        (b"BEGIN:VCALENDAR\r\ntull\r\n", "ødelagt"),
        (b"x" * (LARGEST_FILE + 1), "for stor"),
        (ics(event(RRULE="FREQ=SECONDLY")), "for mange møter"),
        (ics(event(RRULE="FREQ=DAILY;BYSECOND=1,2,3")), "for mange møter"),
        (ics(event(RRULE="FREQ=DAILY;INTERVAL=0")), "for mange møter"),
        (ics(event(RRULE="FREQ=DAILY\nRRULE:FREQ=WEEKLY")), "for mange møter"),
    ],
)
def test_a_bad_file_says_what_is_wrong(content, message):
    with pytest.raises(BadCalendar) as bad:
        read_calendar(content, today=TODAY)
    assert message in str(bad.value.message)


def test_a_calendar_without_meetings_is_no_error():
    assert read_calendar(ics(), today=TODAY) == []


def test_a_very_busy_calendar_is_cut():
    events = [event(uid=str(number)) for number in range(MOST_MEETINGS + 50)]
    assert len(read_calendar(ics(*events), today=TODAY)) == MOST_MEETINGS


def test_a_file_made_to_take_hours_is_given_up(monkeypatch):
    monkeypatch.setattr(calendars, "LONGEST_UNFOLDING_S", 0.1)
    never = "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"  # searched for until the year 9999
    with pytest.raises(BadCalendar, match="for mange møter"):
        read_calendar(ics(*(event(uid=str(number), RRULE=never) for number in range(5))), today=TODAY)


def test_a_rule_with_a_billion_meetings_gives_those_of_these_weeks():
    entries = read_calendar(ics(event(RRULE="FREQ=DAILY;COUNT=1000000000")), today=TODAY)
    assert len(entries) == 15


def test_a_weekly_meeting_keeps_its_hour_when_the_clocks_change():
    start = "DTSTART;TZID=Europe/Oslo:20261019T090000"
    entries = read_calendar(ics(event(start=start, RRULE="FREQ=WEEKLY")), today=date(2026, 10, 19))
    assert [entry.starts_at.astimezone(OSLO).hour for entry in entries] == [9, 9, 9]


def read_or_refused(content):
    """What a page shows: the meetings, or a sentence."""
    try:
        return read_calendar(content, today=TODAY)
    except BadCalendar as refused:
        return str(refused.message)


@given(st.binary(max_size=300))
def test_whatever_is_uploaded_is_read_or_refused_in_words(noise):
    read_or_refused(b"BEGIN:VCALENDAR\r\n" + noise + b"\r\nEND:VCALENDAR")


NAMES = ("UID", "DTSTART", "DTEND", "RRULE", "RDATE", "EXDATE", "DURATION", "RECURRENCE-ID", "STATUS")
VALUES = (
    *("", "x", "20261123", "20261123T120000Z", "99999999T999999Z", "20261123T120000,20261124T120000"),
    *("PT0S", "-P1D", "FREQ=DAILY", "FREQ=WEEKLY;COUNT=-1", "FREQ=YEARLY;UNTIL=20000101"),
)


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES)), max_size=8))
@settings(deadline=None)
def test_a_broken_event_never_breaks_the_page(lines):
    read_or_refused(ics("\n".join(f"{name}:{value}" for name, value in lines)))
