"""The thresholds: ours by default, an organisation's own if it says so, and never half of a file."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tryggmote.access import policies
from tryggmote.access.context import acting_as
from tryggmote.compliance import thresholds as module
from tryggmote.compliance.thresholds import OURS, read_thresholds, thresholds, thresholds_sql
from tryggmote.organisation.tests.factories import make_office

GOOD = OURS.read_text(encoding="utf-8")


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    file = tmp_path / "egne.yaml"
    file.write_text(GOOD.replace("2026-1", "2026-stor").replace("0.9", "0.95"), encoding="utf-8")
    return file


def test_ours_are_sound() -> None:
    assert read_thresholds(OURS).version == OURS.stem


def test_an_organisation_can_bring_its_own(own_file: Path) -> None:
    own = read_thresholds(own_file)
    assert (own.version, own.read_share) == ("2026-stor", 0.95)


@pytest.mark.parametrize(
    ("before", "now", "named"),
    [
        ("read_share: 0.9", "read_share: 90", "read_share"),
        ("read_share: 0.9\n", "", "read_share"),
        ("read_workdays: 5", "read_workdays: five", "read_workdays"),
        ("effect_months: 6", "effect_months: 6\nefect_months: 6", "efect_months"),
        ("effect_months: 6", "effect_months: 6\neffect_months: 7", "effect_months"),
        ('version: "2026-1"', 'version: "a b"', "version"),
        ("version", "[", "line"),
    ],
)
def test_a_faulty_file_is_refused_with_the_name_of_what_is_wrong(
    tmp_path: Path, before: str, now: str, named: str
) -> None:
    file = tmp_path / "egne.yaml"
    file.write_text(GOOD.replace(before, now), encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match=named) as refused:
        read_thresholds(file)
    assert "egne.yaml" in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        read_thresholds(tmp_path / "borte.yaml")


def answer(sql: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        (found,) = cursor.fetchone()
    return float(found)


@pytest.mark.django_db
def test_the_database_knows_them_and_refuses_a_name_it_does_not_know() -> None:
    with acting_as(make_office().counsellor.id):
        assert answer("select app.threshold('read_share')") == pytest.approx(thresholds().read_share)
        with pytest.raises(DatabaseError), transaction.atomic():
            answer("select app.threshold('nonsense')")


@pytest.mark.django_db
def test_other_thresholds_are_in_force_only_when_they_have_been_applied(
    own_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert policies.policies_are_in_force()
    monkeypatch.setattr(module, "thresholds", lambda: read_thresholds(own_file))
    assert "0.95" in thresholds_sql()
    assert not policies.policies_are_in_force()
    policies.apply_policies()
    assert policies.policies_are_in_force()
    assert answer("select app.threshold('read_share')") == pytest.approx(0.95)
