"""One person's month, told in full: three incidents, the last with an injury.

Evidence, police report, notice, register, follow-up, the measure towards the client, the lesson and the
pattern of the demo lead back to it. Everybody in it is invented.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tryggmote.demo.history.cast import Actor
from tryggmote.demo.history.clock import at, id_at, workday_before
from tryggmote.demo.history.episodes import Episode, Words
from tryggmote.demo.history.incidents import Event
from tryggmote.incidents.vocabulary import Nature

EXPOSED = "fjordvik-mottak-fjordvik-1"
COUNSELLOR = "fjordvik-mottak-stat-1"
LEADER = "fjordvik-mottak-leder"
OFFICE_LEADER = "fjordvik-nav-leder-kommune"
UNIT = "fjordvik-mottak"
THREAT_DAYS, CONDUCT_DAYS, BLOW_DAYS = 26, 19, 12
"""How many days ago each of the three happened, counted back to a working day."""

_MONTH: Sequence[tuple[int, str, Episode]] = (
    (
        THREAT_DAYS,
        "telephone",
        Episode(
            ("telephone",), (Nature.THREAT_TO_EMPLOYEE,), (4,), 3, 0,
            Words(
                "Ringte tre ganger etter avslaget. Den siste gangen kom ordene «jeg vet hvor du bor». "
                "Det kom også to meldinger på jobbtelefonen.",
                "Ringde tre gonger etter avslaget. Den siste gongen kom orda «eg veit kvar du bur». "
                "Det kom òg to meldingar på jobbtelefonen.",
            ), True,
        ),
    ),
    (
        CONDUCT_DAYS,
        "reception",
        Episode(
            ("reception",), (Nature.THREATENING_CONDUCT, Nature.VANDALISM), (4,), 3, 0,
            Words(
                "Ville ha svar med én gang, slo i skranken og sparket i glasset i døra så det sprakk.",
                "Ville ha svar med ein gong, slo i skranken og sparka i glaset i døra så det sprakk.",
            ),
        ),
    ),
    (
        BLOW_DAYS,
        "reception",
        Episode(
            ("reception",), (Nature.BLOW_OR_KICK, Nature.THREAT_TO_EMPLOYEE), (5,), 4, 0,
            Words(
                "Kom bak skranken og slo meg i hodet én gang. Jeg falt. Kollegaen slo alarm, og vekteren "
                "kom etter et minutt. Legevakta mener det er hjernerystelse.",
                "Kom bak skranken og slo meg i hovudet éin gong. Eg fall. Kollegaen slo alarm, og vektaren "
                "kom etter eit minutt. Legevakta meiner det er hjernerysting.",
            ),
        ),
    ),
)  # fmt: skip


def events_of_story(cast: Sequence[Actor], exposed_id: int, *, seed: int, anchor: date) -> Iterator[Event]:
    """The three, each reported within the hour and met at once."""
    chance = random.Random(f"{seed} story")
    exposed = next(actor for actor in cast if actor.id == exposed_id)
    for days, form, episode in _MONTH:
        happened_at = at(workday_before(anchor, days), 10 * 60 + 40)
        reported_at = happened_at + timedelta(minutes=25)
        yield Event(
            id=id_at(reported_at, chance),
            actor=exposed,
            reporter=exposed,
            episode=episode,
            form=form,
            happened_at=happened_at,
            reported_at=reported_at,
            check_id=None,
            is_met_at_once=True,
        )
