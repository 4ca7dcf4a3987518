"""Every page there is, with a county's data behind it: on each version of PostgreSQL, without a browser."""

import pytest
from django.test import Client

from tests.pages import BY_PERSON
from tryggmote.organisation.models import Person

pytestmark = pytest.mark.django_db
COMPONENTS = "/ui/"  # shown where the program itself is started as a demo


@pytest.mark.parametrize("person", sorted({person for person, _ in BY_PERSON}))
def test_every_page_answers(county: None, person: str) -> None:
    client = Client()
    session = client.session
    session["person_id"] = Person.objects.get(name=person).id
    session.save()
    client.cookies["tryggmote_session"] = session.session_key or ""
    answers = {
        path: client.get(path).status_code for who, path in BY_PERSON if who == person and path != COMPONENTS
    }
    assert {path: status for path, status in answers.items() if status != 200} == {}
