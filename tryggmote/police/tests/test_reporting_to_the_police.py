"""From the decision to the end of the case: straffeloven § 155, the employer reports."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.duties.registry import Duty
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.exhibits.models import CustodyAct
from tryggmote.exhibits.tests.helpers import added_by
from tryggmote.incidents.models import Incident, Step, StepTaken
from tryggmote.incidents.services import assess_level
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.police import services
from tryggmote.police.duties import KINDS
from tryggmote.police.guidance import guidance
from tryggmote.police.models import Account, PoliceAct
from tryggmote.police.rules import possible_after, remind_at
from tryggmote.police.services import Sending, Told
from tryggmote.police.vocabulary import DECISIONS, ENDINGS, NEWS, Deed

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def incident(office: Office) -> Incident:
    return reported_by(office.counsellor)


def decided_by(person: Person, incident: Incident, deed: Deed = Deed.REPORT, **fields: Any) -> PoliceAct:
    with acting_as(person.id) as by:
        return services.decide(by=by, incident=incident, **{"act_id": new_id(), "deed": deed, **fields})


def filed_by(person: Person, incident: Incident, **fields: Any) -> PoliceAct:
    sending = Sending(how="meeting", police_place="Fjordvik", exhibits=fields.pop("exhibits", ()))
    with acting_as(person.id) as by:
        return services.file_report(
            by=by, incident=incident, sending=sending, **{"act_id": new_id(), **fields}
        )


def heard_by(person: Person, incident: Incident, deed: Deed, **fields: Any) -> PoliceAct:
    with acting_as(person.id) as by:
        return services.record_news(by=by, incident=incident, **{"act_id": new_id(), "deed": deed, **fields})


def duties_of(person: Person) -> list[Duty]:
    return owed_by(person, *KINDS)


# The rules


def test_before_it_is_sent_it_can_be_decided_anew_and_afterwards_only_news_come() -> None:
    assert list(possible_after(None)) == list(DECISIONS)
    assert Deed.FILED not in possible_after(Deed.LATER)
    assert set(possible_after(Deed.REPORT)) == {*DECISIONS, Deed.FILED}
    for deed in (Deed.FILED, *NEWS):
        assert list(possible_after(deed)) == list(NEWS)


FRIDAY = datetime(2026, 3, 27, 12, tzinfo=UTC)  # before Easter week, and before summer time begins


def test_reminders_count_working_days_over_easter_and_summer_time() -> None:
    reminders = guidance().remind_after_workdays
    due = remind_at(Deed.REPORT, FRIDAY, reminders)
    assert due is not None
    assert (due.date(), due.hour) == (date(2026, 4, 1), 13)
    over_easter = remind_at(Deed.LATER, FRIDAY, reminders)
    assert over_easter is not None
    assert over_easter.date() == date(2026, 4, 8)


@pytest.mark.parametrize("deed", [Deed.NOT_REPORT, *ENDINGS])
def test_what_is_ended_reminds_nobody(deed: Deed) -> None:
    assert remind_at(deed, FRIDAY, guidance().remind_after_workdays) is None


def test_later_is_the_day_that_was_chosen() -> None:
    due = remind_at(Deed.LATER, FRIDAY, guidance().remind_after_workdays, date(2026, 5, 4))
    assert due is not None
    assert due.date() == date(2026, 5, 4)


# What is done


def test_the_whole_way_from_decision_to_judgement(office: Office, incident: Incident) -> None:
    decided_by(office.leader, incident)
    filed_by(office.leader, incident)
    heard_by(office.leader, incident, Deed.NUMBER, case_number="15001234")
    heard_by(office.leader, incident, Deed.INVESTIGATED)
    heard_by(office.leader, incident, Deed.CHARGED)
    heard_by(office.leader, incident, Deed.CONVICTED)
    acts = list(PoliceAct.objects.filter(incident=incident).order_by("at", "id"))
    assert [act.deed for act in acts] == ["report", "filed", "number", "investigated", "charged", "convicted"]
    assert [act.is_latest for act in acts] == [False] * 5 + [True]
    assert acts[-1].remind_at is None


@pytest.mark.parametrize(
    ("deed", "reason", "outcome"), [(Deed.REPORT, "", "done"), (Deed.NOT_REPORT, "Bare uro", "declined")]
)
def test_deciding_takes_the_leaders_step(
    office: Office, incident: Incident, deed: Deed, reason: str, outcome: str
) -> None:
    with acting_as(office.leader.id) as by:
        assess_level(by=by, incident=incident, assessment_id=new_id(), level=3)
    assert Step.objects.get(incident=incident, code="police").done_at is None
    decided_by(office.leader, incident, deed, reason=reason)
    assert Step.objects.get(incident=incident, code="police").outcome == outcome
    assert StepTaken.objects.get(step__incident=incident, step__code="police").note == reason


def test_waiting_leaves_the_step_open(office: Office, incident: Incident) -> None:
    with acting_as(office.leader.id) as by:
        assess_level(by=by, incident=incident, assessment_id=new_id(), level=3)
    decided_by(office.leader, incident, Deed.LATER, reason="Vi venter på legen")
    assert Step.objects.get(incident=incident, code="police").done_at is None


@pytest.mark.parametrize("deed", [Deed.NOT_REPORT, Deed.LATER])
def test_not_reporting_needs_a_reason(office: Office, incident: Incident, deed: Deed) -> None:
    with pytest.raises(NotPossible, match="hvorfor"):
        decided_by(office.leader, incident, deed, reason="  ")
    assert not PoliceAct.objects.exists()


@pytest.mark.parametrize("who", ["counsellor", "colleague", "safety_representative"])
def test_only_an_uninvolved_leader_decides(office: Office, incident: Incident, who: str) -> None:
    with pytest.raises(NotAllowed):
        decided_by(getattr(office, who), incident)


def test_a_leader_does_not_decide_in_their_own_case(office: Office) -> None:
    own = reported_by(office.leader)
    with pytest.raises(NotAllowed):
        decided_by(office.leader, own)
    decided_by(office.office_leader, own)


def test_the_same_form_twice_is_one_act_and_tells_once(office: Office, incident: Incident) -> None:
    act_id = new_id()
    for _again in range(2):
        decided_by(office.leader, incident, act_id=act_id)
    filed_id = new_id()
    for _again in range(2):
        filed_by(office.leader, incident, act_id=filed_id)
    assert PoliceAct.objects.count() == 2
    told = Notice.objects.filter(person=office.counsellor, kind__startswith="police")
    assert sorted(told.values_list("kind", flat=True)) == ["police_decided", "police_filed"]


def test_what_is_out_of_order_is_refused(office: Office, incident: Incident) -> None:
    with pytest.raises(NotPossible):
        filed_by(office.leader, incident)
    with pytest.raises(NotPossible):
        heard_by(office.leader, incident, Deed.DROPPED)
    decided_by(office.leader, incident)
    filed_by(office.leader, incident)
    with pytest.raises(NotPossible):
        decided_by(office.leader, incident, Deed.NOT_REPORT, reason="Angrer")
    with pytest.raises(NotPossible):
        filed_by(office.leader, incident)


def test_evidence_that_goes_to_the_police_has_it_in_its_chain(office: Office, incident: Incident) -> None:
    given, kept = added_by(office.counsellor, incident), added_by(office.counsellor, incident)
    decided_by(office.leader, incident)
    filed_by(office.leader, incident, exhibits=(given,))
    handed = CustodyAct.objects.get(deed="handed_over")
    assert (handed.exhibit_id, handed.by_id, handed.note) == (
        given.id,
        office.leader.id,
        "Politiet, Fjordvik",
    )
    assert not CustodyAct.objects.filter(exhibit=kept, deed="handed_over").exists()


def test_the_exposed_writes_what_was_said_and_the_leader_goes_on(office: Office, incident: Incident) -> None:
    for person, words in ((office.counsellor, "«Jeg tar deg»"), (office.leader, "«Jeg tar deg, ditt svin»")):
        with acting_as(person.id) as by:
            services.tell_what_happened(
                by=by, incident=incident, account_id=new_id(), told=Told(channel="phone", exact_words=words)
            )
    assert list(Account.objects.order_by("at").values_list("exact_words", flat=True)) == [
        "«Jeg tar deg»",
        "«Jeg tar deg, ditt svin»",
    ]


@pytest.mark.parametrize("who", ["safety_representative", "colleague"])
def test_others_do_not_write_it(office: Office, incident: Incident, who: str) -> None:
    with acting_as(getattr(office, who).id) as by, pytest.raises(NotAllowed):
        services.tell_what_happened(
            by=by, incident=incident, account_id=new_id(), told=Told(channel="phone", course="x")
        )


# Reminders


def moved_back(days: int) -> None:
    for act in PoliceAct.objects.filter(is_latest=True, remind_at__isnull=False):
        PoliceAct.objects.filter(id=act.id).update(remind_at=act.remind_at - timedelta(days=days))


@pytest.fixture
def stages(office: Office, incident: Incident) -> Iterator[tuple[str, str]]:
    """Each stage that waits for somebody, with the words on the button."""

    def walk() -> Iterator[tuple[str, str]]:
        decided_by(office.leader, incident, Deed.LATER, reason="Venter")
        yield "Ta stilling til anmeldelse", "Ta stilling"
        decided_by(office.leader, incident)
        yield "Send anmeldelsen", "Gjør den ferdig"
        filed_by(office.leader, incident)
        yield "Hør med politiet", "Åpne saken"
        heard_by(office.leader, incident, Deed.ASKED)
        yield "Hør med politiet", "Åpne saken"

    return walk()


def test_silence_reminds_the_leader_at_every_stage(
    office: Office, incident: Incident, stages: Iterator[tuple[str, str]]
) -> None:
    for title, action in stages:
        assert [d for d in duties_of(office.leader) if d.due and d.due < timezone.now()] == []
        moved_back(60)
        (duty,) = duties_of(office.leader)
        assert duty.title.startswith(title)
        assert duty.action == action
    heard_by(office.leader, incident, Deed.DROPPED, note="Bevisets stilling")
    moved_back(60)
    assert duties_of(office.leader) == []


def test_nobody_else_is_reminded(office: Office, incident: Incident) -> None:
    decided_by(office.leader, incident)
    moved_back(60)
    for who in ("counsellor", "safety_representative", "administrator", "county_director"):
        assert duties_of(getattr(office, who)) == []
    assert len(duties_of(office.office_leader)) == 1
    assert duties_of(make_office("Nav Storevik").office_leader) == []


def test_what_a_leader_of_the_exposed_owes_is_not_theirs_when_it_is_their_own_case(office: Office) -> None:
    own = reported_by(office.leader)
    decided_by(office.office_leader, own)
    moved_back(60)
    assert duties_of(office.leader) == []
    assert len(duties_of(office.office_leader)) == 1
