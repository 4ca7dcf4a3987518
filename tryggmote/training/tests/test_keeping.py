"""The counts that are kept for those above: the same as counted anew, and said to be from when (4.1)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tryggmote.access.context import acting_as
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.training import queries
from tryggmote.training.jobs import keep_training_counts as the_job
from tryggmote.training.keeping import keep_counts
from tryggmote.training.models import KeptCount
from tryggmote.training.tests.helpers import CLIENT_WORK, done

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def of_county(office: Office, counts_in: Callable[[int], list[queries.Count]]) -> list[queries.Count]:
    with acting_as(office.county_director.id):
        return counts_in(office.county.id)


def test_what_is_kept_is_what_is_counted_and_again_after_somebody_has_learnt(office: Office) -> None:
    the_job()
    before = of_county(office, queries.kept_counts_in)
    assert before == of_county(office, queries.counts_in) != []
    done(office.counsellor, *CLIENT_WORK)
    assert of_county(office, queries.kept_counts_in) == before
    assert keep_counts() > 0
    assert of_county(office, queries.kept_counts_in) == of_county(office, queries.counts_in) != before


def test_keeping_them_again_writes_nothing(office: Office) -> None:
    keep_counts()
    before = list(KeptCount.objects.order_by("id").values())
    assert keep_counts() == 0
    assert list(KeptCount.objects.order_by("id").values()) == before


def test_nobody_left_in_an_element_leaves_no_row(office: Office) -> None:
    keep_counts()
    with connection.cursor() as cursor:
        cursor.execute("update organisation_placement set meets_clients = false")
    keep_counts()
    assert not KeptCount.objects.filter(element__in=CLIENT_WORK).exists()


def test_a_county_reads_what_is_kept_and_says_from_when(office: Office, client_of: ClientOf) -> None:
    keep_counts()
    with CaptureQueriesContext(connection) as asked:
        text = (
            client_of(office.county_director).get(f"/opplaering/enhet/{office.county.id}/").content.decode()
        )
    assert "Regnet ut" in text
    assert not any("evidence_training_counts" in query["sql"] for query in asked)


def test_an_office_is_counted_anew(office: Office, client_of: ClientOf) -> None:
    text = client_of(office.office_leader).get(f"/opplaering/enhet/{office.unit.id}/").content.decode()
    assert "Har den" in text
    assert "Regnet ut" not in text
