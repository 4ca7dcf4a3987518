"""Twelve months of incidents: reported, read, answered, assessed, and some passed on to the next leader."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from tryggmote.access.models import ReadEntry
from tryggmote.demo.history.aftermath import write_aftermath, write_first_steps
from tryggmote.demo.history.cast import Actor, exposure
from tryggmote.demo.history.clock import HISTORY_DAYS, id_at, in_office_hours, later, workdays
from tryggmote.demo.history.episodes import EPISODES, REASONS, REPLIES, Episode
from tryggmote.demo.history.injuries import write_injuries
from tryggmote.demo.history.meetings import PLACES, Disturbed
from tryggmote.incidents.models import AssessedLevel, Escalation, Incident, Opening, Recipient, Reply
from tryggmote.incidents.rules import read_by
from tryggmote.incidents.services import READ_LOG_KIND
from tryggmote.incidents.vocabulary import About, Capacity, EscalationReason, ImmediateHelp
from tryggmote.organisation.meeting_forms import MeetingForm

A_MONTH = (8, 15)  # incidents in the county: the fewest and the most


@dataclass(frozen=True)
class Event:
    """Something that happened to `actor` and was reported by them or by a colleague at `reported_at`.

    `is_met_at_once`: the leader reads and judges it within the hour, and leaves no step undone.
    """

    id: UUID
    actor: Actor
    reporter: Actor
    episode: Episode
    form: str
    happened_at: datetime
    reported_at: datetime
    check_id: UUID | None
    is_met_at_once: bool = False


@dataclass
class Ledger:
    """The rows that incidents and what was done about them become."""

    incidents: list[Incident] = field(default_factory=list)
    recipients: list[Recipient] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    escalations: list[Escalation] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    levels: list[AssessedLevel] = field(default_factory=list)


def plan_events(cast: Sequence[Actor], *, seed: int, anchor: date, checks_from: date) -> list[Event]:
    """What happens in the year before `anchor`, in the order it was reported.

    Events in meetings from `checks_from` on carry the id of the check that was made before the meeting.
    """
    chance = random.Random(f"{seed} incidents")
    days = workdays(anchor - timedelta(days=HISTORY_DAYS), anchor - timedelta(days=1))
    how_many = sum(chance.randint(*A_MONTH) for _ in range(12))
    # The last working days always have something that still waits for somebody.
    chosen = [*chance.choices(days, k=how_many), days[-1], days[-1], days[-2], days[-4]]
    events = [_event(cast, day, checks_from, chance) for day in chosen]
    return sorted(events, key=lambda event: event.reported_at)


def disturbed_meetings(events: Iterable[Event]) -> list[Disturbed]:
    """The meetings that did not go well, for those who write the diary."""
    return [
        Disturbed(event.actor, event.form, event.happened_at, event.check_id)
        for event in events
        if event.check_id
    ]


def write_incidents(events: Sequence[Event], *, seed: int, until: datetime) -> Ledger:
    """Write the incidents with everything done about them before `until`. Returns the rows."""
    chance = random.Random(f"{seed} answers")
    ledger = Ledger()
    for event in events:
        _follow(event, ledger, until, chance)
    Incident.objects.bulk_create(ledger.incidents)
    Recipient.objects.bulk_create(ledger.recipients)
    write_first_steps(ledger.incidents)
    # The database derives what lists show from these, row by row, in the order of time.
    Escalation.objects.bulk_create(sorted(ledger.escalations, key=_time))
    Opening.objects.bulk_create(sorted(ledger.openings, key=_time))
    Reply.objects.bulk_create(ledger.replies)
    AssessedLevel.objects.bulk_create(sorted(ledger.levels, key=_time))
    met_at_once = {event.id for event in events if event.is_met_at_once}
    write_aftermath(ledger.incidents, ledger.levels, met_at_once, until=until, chance=chance)
    write_injuries(ledger.incidents, seed=seed)
    ReadEntry.objects.bulk_create(
        ReadEntry(
            person_id=opening.person_id, kind=READ_LOG_KIND, object_id=opening.incident_id, read_at=opening.at
        )
        for opening in ledger.openings
    )
    return ledger


def _time(act: Escalation | Opening | AssessedLevel) -> datetime:
    return act.at


def _event(cast: Sequence[Actor], day: date, checks_from: date, chance: random.Random) -> Event:
    actor = chance.choices(cast, weights=exposure(cast))[0]
    fitting = [
        episode for episode in EPISODES if set(episode.forms) & {*actor.forms, MeetingForm.OUTSIDE_WORK}
    ]
    episode = chance.choices(fitting, weights=[episode.how_common for episode in fitting])[0]
    form = chance.choice([form for form in episode.forms if form in {*actor.forms, MeetingForm.OUTSIDE_WORK}])
    happened_at = in_office_hours(day, chance)
    reported_at = happened_at + timedelta(minutes=chance.choice((6, 11, 25, 50, 95, 140)))
    is_by_colleague = chance.random() < 0.12
    colleagues = [
        other
        for other in cast
        if other.workforce_id == actor.workforce_id and other.id not in {actor.id, *actor.representative_ids}
    ]
    reporter = chance.choice(colleagues) if is_by_colleague and colleagues else actor
    has_check = day >= checks_from and form != MeetingForm.OUTSIDE_WORK and reporter == actor
    return Event(
        id=id_at(reported_at, chance),
        actor=actor,
        reporter=reporter,
        episode=episode,
        form=form,
        happened_at=happened_at,
        reported_at=reported_at,
        check_id=id_at(happened_at - timedelta(minutes=30), chance) if has_check else None,
    )


def _follow(event: Event, ledger: Ledger, until: datetime, chance: random.Random) -> None:
    ledger.incidents.append(_incident(event, chance))
    told = _tell(event, ledger, chance)
    is_late = chance.random() < event.actor.habits.is_late and not event.is_met_at_once
    reader, read_at = _who_reads(event, ledger, is_late, until, chance)
    _open(event, ledger, reader, Capacity.NEXT_LEADER if is_late else told[reader], read_at, until, chance)
    for person_id, capacity in told.items():
        if person_id != reader and chance.random() < _reads_too(capacity, is_late):
            opened_at = later(event.reported_at, chance.randint(0, 2), chance)
            _open(event, ledger, person_id, capacity, opened_at, until, chance)
    _answer(event, ledger, reader, read_at, until, chance)


def _reads_too(capacity: Capacity, is_late: bool) -> float:
    """How likely somebody reads besides the one who answers; nobody who leads, when it was passed on."""
    if capacity is Capacity.SAFETY_REPRESENTATIVE:
        return 0.9
    return 0 if is_late else 0.5


def _incident(event: Event, chance: random.Random) -> Incident:
    episode, is_own = event.episode, event.reporter == event.actor
    writes = event.form != MeetingForm.TELEPHONE or chance.random() < 0.8
    return Incident(
        id=event.id,
        reporter_id=event.reporter.id,
        exposed_id=event.actor.id if episode.level else None if is_own else event.actor.id,
        about=(About.SELF if episode.level else About.WORRY) if is_own else About.OTHER,
        workforce_id=event.actor.workforce_id,
        safety_area_id=event.actor.area_id,
        natures=list(episode.natures),
        form=event.form,
        place=chance.choice(PLACES.get(event.form, ("",))),
        happened_at=event.happened_at,
        experienced_severity=chance.choice(episode.severities),
        what_happened=episode.words.in_language(event.reporter.language) if writes else "",
        words_only=episode.words_only,
        outside_work=event.form == MeetingForm.OUTSIDE_WORK,
        immediate_help=chance.choice((ImmediateHelp.NOT_NEEDED, ImmediateHelp.YES, "")),
        check_id=event.check_id,
        created_at=event.reported_at,
    )


def _tell(event: Event, ledger: Ledger, chance: random.Random) -> dict[int, Capacity]:
    """Leaders and safety representatives, without those whose own case it is."""
    involved = {event.actor.id, event.reporter.id}
    told: dict[int, Capacity] = {event.actor.daily_leader_id: Capacity.DAILY_LEADER}
    told.setdefault(event.actor.formal_leader_id, Capacity.FORMAL_LEADER)
    for person_id in event.actor.representative_ids:
        told.setdefault(person_id, Capacity.SAFETY_REPRESENTATIVE)
    told = {person_id: capacity for person_id, capacity in told.items() if person_id not in involved}
    ledger.recipients += [
        Recipient(
            id=id_at(event.reported_at, chance),
            incident_id=event.id,
            person_id=person_id,
            capacity=capacity,
            at=event.reported_at,
        )
        for person_id, capacity in told.items()
    ]
    return told


def _who_reads(
    event: Event, ledger: Ledger, is_late: bool, until: datetime, chance: random.Random
) -> tuple[int, datetime]:
    """A nearest leader, or the next one when two working days pass without any of them."""
    if event.is_met_at_once:
        return event.actor.daily_leader_id, event.reported_at + timedelta(minutes=9)
    if not is_late:
        return event.actor.daily_leader_id, later(event.reported_at, chance.choice((0, 0, 0, 1, 1)), chance)
    passed_on_at = read_by(event.reported_at) + timedelta(minutes=5)
    if passed_on_at < until:
        next_leader = event.actor.next_leader_id
        ledger.escalations.append(
            Escalation(
                id=id_at(passed_on_at, chance),
                incident_id=event.id,
                to_person_id=next_leader,
                reason=EscalationReason.NO_REACTION,
                at=passed_on_at,
            )
        )
        if all(r.person_id != next_leader for r in ledger.recipients if r.incident_id == event.id):
            ledger.recipients.append(
                Recipient(
                    id=id_at(passed_on_at, chance),
                    incident_id=event.id,
                    person_id=next_leader,
                    capacity=Capacity.NEXT_LEADER,
                    at=passed_on_at,
                )
            )
    return event.actor.next_leader_id, later(passed_on_at, 0, chance)


def _open(
    event: Event,
    ledger: Ledger,
    person_id: int,
    capacity: Capacity,
    opened_at: datetime,
    until: datetime,
    chance: random.Random,
) -> None:
    if opened_at < until:
        ledger.openings.append(
            Opening(
                id=id_at(opened_at, chance),
                incident_id=event.id,
                person_id=person_id,
                capacity=capacity,
                at=opened_at,
            )
        )


def _answer(
    event: Event, ledger: Ledger, leader_id: int, read_at: datetime, until: datetime, chance: random.Random
) -> None:
    """The leader who read it answers and assesses; now and then thinks again, and both judgements stay."""
    language = event.reporter.language
    answered_at = later(read_at, chance.choice((0, 1, 1, 2, 3)), chance)
    if event.is_met_at_once:
        answered_at = read_at + timedelta(minutes=12)
    if answered_at >= until:
        return
    ledger.replies.append(
        Reply(
            id=id_at(answered_at, chance),
            incident_id=event.id,
            by_id=leader_id,
            text=chance.choice(REPLIES).in_language(language),
            at=answered_at,
        )
    )
    level = event.episode.level
    judgements = [(answered_at, level)]
    if level and chance.random() < 0.1 and not event.is_met_at_once:
        judgements = [(answered_at, level - 1), (later(answered_at, 1, chance), level)]
    ledger.levels += [
        AssessedLevel(
            id=id_at(moment, chance),
            incident_id=event.id,
            by_id=leader_id,
            level=judged,
            reason=chance.choice(REASONS).in_language(language),
            at=moment,
        )
        for moment, judged in judgements
        if moment < until
    ]
