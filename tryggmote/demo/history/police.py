"""What leaders decided about reporting to the police, what went there, and what was heard of it."""

import random
from datetime import datetime, timedelta

from tryggmote.demo.history.clock import id_at, later
from tryggmote.incidents.models import StepTaken
from tryggmote.incidents.vocabulary import Outcome
from tryggmote.organisation.workdays import OSLO
from tryggmote.police.guidance import guidance
from tryggmote.police.models import Account, PoliceAct
from tryggmote.police.rules import remind_at
from tryggmote.police.services import STEP
from tryggmote.police.vocabulary import Channel, Deed, SentHow

# What becomes of a report, and after how many working days: as often dropped as in the reviews of 2018.
COURSES = (
    (Deed.NUMBER, Deed.DROPPED),
    (Deed.NUMBER, Deed.DROPPED),
    (Deed.NUMBER, Deed.INVESTIGATED, Deed.DROPPED),
    (Deed.NUMBER, Deed.INVESTIGATED, Deed.FINED),
    (Deed.NUMBER, Deed.ASKED),
    (),
)
WAITS = {Deed.NUMBER: (1, 4), Deed.ASKED: (18, 25), Deed.INVESTIGATED: (5, 15)}
ENDS_AFTER = (25, 60)
_CHANNELS = {
    "telephone": Channel.PHONE,
    "written": Channel.CHAT,
    "video": Channel.VIDEO,
    "outside_work": Channel.SMS,
}


def write_police(*, seed: int, until: datetime) -> None:
    """Decisions for every step that was taken or declined, and the way of each report up to `until`."""
    chance = random.Random(f"{seed} police")
    decided = (
        StepTaken.objects.filter(step__code=STEP, outcome__in=(Outcome.DONE, Outcome.DECLINED))
        .select_related("step__incident")
        .order_by("at", "id")
    )
    acts: list[PoliceAct] = []
    accounts: list[Account] = []
    for taken in decided:
        if taken.outcome == Outcome.DECLINED:
            acts.append(_act(taken, Deed.NOT_REPORT, taken.at, chance, note=taken.note))
        else:
            accounts.append(_account(taken, chance))
            acts += _course(taken, until, chance)
    Account.objects.bulk_create(accounts)
    # One after the other: the database keeps which of an incident's acts is the latest.
    for act in sorted(acts, key=lambda act: act.at):
        act.save(force_insert=True)


def _course(taken: StepTaken, until: datetime, chance: random.Random) -> list[PoliceAct]:
    filed_at = later(taken.at, chance.choice((0, 1, 2)), chance)
    acts = [_act(taken, Deed.REPORT, taken.at, chance)]
    if filed_at >= until:
        return acts
    how = chance.choice((SentHow.MEETING, SentHow.ONLINE))
    acts.append(_act(taken, Deed.FILED, filed_at, chance, how=how, police_place="Fjordlandet politidistrikt"))
    moment = filed_at
    for deed in chance.choice(COURSES):
        moment = later(moment, chance.randint(*WAITS.get(deed, ENDS_AFTER)), chance)
        if moment >= until:
            break
        number = str(chance.randint(15_000_000, 15_999_999)) if deed is Deed.NUMBER else ""
        note = "Bevisets stilling." if deed is Deed.DROPPED else ""
        acts.append(_act(taken, deed, moment, chance, case_number=number, note=note))
    return acts


def _act(taken: StepTaken, deed: Deed, at: datetime, chance: random.Random, **fields: str) -> PoliceAct:
    return PoliceAct(
        id=id_at(at, chance),
        incident_id=taken.step.incident_id,
        by_id=taken.by_id,
        at=at,
        deed=deed,
        day=at.astimezone(OSLO).date(),
        remind_at=remind_at(deed, at, guidance().remind_after_workdays),
        guidance_version=guidance().version,
        **fields,
    )


def _account(taken: StepTaken, chance: random.Random) -> Account:
    incident = taken.step.incident
    at = max(incident.created_at + timedelta(minutes=2), taken.at - timedelta(minutes=chance.randint(5, 40)))
    return Account(
        id=id_at(at, chance),
        incident=incident,
        by_id=incident.reporter_id,
        at=at,
        channel=_CHANNELS.get(incident.form, Channel.FACE),
        course=incident.what_happened or "Se det som er meldt.",
    )
