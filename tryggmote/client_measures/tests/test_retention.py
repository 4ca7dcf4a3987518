"""A case ends by itself and is deleted: nothing about anybody is kept here longer than the rule data says."""

import io
import json
import logging
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.models import HistoryEntry, ReadEntry
from tryggmote.access.reading import log_read
from tryggmote.client_measures.archive import packed
from tryggmote.client_measures.models import ClientMeasure, Handler, LinkedIncident, Step
from tryggmote.client_measures.queries import linked_incidents
from tryggmote.client_measures.retention import forget_closed_cases
from tryggmote.client_measures.tests.helpers import begun_by, in_force, set_back, stepped
from tryggmote.client_measures.vocabulary import StepKind
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def office() -> Office:
    return make_office()


def test_an_archived_case_is_kept_four_weeks_and_one_without_a_copy_twelve(office: Office) -> None:
    case = in_force(office.counsellor, office.office_leader, office.unit)
    assert case.to_on
    assert case.delete_on == case.to_on + timedelta(days=28 + 56)
    stepped(office.counsellor, case, StepKind.ARCHIVED)
    assert case.delete_on == case.to_on + timedelta(days=28)
    stepped(office.counsellor, case, StepKind.COMPLAINED)  # the archive's copy knows nothing of the complaint
    assert case.archived_at is None


def test_the_job_removes_what_is_due_with_all_that_was_read_and_told_of_it(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    incident = reported_by(office.counsellor)
    case = in_force(office.counsellor, office.office_leader, office.unit)
    LinkedIncident.objects.create(measure=case, incident=incident)
    Handler.objects.create(measure=case, person=office.colleague, by=office.counsellor)
    with acting_as(office.counsellor.id) as by:
        log_read(by, "client_measure", case.id)
        log_read(by, "client_measure_letter", case.id)
    still_here = begun_by(office.counsellor, office.unit)
    set_back(case, days=28 + 28 + 56)
    with caplog.at_level(logging.INFO):
        assert forget_closed_cases() == 1
    assert [row.id for row in ClientMeasure.objects.all()] == [still_here.id]
    for model in (Step, Handler, LinkedIncident):
        assert not model.objects.exists()
    assert not ReadEntry.objects.filter(object_id=case.id).exists()
    assert not Notice.objects.filter(subject_id=case.id).exists()
    assert Incident.objects.filter(id=incident.id).exists()
    assert "Removed 1 cases" in caplog.text
    assert "no archive has a copy" in caplog.text
    gone = HistoryEntry.objects.get(table_name="client_measures_clientmeasure", act="delete")
    assert (gone.row_id, gone.person_id, gone.changed) == (str(case.id), None, None)


def test_the_job_leaves_what_is_not_due(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    in_force(office.counsellor, office.office_leader, office.unit)
    with caplog.at_level(logging.INFO):
        assert forget_closed_cases() == 0
    assert ClientMeasure.objects.count() == 1


def test_the_copy_for_the_archive_holds_everything_with_the_fields_an_archive_asks_for(
    office: Office,
) -> None:
    case = in_force(office.counsellor, office.office_leader, office.unit, facts="Kastet <stol> & ropte.")
    with acting_as(office.counsellor.id):
        found = ClientMeasure.objects.get(id=case.id)
        steps = list(found.steps.select_related("by").order_by("at", "id"))
        content = packed(found, steps, linked_incidents(found))
        assert content == packed(found, steps, linked_incidents(found))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(files) == {
        "metadata.json", "sak.json", "sak.html", "brev/01-varsel.txt", "brev/02-vedtak.txt"
    }  # fmt: skip
    told = json.loads(files["metadata.json"])
    assert told["tittel"] == "Vedtak om tiltak overfor bruker: Fysisk utestenging"
    assert told["dokumentdato"] == TODAY().isoformat()
    assert told["tilgangskode"] == "UO"
    assert told["skjermingshjemmel"].startswith("offentleglova § 13")
    assert told["saksreferanse"] == "SAK-2026-118"
    assert len(told["dokumenter"]) == 4
    assert "Kastet &lt;stol&gt; &amp; ropte." in files["sak.html"]
    assert json.loads(files["sak.json"])["facts"] == "Kastet <stol> & ropte."
    assert "Kastet <stol> & ropte." in files["brev/02-vedtak.txt"]
