"""The status of a unit says what of it one owes oneself, from the same views as "Now"."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tryggmote.equipment.models import Item
from tryggmote.equipment.tests.factories import item_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import make_office

pytestmark = pytest.mark.django_db
STATUS = "/status/"


def test_what_one_owes_stands_under_its_requirement(client_of: Callable[[Person], Client]) -> None:
    office = make_office()
    item = item_by(office.office_leader, office.unit)
    Item.objects.filter(id=item.id).update(in_use_from=timezone.localdate() - timedelta(days=1))
    response = client_of(office.office_leader).get(STATUS)
    mine = {share.status.requirement.number: share.duties for share in response.context["mine"]}
    assert [duty.kind for duty in mine["3.5"]] == ["equipment_due"]
    text = response.content.decode()
    assert "Hva av dette er ditt" in text
    assert f'href="{mine["3.5"][0].url}"' in text
    assert "3.5" not in {
        share.status.requirement.number for share in client_of(office.counsellor).get(STATUS).context["mine"]
    }
