"""Where meetings are held: rooms and what they are suitable for, entrances, assembly points (3.1, 3.6)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.controls.action_card_queries import cards_in
from tryggmote.handbook.registry import Badge, Book, Chapter, Entry, Words
from tryggmote.premises.models import Building
from tryggmote.premises.queries import RoomState, buildings, rooms_left_since, rooms_of
from tryggmote.ui.dates import OSLO, oslo_midnight

_MEETING_PLACES = gettext_lazy("Når dere må ut")


def entries(book: Book) -> list[Entry]:
    """Assembly points, then each building with its ways in and its rooms; a handful of queries."""
    rooms: dict[Building, list[Entry]] = {
        building: [_ways_in(building)]
        for building in buildings().filter(unit_id__in=book.unit_ids).order_by("name", "id")
    }
    for state in rooms_of(book.unit_ids):
        rooms[state.room.zone.building].append(_room(state))
    return [*_assembly_points(book), *(entry for found in rooms.values() for entry in found)]


def _assembly_points(book: Book) -> list[Entry]:
    # The same place on several cards is said once, with all it is for.
    places: dict[str, list[str]] = {}
    changed: dict[str, datetime | None] = {}
    for card in cards_in(book.unit_id):
        if card.addition and card.addition.assembly_point:
            places.setdefault(card.addition.assembly_point, []).append(card.title)
            changed[card.addition.assembly_point] = card.addition.approved_at
    return [
        Entry(
            f"samling-{number}", place, _("Møteplass: %(when)s") % {"when": ", ".join(titles)},
            sections=(_MEETING_PLACES,), changed_at=changed[place],
        )
        for number, (place, titles) in enumerate(places.items(), start=1)
    ]  # fmt: skip


def _ways_in(building: Building) -> Entry:
    return Entry(
        building.id,
        _("Innganger og parkering"),
        building.address,
        url=building.get_absolute_url(),
        facts=_said(
            (_("Inngang for publikum"), building.public_entrance),
            (_("Inngang for ansatte"), building.staff_entrance),
            (_("Parkering"), building.parking),
        ),
        sections=(building.name,),
        since=building.created_at,
    )


def _said(*facts: tuple[Words, str]) -> tuple[tuple[Words, Words], ...]:
    return tuple((label, words) for label, words in facts if words)


def _room(state: RoomState) -> Entry:
    room, note = state.room, state.note
    return Entry(
        room.id,
        room.name,
        _sentences(limit.reason for limit in state.suitability.limits) if note else "",
        url=room.get_absolute_url(),
        facts=_said((_("Møter som holdes her"), ", ".join(room.form_words))),
        sections=(room.zone.building.name,),
        badge=Badge(state.look.word, state.look.variant) if note else Badge(_("Ikke notert")),
        since=room.created_at,
        changed_at=note.at if note else None,
    )


def _sentences(reasons: Iterable[str]) -> str:
    return " ".join(reason if reason.endswith(".") else f"{reason}." for reason in reasons)


def withdrawn(book: Book, since: datetime) -> list[Entry]:
    """Rooms taken out of use; one query."""
    return [
        Entry(room.id, room.name, url=room.get_absolute_url(), changed_at=oslo_midnight(room.left_on))
        for room in rooms_left_since(book.unit_ids, since.astimezone(OSLO).date())
        if room.left_on
    ]


CHAPTER = Chapter(
    "lokaler",
    gettext_lazy("Lokaler"),
    order=50,
    entries=entries,
    intro=gettext_lazy(
        "Hvilke rom som passer til hva, hvor dere går inn, og hvor dere møtes hvis dere må ut."
    ),
    empty=gettext_lazy("Ingen lokaler er registrert ennå. Når lederen har lagt dem inn, står de her."),
    withdrawn=withdrawn,
)
