"""Signs that less is reported than happens, as something to talk about. Never who, and no order of units.

Source: most of what happens is never reported (the product's description of the domain, 3.6 no. 4). ADR 0056.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Talk:
    """A unit with what there is to talk about there."""

    unit_id: int
    unit: str
    signs: list[str] = field(default_factory=list)


def talks() -> list[Talk]:
    """Units one leads, represents or stands above in which there are signs, by name; one query."""
    found: dict[int, Talk] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select s.unit_id, s.name, s.sign, s.n, s.usual, s.since from app.signs_of_silence() s "
            "join organisation_unit u on u.id = s.unit_id order by u.sort_key, u.id, s.sign"
        )
        for unit_id, name, sign, n, usual, since in cursor.fetchall():
            found.setdefault(unit_id, Talk(unit_id, name)).signs.append(
                _words_to_others(sign, usual, since) if n is None else _words_to_leaders(sign, n, usual)
            )
    return list(found.values())


def _words_to_others(sign: str, usual: int | None, half: date) -> str:
    said = {
        "silence": _(
            "Ingenting ble meldt i %(half)s. "
            "Der like mange møter brukere, er det vanlig med rundt %(usual)s meldinger."
        ),
        "calls": _("I %(half)s ble hjelp tilkalt fem ganger eller flere uten at noe er meldt."),
        "stops": _("I %(half)s ble fem møter eller flere stanset uten at noe er meldt."),
    }
    return said[sign] % {"half": _half(half), "usual": usual}


def _half(first: date) -> str:
    said = _("første halvår %(year)s") if first.month == 1 else _("andre halvår %(year)s")
    return said % {"year": first.year}


def _words_to_leaders(sign: str, n: int, usual: int | None) -> str:
    if sign == "silence":
        return _(
            "Ingenting er meldt på et halvt år. "
            "Der like mange møter brukere, er det vanlig med rundt %(usual)s meldinger."
        ) % {"usual": usual}
    said = {
        "calls": ngettext(
            "Hjelp ble tilkalt %(n)s gang uten at noe er meldt.",
            "Hjelp ble tilkalt %(n)s ganger uten at noe er meldt.",
            n,
        ),
        "stops": ngettext(
            "%(n)s møte ble stanset uten at noe er meldt.",
            "%(n)s møter ble stanset uten at noe er meldt.",
            n,
        ),
        "outcomes": ngettext(
            "Etter %(n)s sjekket møte skjedde det noe som ikke er meldt.",
            "Etter %(n)s sjekkede møter skjedde det noe som ikke er meldt.",
            n,
        ),
    }
    return said[sign] % {"n": n}
