"""An office on its first day: every page opens, says what will stand there, and has one thing to do first."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.pages import EVERYBODY
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import make_office

pytestmark = pytest.mark.django_db
ONLY_LOOKED_AT_WHILE_DEVELOPING = "/ui/"
PAGES = [path for path in EVERYBODY if path != ONLY_LOOKED_AT_WHILE_DEVELOPING]
MAIN_BUTTON = re.compile(r'<(?:a|button) class="aksel-button[^>]*data-variant="primary"')
BARE = re.compile(r"<(?:ul|ol|tbody)[^>]*>\s*</(?:ul|ol|tbody)>")


def wrong_with(client: Client, path: str) -> list[str]:
    response = client.get(path, follow=True)
    if response.status_code == 403:
        return []
    page = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return [
        f"{path}: {what}"
        for what, is_so in (
            (f"answers {response.status_code}", response.status_code != 200),
            ("more than one main button", len(MAIN_BUTTON.findall(page)) > 1),
            ("a list of nothing", bool(BARE.search(page))),
        )
        if is_so
    ]


@pytest.mark.parametrize("who", ["counsellor", "office_leader", "safety_representative", "county_director"])
def test_every_page_is_fit_to_be_seen_before_anything_has_happened(
    client_of: Callable[[Person], Client], who: str
) -> None:
    client = client_of(getattr(make_office(), who))
    assert [wrong for path in PAGES for wrong in wrong_with(client, path)] == []


def test_who_leads_is_shown_where_to_begin(client_of: Callable[[Person], Client]) -> None:
    client = client_of(make_office().office_leader)
    for path, first in (
        ("/vernerunde/", "/lokaler/nytt/"),
        ("/utstyr/plan/", "/utstyr/nytt/"),
        ("/utstyr/runde/", "/utstyr/nytt/"),
    ):
        assert f'href="{first}"' in client.get(path).content.decode()
