"""A form sent twice at the same moment, as phones with bad coverage do; watchers beside each other."""

import threading
from datetime import timedelta
from itertools import cycle

import pytest
from django.db import connection

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.encounters import reporting, services
from tryggmote.encounters.models import Check, Outing, RiskReport
from tryggmote.encounters.outing_escalation import tell_overdue
from tryggmote.encounters.services import CheckDraft
from tryggmote.encounters.tests.conftest import calm_answers
from tryggmote.encounters.tests.outing_stories import gone_out, well
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


@pytest.mark.django_db(transaction=True)
def test_watchers_who_look_at_the_same_moment_tell_each_step_once():
    office = make_office()
    outing = gone_out(office)
    at_the_same_time(lambda: tell_overdue(now=outing.expected_at + timedelta(minutes=20)))
    tell_overdue(now=outing.expected_at + timedelta(minutes=20))
    kinds = Notice.objects.exclude(kind="encounters.outing_chosen").values_list("kind", flat=True)
    assert sorted(kinds) == [
        "encounters.outing_answer", "encounters.outing_contact", "encounters.outing_leader"
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_step_at_the_same_moment_know_of_each_other():
    office = make_office()
    outing = gone_out(office)
    acts = cycle([lambda: well(office.counsellor, outing), lambda: tell_overdue(now=outing.expected_at)])
    at_the_same_time(lambda: next(acts)(), times=2)
    found = Outing.objects.get()
    # Whichever came first: the answer holds, and the next step is that of the new time.
    assert (found.told_step, found.next_step_at) == (0, found.expected_at)
    assert found.expected_at == outing.expected_at + timedelta(minutes=30)


@pytest.mark.django_db(transaction=True)
def test_a_watcher_that_is_killed_in_the_middle_of_a_step_has_not_taken_it(monkeypatch):
    office = make_office()
    outing = gone_out(office)
    due = outing.expected_at + timedelta(minutes=10)

    def killed(**_told):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tryggmote.encounters.outing_escalation.tell", killed)
        with pytest.raises(KeyboardInterrupt):
            tell_overdue(now=due)
    assert Outing.objects.get().told_step == 0
    assert tell_overdue(now=due) == 2
    assert Notice.objects.filter(kind="encounters.outing_contact").count() == 1
