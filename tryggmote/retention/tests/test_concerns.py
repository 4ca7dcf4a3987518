"""A concern goes two years after the last thing done about it; what came of it stays."""

from datetime import datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.models import ReadEntry
from tryggmote.concerns.models import Answer, Concern, Recipient, Verdict
from tryggmote.concerns.services import note_read
from tryggmote.concerns.tests.helpers import answered_by, fresh, judged_by, written_by
from tryggmote.concerns.vocabulary import Outcome
from tryggmote.incidents.kept import kept_times
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.retention.forgetting import forget_what_has_served
from tryggmote.retention.models import Deletion
from tryggmote.risk.models import Hazard

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def long_ago(days: int = 0) -> datetime:
    """So long ago that what was over then is deleted in `days` days."""
    return timezone.now() - relativedelta(months=kept_times().of("concern").months) + timedelta(days=days)


def gone() -> int:
    return forget_what_has_served()["concerns"]


def test_it_goes_with_its_answers_and_readers_and_the_hazard_stays(office: Office) -> None:
    concern = written_by(office.counsellor)
    with acting_as(office.leader.id) as by:
        note_read(by=by, concern=fresh(concern), answers=[])
    answered_by(office.leader, concern, Outcome.HAZARD, hazard="Bakdøra er mørk.")
    judged_by(office.counsellor, concern, settles=True)
    assert gone() == 0
    for model in (Concern, Answer, Verdict, Recipient):
        model.objects.update(at=long_ago(-1))
    assert gone() == 1
    assert not any(model.objects.exists() for model in (Concern, Answer, Verdict, Recipient))
    assert not ReadEntry.objects.filter(kind="concern").exists()
    assert Hazard.objects.filter(what="Bakdøra er mørk.").exists()
    assert Deletion.objects.get().object_id == concern.id
    assert gone() == 0


def test_what_was_done_last_counts(office: Office) -> None:
    concern = written_by(office.counsellor)
    Concern.objects.update(at=long_ago(-100))
    answered_by(office.leader, concern)
    assert gone() == 0
    Answer.objects.update(at=long_ago(1))
    assert gone() == 0
    Answer.objects.update(at=long_ago(-1))
    assert gone() == 1


def test_nobody_but_the_job_has_it_deleted(office: Office) -> None:
    written_by(office.counsellor)
    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        acting_as(office.counsellor.id),
        connection.cursor() as cursor,
    ):
        cursor.execute("select app.forget_concerns('{}')")
