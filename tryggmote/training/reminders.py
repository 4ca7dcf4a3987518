"""Reminding people of training that runs out in 60, 30 and 7 days (4.1, § 23A-2)."""

from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import translation

from tryggmote.access.context import acting_as_job
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Person
from tryggmote.training import told
from tryggmote.training.names import names_of
from tryggmote.training.rules import REMINDED_AT
from tryggmote.ui.dates import oslo_today


def remind() -> int:
    """Remind everybody of what runs out soon, all in one transaction. Says how many reminders.

    Running it twice, or twice at once, reminds nobody twice; what a stop cut off is done by the next run.
    """
    with acting_as_job():
        near = _take()
        languages = dict(Person.objects.filter(id__in={row[0] for row in near}).values_list("id", "language"))
        for person_id, element, own_title, until, completion in near:
            with translation.override(languages[person_id]):
                name = own_title or names_of([element])[element]
            tell(
                person_ids=[person_id],
                kind=told.RUNS_OUT,
                subject_id=completion,
                url=told.own_url(),
                context={"name": name, "days": (until - oslo_today()).days},
            )
    return len(near)


def _take() -> list[tuple[int, str, str, date, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute("select * from app.take_training_reminders(%s)", [list(REMINDED_AT)])
        return cursor.fetchall()
