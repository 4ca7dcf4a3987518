"""What the offices have answered about reporting, and that whoever tries the demo can answer (ADR 0061)."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.demo.tests.conftest import ANCHOR
from tryggmote.organisation.models import Person
from tryggmote.statistics import survey_queries
from tryggmote.statistics.models import SurveyBox, SurveyMark

pytestmark = pytest.mark.django_db


def test_the_county_has_answers_to_compare_and_a_round_to_answer(
    county: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey_queries, "oslo_today", lambda: ANCHOR)
    director = Person.objects.get(external_id="demo:fylkesdirektor")
    with acting_as(director.id):
        last = survey_queries.last_closed()
        assert last is not None
        rows = survey_queries.with_before(list(survey_queries.results_of(last)), last)
    assert len(rows) > 3
    assert any(row.before for row in rows)
    assert any(row.reported for row in rows)
    with acting_as(Person.objects.get(name="Asgeir Kløvervoll").id) as counsellor:
        assert survey_queries.waits_for(counsellor) is not None
    assert not SurveyBox.objects.exists()
    assert not SurveyMark.objects.exists()
