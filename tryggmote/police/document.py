"""The document that is handed to the police, in the form of Norwegian that the leader chooses."""

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tryggmote.exhibits.queries import Numbered
from tryggmote.police.queries import Matter

FORMS_OF_NORWEGIAN = ("nb", "nn")


def form_of_norwegian(wanted: str, language: str) -> str:
    """The one asked for, else the reader's own, else bokmål."""
    return next((form for form in (wanted, language) if form in FORMS_OF_NORWEGIAN), "nb")


def drawn(matter: Matter, exhibits: list[Numbered], form: str, leader: str) -> str:
    """The document as HTML. `leader`: the name of the one who makes it, for the employer."""
    with translation.override(form):
        return render_to_string(
            "police/document_body.html",
            {
                "matter": matter,
                "incident": matter.incident,
                "account": matter.account,
                "exhibits": exhibits,
                "facts": _facts(matter),
                "leader": leader,
                "today": timezone.localdate(),
            },
        )


def _facts(matter: Matter) -> list[tuple[str, object]]:
    incident, account = matter.incident, matter.account
    where = ", ".join(filter(None, [incident.form_word, incident.place]))
    facts: list[tuple[str, object]] = [
        (_("Anmelder"), incident.workforce.employer.name),
        (_("Arbeidssted"), incident.workforce.unit.name),
        (_("Den som ble utsatt"), incident.exposed.name if incident.exposed else _("Ingen enkeltperson")),
        (_("Hva"), ", ".join(incident.nature_words)),
        (_("Når"), date_format(timezone.localtime(incident.happened_at), r"d.m.Y \k\l. H.i")),
        (_("Hvor"), where),
    ]
    if account:
        facts.append((_("Hvordan"), account.get_channel_display()))
    return facts
