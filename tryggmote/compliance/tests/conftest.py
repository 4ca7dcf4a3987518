"""Two rules to tell stories with; their views answer for the units in sight, as every rule's view must."""

import pytest
from django.db import connection

from tryggmote.compliance import registry
from tryggmote.compliance.everything import everything_sql

VIEWS = """
create view evidence_test_1 as
select u.id as unit_id, 'partly'::text as state, 'few'::text as reason,
  jsonb_build_object('readers', 3, 'audience', 4) as figures, null::date as runs_out_on
from organisation_unit u where u.id = any ((select app.units_measured())::integer[]);
create view evidence_test_2 as
select u.id as unit_id, 'met'::text as state, 'all'::text as reason, null::jsonb as figures,
  date '2027-03-12' as runs_out_on
from organisation_unit u
where u.id = any ((select app.units_measured())::integer[]) and u.kind = 'office';
grant select on evidence_test_1, evidence_test_2 to tryggmote_app, tryggmote_wide, tryggmote_all;
"""


def says(reason: str, figures: registry.Figures) -> str:
    return {
        "few": f"{figures.get('readers')} av {figures.get('audience')} har lest.",
        "all": "Alt er på plass.",
    }[reason]


def next_act(reason: str, figures: registry.Figures, unit_id: int) -> registry.NextAct | None:
    if reason == "all":
        return None
    return registry.NextAct("Minn på", f"/informasjon/?enhet={unit_id}", "Lederen for enheten")


@pytest.fixture
def two_rules(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requirement 1.1 is partly met everywhere; 2.1 is met, and asked of offices only. No other rules."""
    with connection.cursor() as cursor:
        cursor.execute(VIEWS)
    monkeypatch.setattr(registry, "_rules", {})
    registry.register(registry.EvidenceRule("evidence_1_1", "1", "evidence_test_1", says, next_act))
    registry.register(registry.EvidenceRule("evidence_2_1", "3", "evidence_test_2", says, next_act))
    with connection.cursor() as cursor:
        cursor.execute(everything_sql())
