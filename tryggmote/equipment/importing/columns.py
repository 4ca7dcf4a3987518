"""The sheet of equipment and its columns, by the names people may use."""

from functools import cache

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tryggmote.catalogue.text import LANGUAGES
from tryggmote.equipment.models import NAME_LIMIT, PLACE_LIMIT
from tryggmote.equipment.rule_sets import rules_in_force
from tryggmote.organisation.importing.columns import Column, Kind, Sheet, plain


def _types() -> dict[str, str]:
    """Each type by its code, and by its name in every language."""
    found = {}
    for type_ in rules_in_force().types:
        found[plain(type_.code)] = type_.code
        for language in LANGUAGES:
            with translation.override(language):
                found[plain(str(type_.name))] = type_.code
    return found


@cache
def sheet() -> Sheet:
    """What we read. The first name of a column is the one on the template."""
    return Sheet(
        "equipment",
        ("utstyr", "equipment"),
        (
            Column(
                "name", ("navn", "name"), _("Hva dere kaller det."), "Alarmknapp under pulten",
                is_required=True, max_length=NAME_LIMIT,
            ),
            Column(
                "type", ("type", "kind"), _("Slik typen heter i Tryggmøte, for eksempel «Fast alarmknapp»."),
                "Fast alarmknapp", Kind.CHOICE, is_required=True, choices=_types(),
            ),
            Column("building", ("bygg", "building"), _("Når to bygg har rom med samme navn."), ""),
            Column("zone", ("sone", "zone"), _("Når det gjelder en hel sone."), ""),
            Column("room", ("rom", "room"), _("Slik rommet heter under «Lokaler»."), "Rom 3"),
            Column(
                "place", ("sted", "place"), _("Nærmere om stedet, eller hvor det ellers er."),
                "Under pulten", max_length=PLACE_LIMIT,
            ),
            Column(
                "supplier", ("leverandør", "supplier"), _("Hvem dere har det fra."), "", max_length=NAME_LIMIT
            ),
            Column("serial", ("serienummer", "serial"), _("Står på utstyret."), "", max_length=NAME_LIMIT),
            Column(
                "interval", ("måneder mellom tester", "interval", "intervall"),
                _("Et tall fra 1 til 60. Tomt: det som er vanlig for typen."), "3",
            ),
            Column(
                "in_use_from", ("tatt i bruk", "in use from"), _("Tomt: i dag."), "2026-01-15", Kind.DATE
            ),
        ),
    )  # fmt: skip
