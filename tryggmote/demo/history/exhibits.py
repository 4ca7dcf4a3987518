"""Evidence in the story of the demo, each piece with its chain: added, looked at, handed to the police.

Sealed as all evidence is, with the key of the machine that the demo runs on.
"""

import io
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from tryggmote.access.context import acting_as
from tryggmote.demo.history.clock import id_at
from tryggmote.demo.history.pictures import cracked_door, screenshot_of_messages
from tryggmote.demo.history.story import EXPOSED, LEADER
from tryggmote.exhibits.keys import keyring
from tryggmote.exhibits.models import CustodyAct, Exhibit
from tryggmote.exhibits.services import add_exhibit, examine
from tryggmote.exhibits.vocabulary import Deed
from tryggmote.incidents.models import Incident
from tryggmote.incidents.vocabulary import Nature
from tryggmote.police.models import PoliceAct
from tryggmote.police.vocabulary import Deed as PoliceDeed

_MESSAGES = [("10.52", "Du skal angre."), ("11.07", "Jeg vet hvor du bor.")]


@dataclass(frozen=True)
class _Piece:
    """`of`: what kind of incident in the story it belongs to."""

    of: Nature
    what: str
    content: bytes


def write_exhibits(ids: dict[str, int], *, seed: int) -> None:
    """Three pieces, the first two handed over when the threat was reported. None where no key is set up."""
    if keyring().current is None:
        return
    chance = random.Random(f"{seed} exhibits")
    told = Incident.objects.filter(reporter_id=ids[EXPOSED]).order_by("-happened_at")
    for piece in _pieces():
        incident = told.filter(natures__0=piece.of).first()
        assert incident
        added_at = incident.created_at + timedelta(minutes=3)
        exhibit = _add(piece, incident, added_at, chance)
        _had_by(ids[LEADER], exhibit, incident, added_at, chance)


def _pieces() -> list[_Piece]:
    threat, conduct = Nature.THREAT_TO_EMPLOYEE, Nature.THREATENING_CONDUCT
    return [
        _Piece(threat, "Skjermbilde av to tekstmeldinger", screenshot_of_messages(_MESSAGES)),
        _Piece(threat, "Meldingene skrevet av, med klokkeslett", _written_down().encode()),
        _Piece(conduct, "Glasset i døra til mottaket, sprukket", cracked_door()),
    ]


def _written_down() -> str:
    lines = [f"{time} «{words}»" for time, words in _MESSAGES]
    return "\n".join(["Oppdiktet tekst (demo). Skrevet av fra jobbtelefonen, ord for ord:", *lines])


def _add(piece: _Piece, incident: Incident, at: datetime, chance: random.Random) -> Exhibit:
    with acting_as(incident.reporter_id) as by:
        return add_exhibit(
            by=by,
            incident=incident,
            exhibit_id=id_at(at, chance),
            what=piece.what,
            examined=examine(io.BytesIO(piece.content), len(piece.content)),
            at=at,
        )


def _had_by(
    leader_id: int, exhibit: Exhibit, incident: Incident, added_at: datetime, chance: random.Random
) -> None:
    """The leader looked at it, and the police got it when the report was sent."""
    acts = [(added_at + timedelta(minutes=30), leader_id, Deed.VIEWED, "")]
    acts += [
        (filed.at, filed.by_id, Deed.HANDED_OVER, filed.police_place)
        for filed in PoliceAct.objects.filter(incident=incident, deed=PoliceDeed.FILED)
    ]
    CustodyAct.objects.bulk_create(
        CustodyAct(id=id_at(at, chance), exhibit=exhibit, by_id=by_id, at=at, deed=deed, note=note)
        for at, by_id, deed, note in acts
    )
