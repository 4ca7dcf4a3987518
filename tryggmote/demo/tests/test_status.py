"""How the offices of the county stand: what is kept is what all rules answer, with a year behind it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.compliance import across, history
from tryggmote.compliance.columns import by_rule
from tryggmote.compliance.everything import rules_in_use
from tryggmote.compliance.keeping import bring_up_to_date
from tryggmote.compliance.models import Standing
from tryggmote.compliance.queries import measured_units
from tryggmote.organisation.models import Person, RoleAssignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(county: None) -> Person:
    return RoleAssignment.objects.filter(role="county_director").select_related("person")[0].person


def test_what_is_kept_is_what_every_rule_answers_for_every_unit(director: Person) -> None:
    live = " union all ".join(
        f"select unit_id::bigint, '{rule.name}', state, reason, figures::text from {rule.view}"
        for rule in rules_in_use()
    )
    with acting_as(director.id), connection.cursor() as cursor:
        cursor.execute(live)
        answered = set(cursor.fetchall())
        cursor.execute(
            "select unit_id, rule, state, reason, figures::text from compliance_standing "
            "where until_at is null"
        )
        assert set(cursor.fetchall()) == answered
        assert len({unit for unit, *_rest in answered}) > 10


def test_working_it_out_again_changes_nothing(county: None) -> None:
    before = list(Standing.objects.order_by("id").values())
    bring_up_to_date(timezone.now() + timedelta(minutes=1))
    assert list(Standing.objects.order_by("id").values()) == before


def test_the_pages_across_units_have_something_to_show(director: Person) -> None:
    rules = list(by_rule())
    with acting_as(director.id):
        units = [unit.id for unit in measured_units()]
        points = history.trend(units, rules)
        shares = [point.cell.share or 0 for point in points]
        assert len(points) >= 11
        assert shares[0] < shares[-1]
        assert history.changes(units, rules).count() > 50
        assert across.running_out(units, rules, 90).exists()
        assert across.where_nothing_moves(units, rules).exists()
