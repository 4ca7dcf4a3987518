"""Incidents in the search: by where and in which meeting form, never by what was written (ADR 0049)."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tryggmote.access.context import SignedInPerson
from tryggmote.incidents.queries import incidents
from tryggmote.search.asked import Asked
from tryggmote.search.registry import Hit, Shelf
from tryggmote.ui.dates import OSLO, day, when

LATEST = 100
"""Looked through, of those one sees: who wants an older one has the list with its filters."""


def _incidents(person: SignedInPerson, asked: Asked) -> Iterator[Hit]:
    seen = incidents().only("id", "place", "form", "happened_at")[:LATEST]
    for incident in seen:
        happened = incident.happened_at.astimezone(OSLO)
        days = (day(happened), date_format(happened, "DATE_FORMAT"), f"{happened:%d.%m.%Y}")
        if asked.is_in(incident.place, incident.form_word, *days):
            yield Hit(f"{incident.form_word}, {when(happened)}", incident.place, incident.get_absolute_url())


INCIDENTS = Shelf("hendelse", _("Hendelser"), "ExclamationmarkTriangleIcon", 25, _incidents)
