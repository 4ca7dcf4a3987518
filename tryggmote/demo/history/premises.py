"""Buildings and rooms: Fjordvik's noted but for two, Skjærgård's all, Granlia has registered none (3.1)."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tryggmote.demo.county import FJORDVIK, SKJAERGARD
from tryggmote.demo.history.clock import id_at, in_office_hours, workday_before
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Unit
from tryggmote.premises import fact_sets
from tryggmote.premises.models import Building, Room, RoomNote, Zone
from tryggmote.premises.vocabulary import Access, RoomKind

RECEPTION, TALK, GROUP = MeetingForm.RECEPTION.value, MeetingForm.PLANNED.value, MeetingForm.GROUP.value


@dataclass(frozen=True)
class RoomPlan:
    """A room. `but`: what is noted that is not as good as can be; None when nobody has noted it."""

    name: str
    kind: RoomKind
    forms: tuple[str, ...] = ()
    but: Mapping[str, str] | None = field(default_factory=dict)


@dataclass(frozen=True)
class ZonePlan:
    name: str
    access: Access
    control: str
    rooms: tuple[RoomPlan, ...] = ()


@dataclass(frozen=True)
class BuildingPlan:
    """A building, registered by a leader some days before the demo is shown."""

    office: str
    leader: str
    days_ago: int
    name: str
    address: str
    public_entrance: str
    staff_entrance: str
    parking: str
    zones: tuple[ZonePlan, ...]


PLANS = (
    BuildingPlan(
        FJORDVIK,
        "fjordvik-nav-leder-stat",
        210,
        "Rådhusgata 2",
        "Rådhusgata 2, Fjordvik",
        "Fra torget, åpen i mottakstiden. Ses fra skranken.",
        "Fra bakgården, med kort. Ses ikke fra torget.",
        "Bak rådhuset. Lyst, men delt med biblioteket.",
        (
            ZonePlan(
                "Mottaket",
                Access.PUBLIC,
                "Åpent i mottakstiden. Vekter ved døra.",
                (
                    RoomPlan("Skranke 1", RoomKind.COUNTER, (RECEPTION,), {"objects": "some"}),
                    RoomPlan("Skranke 2", RoomKind.COUNTER, (RECEPTION,)),
                    RoomPlan("Venteområdet", RoomKind.WAITING_AREA),
                ),
            ),
            ZonePlan(
                "Samtalerommene",
                Access.MEETING,
                "Dør med kort fra mottaket. Brukeren går aldri alene.",
                (
                    RoomPlan("Møterom 1", RoomKind.MEETING_ROOM, (TALK,)),
                    RoomPlan("Møterom 2", RoomKind.MEETING_ROOM, (TALK,), {"furniture": "light"}),
                    RoomPlan(
                        "Møterom 4", RoomKind.MEETING_ROOM, (TALK,), {"exits": "blocked", "help": "far"}
                    ),
                    RoomPlan("Samtalerom ved mottaket", RoomKind.MEETING_ROOM, (TALK,), {"exits": "one"}),
                    RoomPlan("Kurssalen", RoomKind.GROUP_ROOM, (GROUP,), None),
                ),
            ),
            ZonePlan(
                "Arbeidsplassene",
                Access.STAFF,
                "Kort hele døgnet. Naustet kan låses fra innsiden.",
                (RoomPlan("Naustet", RoomKind.OTHER, (), None),),
            ),
        ),
    ),
    BuildingPlan(
        SKJAERGARD,
        "skjaergard-nav-leder",
        300,
        "Bryggja",
        "Bryggja 7, Skjærgård",
        "Frå kaia. Ringjeklokke utanom mottakstida.",
        "Frå baksida, med nøkkel.",
        "Ved kaia, opplyst heile døgnet.",
        (
            ZonePlan(
                "Publikum",
                Access.PUBLIC,
                "Open i mottakstida.",
                (RoomPlan("Skranken", RoomKind.COUNTER, (RECEPTION,)),),
            ),
            ZonePlan(
                "Samtalar",
                Access.MEETING,
                "Dør med kode.",
                (RoomPlan("Samtalerom 1", RoomKind.MEETING_ROOM, (TALK, GROUP)),),
            ),
            ZonePlan("Tilsette", Access.STAFF, "Dør med nøkkel."),
        ),
    ),
)


def write_premises(ids: Mapping[str, int], *, seed: int, anchor: date) -> None:
    """Write the buildings with their rooms, and what the leader noted. `ids`: people by key."""
    chance = random.Random(f"{seed} premises")
    units = dict(Unit.objects.values_list("code", "id"))
    for plan in PLANS:
        _write(plan, units[plan.office], ids[plan.leader], anchor, chance)


def _write(plan: BuildingPlan, unit_id: int, leader_id: int, anchor: date, chance: random.Random) -> None:
    moment = in_office_hours(workday_before(anchor, plan.days_ago), chance)
    building = Building.objects.create(
        id=id_at(moment, chance),
        unit_id=unit_id,
        name=plan.name,
        address=plan.address,
        public_entrance=plan.public_entrance,
        staff_entrance=plan.staff_entrance,
        parking=plan.parking,
        created_by_id=leader_id,
        created_at=moment,
    )
    for part in plan.zones:
        zone = Zone.objects.create(
            id=id_at(moment, chance),
            building=building,
            name=part.name,
            access=part.access,
            control=part.control,
            created_at=moment,
        )
        for planned in part.rooms:
            room = Room.objects.create(
                id=id_at(moment, chance),
                zone=zone,
                name=planned.name,
                kind=planned.kind,
                forms=list(planned.forms),
                created_at=moment,
            )
            if planned.but is not None:
                _note(room, planned.but, leader_id, anchor, plan.days_ago - 5, chance)


def _note(
    room: Room, but: Mapping[str, str], by_id: int, anchor: date, days_ago: int, chance: random.Random
) -> None:
    asked = fact_sets.current()
    moment = in_office_hours(workday_before(anchor, days_ago), chance)
    RoomNote.objects.create(
        id=id_at(moment, chance),
        room=room,
        by_id=by_id,
        at=moment,
        version=asked.version,
        facts={fact.code: fact.answers[0].code for fact in asked.facts} | dict(but),
    )
