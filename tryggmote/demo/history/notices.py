"""What people have been told lately: the notices behind the incidents, checks and risks of the last weeks.

Nothing goes to the outbox; the mail of the history has been sent long ago.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from tryggmote.demo.history.cast import Actor
from tryggmote.demo.history.clock import id_at
from tryggmote.demo.history.incidents import Ledger
from tryggmote.encounters import notice_kinds
from tryggmote.encounters.models import Check, RiskReport
from tryggmote.incidents.models import Incident
from tryggmote.notices.models import Notice

RECENTLY = timedelta(days=21)


class _Told:
    """Makes notices; what was told more than two days before `until` has been seen."""

    def __init__(self, names: dict[int, str], until: datetime, chance: random.Random) -> None:
        self.names = names
        self.until = until
        self.chance = chance

    def notice(
        self,
        person_id: int,
        kind: str,
        subject: Incident | Check | RiskReport,
        moment: datetime,
        **words: str,
    ) -> Notice:
        seen_at = moment + timedelta(minutes=self.chance.randint(5, 300))
        return Notice(
            id=id_at(moment, self.chance),
            person_id=person_id,
            kind=kind,
            subject_id=subject.id,
            url=subject.get_absolute_url(),
            context=words,
            created_at=moment,
            seen_at=seen_at if seen_at < self.until - timedelta(days=2) else None,
        )

    def by(
        self, who: int, person_id: int, kind: str, subject: Incident | Check | RiskReport, moment: datetime
    ) -> Notice:
        return self.notice(person_id, kind, subject, moment, name=self.names[who])


def write_notices(
    cast: Sequence[Actor],
    names: dict[int, str],
    ledger: Ledger,
    checks: Sequence[Check],
    risks: Sequence[RiskReport],
    *,
    seed: int,
    until: datetime,
) -> None:
    """Write the notices of the last weeks before `until`. `names`: of everybody, by id."""
    told = _Told(names, until, random.Random(f"{seed} notices"))
    actors = {actor.id: actor for actor in cast}
    since = until - RECENTLY
    notices = [
        *_of_incidents(told, ledger, actors, since),
        *(n for check in checks if check.created_at > since for n in _of_check(told, check, actors)),
        *(n for risk in risks if risk.created_at > since for n in _of_risk(told, risk, actors)),
    ]
    # As in `tell`: whoever has not seen the last notice about a matter is not told again.
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def _of_incidents(told: _Told, ledger: Ledger, actors: dict[int, Actor], since: datetime) -> Iterator[Notice]:
    recent: dict[UUID, Incident] = {i.id: i for i in ledger.incidents if i.created_at > since}
    units = {actor.workforce_id: actor.unit_name for actor in actors.values()}
    passed_on = {(e.incident_id, e.to_person_id) for e in ledger.escalations}
    for recipient in ledger.recipients:
        if incident := recent.get(recipient.incident_id):
            is_passed_on = (incident.id, recipient.person_id) in passed_on
            kind = "incident_escalated" if is_passed_on else "incident_reported"
            yield told.notice(
                recipient.person_id, kind, incident, recipient.at, unit=units[incident.workforce_id]
            )
    for act, who, kind in (
        *((o, o.person_id, "incident_read") for o in ledger.openings),
        *((r, r.by_id, "incident_answered") for r in ledger.replies),
        *((e, e.to_person_id, "incident_passed_on") for e in ledger.escalations),
    ):
        if incident := recent.get(act.incident_id):
            yield told.by(who, incident.reporter_id, kind, incident, act.at)


def _of_check(told: _Told, check: Check, actors: dict[int, Actor]) -> Iterator[Notice]:
    if not check.leader_asked_at:
        return
    for leader_id in actors[check.employee_id].leader_ids:
        yield told.by(check.employee_id, leader_id, notice_kinds.LEADER_ASKED, check, check.leader_asked_at)
    if check.answered_at and check.answered_by_id:
        yield told.by(
            check.answered_by_id, check.employee_id, notice_kinds.LEADER_ANSWERED, check, check.answered_at
        )


def _of_risk(told: _Told, risk: RiskReport, actors: dict[int, Actor]) -> Iterator[Notice]:
    actor = actors[risk.reporter_id]
    kind = notice_kinds.WORK_STOPPED if risk.stopped_work else notice_kinds.RISK_REPORTED
    for person_id in dict.fromkeys([*actor.leader_ids, *actor.representative_ids]):
        yield told.by(actor.id, person_id, kind, risk, risk.created_at)
    if risk.answered_at and risk.answered_by_id:
        yield told.by(risk.answered_by_id, actor.id, notice_kinds.RISK_ANSWERED, risk, risk.answered_at)
