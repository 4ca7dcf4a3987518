"""Premises gone through in the fictional county (3.1)."""

from datetime import timedelta

import pytest
from django.db import connection

from tryggmote.access.context import acting_as
from tryggmote.controls.models import Measure
from tryggmote.demo.county import FJORDVIK, GRANLIA, SKJAERGARD
from tryggmote.demo.history.clock import at
from tryggmote.demo.tests.conftest import ANCHOR
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.organisation.models import Person
from tryggmote.reviews.duties import KINDS
from tryggmote.reviews.models import Change, Finding, Review, Signature
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
MORNING = at(ANCHOR, 0)


def test_both_signed_and_what_was_found_became_a_measure_that_works(county: None) -> None:
    assert set(Review.objects.values_list("building__unit__code", flat=True)) == {FJORDVIK, SKJAERGARD}
    assert not Review.objects.filter(signed_at=None).exists()
    assert not Signature.objects.filter(at__gt=MORNING).exists()
    measure = Measure.objects.get(origin_kind="review")
    assert measure.origin_id == Finding.objects.get().id
    assert measure.effect == "reduced"


def test_the_reception_awaits_its_review_and_its_leader_is_asked(county: None) -> None:
    change = Change.objects.get()
    assert change.in_use_on > ANCHOR
    person = Person.objects.get(external_id="demo:fjordvik-nav-leder-stat")
    assert change.get_absolute_url() in [duty.url for duty in owed_by(person, *KINDS)]


def test_granlia_has_registered_nothing_and_skjaergard_is_well(county: None) -> None:
    Change.objects.update(in_use_on=oslo_today() + timedelta(days=1))  # as seen on the county's own day
    with acting_as(Person.objects.get(external_id="demo:fylkesdirektor").id), connection.cursor() as cursor:
        cursor.execute(
            "select u.code, e.state from evidence_3_1 e join organisation_unit u on u.id = e.unit_id "
            "where u.code = any (%s)",
            [[FJORDVIK, SKJAERGARD, GRANLIA]],
        )
        states = dict(cursor.fetchall())
    assert states == {FJORDVIK: "met", SKJAERGARD: "met", GRANLIA: "missing"}
