"""What "Now" says first: a greeting for the time of day, the day, and how much waits."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def greeting(name: str, now: datetime) -> str:
    """A greeting by first name: for the morning until ten, for the evening from six. `now` is local time."""
    first_name = name.split()[0] if name.split() else name
    if 5 <= now.hour < 10:
        words = _("God morgen, %(name)s")
    elif now.hour >= 18:
        words = _("God kveld, %(name)s")
    else:
        words = _("Hei, %(name)s")
    return words % {"name": first_name}


def day_of(now: datetime) -> str:
    """The day in words: "Mandag 23. november". `now` is local time."""
    return capfirst(f"{date_format(now, 'l')} {date_format(now, 'MONTH_DAY_FORMAT')}")


def summary(*, waiting: int, overdue: int) -> str:
    """How many things wait, and how many of them are overdue, in one or two sentences."""
    if not waiting:
        return _("Ingenting venter på deg.")
    words = [
        ngettext("Én ting venter på deg.", "%(count)d ting venter på deg.", waiting) % {"count": waiting}
    ]
    if overdue:
        words.append(
            ngettext("Én er over fristen.", "%(count)d er over fristen.", overdue) % {"count": overdue}
        )
    return " ".join(words)
