"""Equipment is found from every page, by what people know of it (3.5)."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.equipment import services
from tryggmote.equipment.tests.factories import button_in, item_by
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises.tests.factories import a_good_room
from tryggmote.search.tests.helpers import found_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def test_an_item_is_found_by_name_number_room_and_the_code_on_its_label(office: Office) -> None:
    room = a_good_room(office.office_leader, office.unit, "Samtalerom Fjell")
    item = button_in(office.office_leader, room, "Pulten", serial="SN-4711")
    for query in ("pult", "sn-47", "fjell", item.code, item.code_in_two.lower()):
        assert found_by(office.counsellor, query, "equipment") == ["Pulten"], query


def test_what_was_taken_out_and_what_is_others_is_not_found(office: Office) -> None:
    item = item_by(office.office_leader, office.unit, name="Skrankealarm")
    assert not found_by(make_office("Nav Storvik").counsellor, "skranke", "equipment")
    with acting_as(office.office_leader.id) as by:
        services.take_out(by=by, item=item)
    assert not found_by(office.counsellor, "skranke", "equipment")
