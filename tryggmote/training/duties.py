"""What training asks of people on "Now", in words (4.1): one's own, and that of those one leads."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tryggmote.duties.kinds import DutyKind, Owed, Wording
from tryggmote.training import elements
from tryggmote.training.vocabulary import Standing

REQUIREMENT = "4.1"


def _own(owed: Owed) -> Wording:
    """The most urgent of what is asked of oneself; the page says the rest."""
    title = _TITLES[Standing(owed.words["standing"])]()
    return Wording(
        title=title % {"name": _name(owed)},
        why=_why(owed.words["count"], is_gate=owed.words["is_gate"]),
        url=reverse("training:own"),
        action=_("Se hva som gjenstår"),
        requirement=owed.words["requirement"],
    )


def _name(owed: Owed) -> str:
    common = elements.find(owed.subject)
    return str(common.title) if common else owed.words["title"]


def _why(number: int, *, is_gate: bool) -> str:
    if is_gate:
        return _("Du kan ikke møte brukere før du har den. Lederen din kan hjelpe deg.")
    if number == 1:
        return _("Det er det eneste som gjenstår.")
    return ngettext("Og %(n)s del til.", "Og %(n)s deler til.", number - 1) % {"n": number - 1}


_TITLES = {
    Standing.MISSING: lambda: _("Ta opplæringen «%(name)s»"),
    Standing.LATE: lambda: _("Forny opplæringen «%(name)s»"),
    Standing.RUNNING_OUT: lambda: _("Forny opplæringen «%(name)s» før den går ut"),
    Standing.NEW: lambda: _("Ta opplæringen «%(name)s»"),
}


def _led(owed: Owed) -> Wording:
    number = owed.words["count"]
    title = ngettext(
        "%(n)s ansatt i %(unit)s mangler opplæring", "%(n)s ansatte i %(unit)s mangler opplæring", number
    )
    return Wording(
        title=title % {"n": number, "unit": owed.words["unit"]},
        why=_("Ingen skal møte brukere før de har lært og øvd det som kreves."),
        url=f"{reverse('training:unit', args=[owed.unit_id])}?stand=missing",
        action=_("Se hvem som mangler hva"),
    )


KINDS = (
    # The leader is asked for it as `training_unit`.
    DutyKind("training_own", REQUIREMENT, gettext_lazy("Egen opplæring"), _own, escalates=False),
    DutyKind("training_unit", REQUIREMENT, gettext_lazy("Opplæring som ansatte mangler"), _led),
)
