"""The file of a certificate goes when it proves nothing more; that it was approved stays (4.1, ADR 0045)."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.db import ProgrammingError, connection, transaction

from tryggmote.access.context import acting_as
from tryggmote.incidents.kept import kept_times
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.retention.forgetting import forget_what_has_served
from tryggmote.retention.models import Deletion
from tryggmote.training import elements
from tryggmote.training.models import Certificate, CertificateDecision, CertificateFile, Completion
from tryggmote.training.tests.certificate_helpers import approved_by, refused_by, sent_by
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
KEPT = relativedelta(months=kept_times().of("certificate").months)
RUNS_OUT = next(each for each in elements.current().elements if each.months)
FOR_EVER = next(each for each in elements.current().elements if not each.months)


@pytest.fixture
def office() -> Office:
    return make_office()


def served_on(day: date) -> date:
    """So long ago that what was over that day is deleted on it."""
    return day - KEPT


def gone() -> int:
    return forget_what_has_served()["files of certificates"]


@pytest.mark.parametrize(("days", "is_gone"), [(1, 0), (-1, 1)])
def test_an_approved_one_is_kept_while_it_counts_and_a_year_more(
    office: Office, days: int, is_gone: int
) -> None:
    assert RUNS_OUT.months
    over = served_on(oslo_today() + timedelta(days=days))
    day = over - relativedelta(months=RUNS_OUT.months)
    certificate = approved_by(office.leader, sent_by(office.counsellor, element=RUNS_OUT.code, done_on=day))
    assert gone() == is_gone
    assert CertificateFile.objects.filter(certificate=certificate).exists() is not bool(is_gone)
    assert Completion.objects.filter(subject_id=certificate.id).exists()
    assert Certificate.objects.filter(id=certificate.id).exists()
    assert Deletion.objects.filter(kind="certificate", object_id=certificate.id).count() == is_gone
    assert gone() == 0


def test_a_refused_one_is_kept_a_year_after_it_was_refused(office: Office) -> None:
    refused_by(office.leader, sent_by(office.counsellor))
    assert gone() == 0
    CertificateDecision.objects.update(at=f"{served_on(oslo_today()) - timedelta(days=1)}T12:00Z")
    assert gone() == 1


def test_what_does_not_run_out_is_kept_while_the_person_works_here(office: Office) -> None:
    approved_by(office.leader, sent_by(office.counsellor, element=FOR_EVER.code, done_on=date(2001, 1, 1)))
    sent_by(office.counsellor, done_on=date(2001, 1, 1))
    assert gone() == 0
    office.counsellor.ended_on = served_on(oslo_today())
    office.counsellor.save()
    assert gone() == 2


def test_people_cannot_have_files_forgotten(office: Office) -> None:
    with (
        acting_as(office.leader.id),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError),
        transaction.atomic(),
    ):
        cursor.execute("select app.forget_certificate_files('{}')")
