"""Whoever makes a table that belongs to a unit says whether its rows go with the unit (ADR 0032)."""

import pytest
from django.apps import apps
from django.db import connection

from tryggmote.organisation.models import Unit

# Kept where they were, and why.
STAYS = {
    "organisation_workforce": "the key of what happened there (ADR 0003)",
    "organisation_workforcereach": "worked out from where units lie",
    "organisation_safetyarea": "comes from the employers' file",
    "organisation_roleassignment": "comes from the employers' file",
    "information_item": "the feed told those who worked there then; what stands follows its residual risk",
    "equipment_importdraft": "gone after a day",
    "handbook_opening": "a book below counts for the one above",
    "learning_pattern": "what a job saw there on a day",
    "assistance_call": "what happened there",
    "assistance_unitchannel": "the receiving unit has a channel of its own",
    "followup_reminder": "who was told on a day",
    "training_plan": "the receiving unit has a plan of its own for the year",
    "training_trainingfile": "gone after a day",
    "notices_digest": "what its channel was told on a morning",
    "lessons_gathering": "what happened there",
    "duties_entry": "follows what is owed there",
    "training_keptcount": "counted anew from those who work there",
    "compliance_standing": "how it stood there; the receiving unit stands as its own evidence says",
    "dossier_dossier": "what was shown of it, on a day",
    "statistics_count": "what happened there, counted",
    "statistics_surveybox": "what was answered there; counts in the one it went into",
    "statistics_surveyresult": "what was answered there",
}
# Moved by functions of their own.
BY_THEMSELVES = {"premises_building", "residual_filling"}

pytestmark = pytest.mark.django_db


def goes() -> set[str]:
    """The tables that are said to go with a unit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select replace(tgname, 'hand_over_', '') from pg_trigger t join pg_proc p on p.oid = t.tgfoid "
            "where t.tgrelid = 'organisation_handover'::regclass and p.proname = 'hand_over'"
        )
        return {name for (name,) in cursor.fetchall()}


def test_every_table_with_a_unit_goes_or_says_why_not() -> None:
    of_units = {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.name == "unit" and field.related_model is Unit for field in model._meta.fields)
    }
    assert of_units == goes() | BY_THEMSELVES | STAYS.keys()
    assert not (goes() | BY_THEMSELVES) & STAYS.keys()
