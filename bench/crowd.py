"""Five thousand people at work, each with a screen open: the database they are in, and their sessions."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import get_random_string

from bench import databases
from tryggmote.postgres.places import Places

CROWD = "bench_crowd"
SCRIPT = Path(__file__).with_name("crowd.sql")
FIRST_PERSON = 1_000_000
SMALL = 50
LARGE = 5_000
READER = "demo:fjordvik-mottak-leder"


@dataclass
class Office:
    """An office by the sessions of its people: the one who calls, and those who have a screen open."""

    name: str
    caller: str
    screens: list[str]


@dataclass
class Crowd:
    """Everybody who is signed in. `reader`: one of the fictional county, whose pages are full."""

    small: Office
    large: Office
    reader: str


def make(places: Places) -> Crowd:
    """The fictional county with two offices more, made anew; everybody in the two is signed in."""
    databases.remake(places, CROWD)
    databases.run(places, CROWD, "demo")
    until = datetime.now(UTC) + timedelta(hours=2)
    with databases.as_owner(places, CROWD) as connection:
        connection.execute(SCRIPT.read_bytes())
        found = connection.execute("select id from organisation_person where external_id = %s", [READER])
        (reader,) = found.fetchone() or (None,)
        people = [reader, *range(FIRST_PERSON, FIRST_PERSON + SMALL + LARGE + 2)]
        keys = [get_random_string(32) for _ in people]
        into = "copy django_session (session_key, session_data, expire_date) from stdin"
        with connection.cursor().copy(into) as copy:
            for person, key in zip(people, keys, strict=True):
                copy.write_row((key, SessionStore().encode({"person_id": person}), until))
        connection.execute("vacuum analyze")
    reader_key, small, *others = keys
    return Crowd(
        Office("small", small, others[:SMALL]),
        Office("large", others[SMALL], others[SMALL + 1 :]),
        reader_key,
    )
