"""The fictional people, as those who try the demo choose among them."""

from dataclasses import dataclass

from django.db import connection
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tryggmote.access.sign_in_choices import Choice
from tryggmote.demo.population import EXTERNAL_ID
from tryggmote.organisation.roles import Role

FEATURED: dict[str, str | Promise] = {
    "fjordvik-mottak-stat-1": _("Har møter i dag, sjekker før hvert av dem, og melder når noe skjer."),
    "fjordvik-mottak-fjordvik-1": _("Ansatt i kommunen, ledes daglig av staten: to ledere får meldingene."),
    "fjordvik-arbeid-stat-12": _("Ny i jobben: ser hva som må være på plass før det første møtet."),
    "fjordvik-mottak-leder": _("Må lese, svare og avgjøre: hendelser, høy risiko, stans og bekymringer."),
    "fjordvik-nav-leder-stat": _("Leder de statlig ansatte, og er neste leder når noe blir liggende."),
    "fjordvik-arbeid-stat-1": _("Ser hver hendelse i verneområdet, og om noen har lest og svart."),
    "skjaergard-3": _("Et lite kontor der alle kjenner alle. Sidene er på nynorsk."),
    "kontaktsenter-telefon-stat-1": _("Møter folk bare på telefon og i chat. Sidene er på engelsk."),
    "fylkesdirektor": _("Ser det som er alvorlig eller er sendt videre, på statens linje i hele fylket."),
    "administrator": _("Holder orden på personer og enheter. Ser aldri innholdet i en hendelse."),
}
"""What the people shown first meet when they sign in, by key in the plan of the county."""


@dataclass(frozen=True)
class _Row:
    """One row of `app.demo_people()`."""

    id: int
    key: str
    name: str
    roles: list[str]
    title: str
    unit: str
    unit_order: str


def people_to_sign_in_as() -> list[Choice]:
    """The featured people in their order; none where the demo is not loaded. One query, asked by anybody."""
    return sorted((choice for choice in everybody() if choice.rank), key=lambda choice: choice.rank)


def introduction() -> str:
    """Whom to sign in as, as lines for a terminal in the language in force."""
    people = people_to_sign_in_as()
    width = max((len(choice.name) for choice in people), default=0)
    lines = [f"  {choice.name:{width}}  {choice.role} – {choice.unit}" for choice in people]
    return "\n".join([gettext("Alt her er oppdiktet. Logg inn som for eksempel:"), *lines])


def everybody() -> list[Choice]:
    """All in the county by unit and name; those with a `rank` are shown first.

    One query that needs nobody to be signed in; empty in a database that does not hold the demo.
    """
    rank = {EXTERNAL_ID.format(key=key): number for number, key in enumerate(FEATURED, start=1)}
    sees = {EXTERNAL_ID.format(key=key): str(text) for key, text in FEATURED.items()}
    return [
        Choice(row.id, row.name, _words(row), row.unit, sees.get(row.key, ""), rank.get(row.key, 0))
        for row in sorted(_rows(), key=lambda row: row.unit_order)
    ]


def _rows() -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute("select id, key, name, roles, title, unit, unit_order from app.demo_people()")
        return [_Row(*row) for row in cursor.fetchall()]


def _words(row: _Row) -> str:
    """The title, and what the person is besides; a title that only repeats a role is left to the role."""
    leads = {Role.LEADER, Role.OFFICE_LEADER}
    roles = [Role(role) for role in row.roles if role not in leads]
    with translation.override("nb"):
        says_it_already = {str(role.label) for role in roles}
    title = [row.title] if row.title and row.title not in says_it_already else []
    first, *others = [*title, *(str(role.label) for role in roles)] or [""]
    return ", ".join([first, *(word[0].lower() + word[1:] for word in others)])
