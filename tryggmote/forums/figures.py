"""What a meeting is told of incidents: counted and without text, names or days (`policies_incidents.sql`)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tryggmote.forums.models import Meeting
from tryggmote.incidents.levels import level as level_of
from tryggmote.incidents.vocabulary import Nature
from tryggmote.organisation.meeting_forms import MeetingForm


@dataclass(frozen=True)
class IncidentLine:
    """One incident as a forum is told of it."""

    month: str
    natures: str
    form: str
    level: str
    is_handled: bool


@dataclass(frozen=True)
class Incidents:
    """The incidents of a meeting's period. `total`: None where too few are behind them to be told."""

    total: int | None
    waiting: int
    groups: list[tuple[str, list[tuple[str, int]]]]
    lines: list[IncidentLine]

    @property
    def says(self) -> str:
        """How many, in a sentence."""
        if self.total is None:
            return _(
                "Færre enn fem ansatte har meldt noe i perioden. Da vises ikke tall, så ingen blir gjenkjent."
            )
        if not self.total:
            return _("Ingen hendelser er meldt i perioden.")
        return _("%(total)s hendelser er meldt i perioden. %(waiting)s er ikke ferdig behandlet.") % {
            "total": self.total,
            "waiting": self.waiting,
        }


def incidents_of(meeting: Meeting) -> Incidents:
    """What the meeting may know; two queries. Nothing at all for those who are not at the table."""
    counted: dict[str, dict[str, int | None]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute("select what, code, n from app.forum_incidents(%s)", [meeting.id])
        for what, code, n in cursor.fetchall():
            counted[what][code] = n
        cursor.execute(
            "select month, natures, form, level, is_handled from app.forum_incident_lines(%s)", [meeting.id]
        )
        lines = [_line(*row) for row in cursor.fetchall()]
    titles = {"natures": _("Hva det var"), "forms": _("Møteform"), "levels": _("Alvor")}
    return Incidents(
        total=counted["all"].get("", 0),
        waiting=counted["waiting"].get("") or 0,
        groups=[
            (title, [(_word(what, code), n) for code, n in sorted(counted[what].items()) if n])
            for what, title in titles.items()
            if counted[what]
        ],
        lines=lines,
    )


def _line(month: date, natures: list[str], form: str, level: int | None, is_handled: bool) -> IncidentLine:
    return IncidentLine(
        month=date_format(month, "YEAR_MONTH_FORMAT"),
        natures=", ".join(_word("natures", nature) for nature in natures),
        form=_word("forms", form),
        level=_word("levels", "-" if level is None else str(level)),
        is_handled=is_handled,
    )


def _word(what: str, code: str) -> str:
    if what == "levels":
        return _("Ikke vurdert") if code == "-" else f"{code} – {level_of(int(code)).word}"
    words = Nature if what == "natures" else MeetingForm
    return str(words(code).label) if code in words.values else code
