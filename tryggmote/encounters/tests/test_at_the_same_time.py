"""A form sent twice at the same moment, as phones with bad coverage do (requirement 2.2)."""

import threading

import pytest
from django.db import connection

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.encounters import reporting, services
from tryggmote.encounters.models import Check, RiskReport
from tryggmote.encounters.services import CheckDraft
from tryggmote.encounters.tests.conftest import calm_answers
from tryggmote.notices.models import Notice
from tryggmote.organisation.tests.factories import make_office


def at_the_same_time(act, *, times=4):
    """Run the act in several transactions that start together."""
    start = threading.Barrier(times)
    failures = []

    def run():
        try:
            start.wait()
            act()
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is what the test is about
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.mark.django_db(transaction=True)
def test_a_high_check_and_a_stop_are_one_each_and_tell_once():
    office = make_office()
    check_id, report_id = new_id(), new_id()

    def check():
        with acting_as(office.counsellor.id) as by:
            draft = CheckDraft(id=check_id, form="planned", answers=calm_answers(signs="strong"))
            services.make_check(by=by, draft=draft)

    def stop():
        with acting_as(office.counsellor.id) as by:
            reporting.stop_meeting(by=by, report_id=report_id)

    at_the_same_time(check)
    assert (Check.objects.count(), Notice.objects.count()) == (1, 1)
    at_the_same_time(stop)
    assert (RiskReport.objects.count(), Notice.objects.count()) == (1, 3)
