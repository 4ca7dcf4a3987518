"""What the office of Fjordvik has in place, lacks, and has described as residual risk (3.0, 3.2-3.4)."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.organisation.models import Person, Unit
from tryggmote.residual.cells import State, cells_of
from tryggmote.residual.models import Record
from tryggmote.residual.queries import known_of, version_in_force

pytestmark = pytest.mark.django_db
LEADER = "demo:fjordvik-nav-leder-stat"


def test_most_is_in_place_a_little_is_missing_and_one_thing_cannot_be_done(county: None) -> None:
    leader = Person.objects.get(external_id=LEADER)
    with acting_as(leader.id):
        cells = cells_of(Unit.objects.get(code="fjordvik").id)
    states = {state: {at for at, cell in cells.items() if cell.state is state} for state in State}
    assert states[State.RESIDUAL] == {("protective", "home_visit")}
    assert states[State.EMPTY] == {
        ("protective", "outdoors"), ("evacuation", "driving"), ("calling_help", "written"),
    }  # fmt: skip
    assert len(states[State.FILLED]) == 26


def test_half_of_those_it_concerns_have_confirmed(county: None) -> None:
    leader = Person.objects.get(external_id=LEADER)
    record = Record.objects.get(withdrawn_at=None)
    with acting_as(leader.id):
        version = version_in_force(record)
        assert version is not None
        known = known_of(version, leader.id)
    assert known is not None
    assert 0 < known.confirmed < known.concerned
    assert abs(known.concerned - 2 * known.confirmed) <= 3
