"""Short ways to say what tests of injuries and notices need."""

from datetime import date, datetime
from typing import Any

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.incidents.models import Incident
from tryggmote.organisation.models import Person
from tryggmote.statutory.models import Consent, Injury, Judgement, NoticeAct, ReportDecision, ReportSending
from tryggmote.statutory.notifying import Call, confirm_in_writing, judge_notice, record_call
from tryggmote.statutory.registering import InjuryEntry, enter_injury, give_consent
from tryggmote.statutory.reporting import Sending, decide_report, record_sending


def judged_by(
    person: Person, incident: Incident, *, must_notify: bool = True, at: datetime | None = None
) -> Judgement:
    """This leader judges whether notice is due."""
    with acting_as(person.id) as by:
        return judge_notice(
            by=by,
            incident=Incident.objects.get(id=incident.id),
            judgement_id=new_id(),
            must_notify=must_notify,
            criteria=["lasting_psychological"] if must_notify else [],
            reason="" if must_notify else "Alle er på jobb.",
            at=at,
        )


def called_by(person: Person, incident: Incident, authority: str, **said: Any) -> NoticeAct:
    """This leader has called an authority."""
    at = said.pop("at", None)
    with acting_as(person.id) as by:
        call = Call(id=said.pop("id", None) or new_id(), authority=authority, **said)
        return record_call(by=by, incident=Incident.objects.get(id=incident.id), call=call, at=at)


def confirmed_by(person: Person, incident: Incident, text: str = "Bekreftet.") -> NoticeAct:
    """This leader has confirmed the notice in writing."""
    with acting_as(person.id) as by:
        incident = Incident.objects.select_related("workforce__unit").get(id=incident.id)
        return confirm_in_writing(by=by, incident=incident, act_id=new_id(), text=text)


def entered_by(
    person: Person,
    incident: Incident,
    injured: Person,
    *,
    kinds: tuple[str, ...] = ("psychological",),
    absence: str = "unknown",
    at: datetime | None = None,
) -> Injury:
    """This leader enters an injury in the register."""
    with acting_as(person.id) as by:
        entry = InjuryEntry(id=new_id(), injured_id=injured.id, kinds=kinds, absence=absence)
        return enter_injury(by=by, incident=Incident.objects.get(id=incident.id), entry=entry, at=at)


def consented_by(person: Person, injury: Injury, text: str = "Jeg sover dårlig.") -> Consent:
    """The injured writes of their own health."""
    with acting_as(person.id) as by:
        return give_consent(by=by, injury=Injury.objects.get(id=injury.id), consent_id=new_id(), text=text)


def decided_by(
    person: Person, injury: Injury, *, is_due: bool = True, at: datetime | None = None
) -> ReportDecision:
    """This leader decides whether the injury is reported to NAV."""
    with acting_as(person.id) as by:
        return decide_report(
            by=by,
            injury=Injury.objects.get(id=injury.id),
            decision_id=new_id(),
            is_due=is_due,
            grounds=["wish"] if is_due else [],
            reason="" if is_due else "Det gikk over samme dag.",
            at=at,
        )


def sent_by(person: Person, injury: Injury, *, to: str = "nav", on: date) -> ReportSending:
    """This leader has sent the report."""
    with acting_as(person.id) as by:
        sending = Sending(id=new_id(), to=to, sent_on=on, receipt="AR-1")
        return record_sending(by=by, injury=Injury.objects.get(id=injury.id), sending=sending)
