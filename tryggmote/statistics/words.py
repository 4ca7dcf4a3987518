"""What figures say, in one sentence. A signal is something to look into; it is neither good nor bad."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggmote.statistics.charts import Chart, Point, Signal


def sentence_of(chart: Chart, months: Sequence[date]) -> str:
    """The latest signal, or that there is none lately."""
    if chart.latest is None and chart.has_signals:
        return _("Ingen signal det siste halvåret: svingningene er som ventet.")
    if chart.latest is None:
        return _("Ingen signal: svingningene er som ventet.")
    signal, place = chart.latest
    is_above = chart.points[place].is_above
    if signal is Signal.RUN:
        began = chart.run_began(place)
        return _since(is_above, _month(months[began]), place - began + 1)
    month = _month(months[place])
    if signal is Signal.BEYOND:
        more = _("Uvanlig mange i %(month)s: mer enn tilfeldige svingninger skulle gi.")
        fewer = _("Uvanlig få i %(month)s: færre enn tilfeldige svingninger skulle gi.")
        return (more if is_above else fewer) % {"month": month}
    more = _("Flere enn ventet fram til %(month)s: to av tre måneder lå langt over midten.")
    fewer = _("Færre enn ventet fram til %(month)s: to av tre måneder lå langt under midten.")
    return (more if is_above else fewer) % {"month": month}


def reason_of(point: Point) -> str:
    """Why a point is a signal, in a few words; nothing when it is none."""
    above = {
        Signal.BEYOND: _("over grensen"),
        Signal.TWO_OF_THREE: _("to av tre langt over midten"),
        Signal.RUN: _("åtte på rad over midten"),
    }
    below = {
        Signal.BEYOND: _("under grensen"),
        Signal.TWO_OF_THREE: _("to av tre langt under midten"),
        Signal.RUN: _("åtte på rad under midten"),
    }
    return (above if point.is_above else below)[point.signal] if point.signal else ""


def within(seconds: int) -> str:
    """So many seconds or minutes, in words."""
    if seconds <= 60:
        return ngettext("%(n)s sekund", "%(n)s sekunder", seconds) % {"n": seconds}
    return ngettext("%(n)s minutt", "%(n)s minutter", seconds // 60) % {"n": seconds // 60}


def _since(is_above: bool, month: str, count: int) -> str:
    if is_above:
        said = ngettext(
            "Flere enn ventet siden %(month)s: %(count)s måned på rad over midten.",
            "Flere enn ventet siden %(month)s: %(count)s måneder på rad over midten.",
            count,
        )
    else:
        said = ngettext(
            "Færre enn ventet siden %(month)s: %(count)s måned på rad under midten.",
            "Færre enn ventet siden %(month)s: %(count)s måneder på rad under midten.",
            count,
        )
    return said % {"month": month, "count": count}


def _month(first: date) -> str:
    return date_format(first, "F Y").lower()
