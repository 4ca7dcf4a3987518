"""Now with all that capabilities ask: one question for what is owed, one for guides, one each for what is on.

What a role comes for besides (`duties/panels.py`) is counted in `test_a_first_page_for_each_role.py`.
"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tryggmote.duties import panels
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import make_office

pytestmark = pytest.mark.django_db


# What knowing who asks costs, and the test's own settings, are the same on every page.
ON_EVERY_PAGE = ("django_session", "app.login", "set_config", "current_setting")
MOST = 9


@pytest.mark.parametrize("who", ["counsellor", "office_leader", "county_director"])
def test_now_asks_no_more_of_the_database_than_it_did(
    client_of: Callable[[Person], Client], monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    monkeypatch.setattr(panels, "_kinds", {})
    client = client_of(getattr(make_office(), who))
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/").status_code == 200
    asked = [query["sql"] for query in captured if query["sql"].lower().startswith("select")]
    of_its_own = [sql for sql in asked if not any(name in sql for name in ON_EVERY_PAGE)]
    assert len(of_its_own) <= MOST, "\n".join(of_its_own)
