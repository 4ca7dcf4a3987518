"""The next meetings, on the first page of those who sit in them."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.panels import MOST_LINES, Line, Panel, PanelKind
from tryggmote.forums.queries import meetings
from tryggmote.organisation.roles import LEADS, Role
from tryggmote.ui.dates import when


def _coming(person: SignedInPerson) -> Panel:
    found = meetings().filter(starts_at__gt=timezone.now(), called_off_at=None)
    return Panel(
        title=_("Møter som kommer"),
        lines=[
            Line(
                meeting.kind_word,
                meeting.get_absolute_url(),
                f"{when(meeting.starts_at)}, {meeting.unit.name}",
            )
            for meeting in found[:MOST_LINES]
        ],
        nothing=_("Ingen møter er planlagt."),
        more=_("Alle møter og utvalg"),
        url=reverse("forums:home"),
    )


COMING = PanelKind(
    "forums.coming",
    frozenset(
        {
            *LEADS,
            *(Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE),
            *(Role.UNION_REPRESENTATIVE, Role.COMMITTEE_MEMBER),
            *(Role.OCCUPATIONAL_HEALTH, Role.COUNTY_SECURITY_COORDINATOR),
        }
    ),
    50,
    _coming,
)
