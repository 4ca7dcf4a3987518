"""Texts to check, copy and send: the written confirmation (AML § 5-2) and what the injury report asks for.

Made in bokmål or nynorsk, whatever language the page is in: they go to Norwegian authorities.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from tryggmote.incidents.models import Incident
from tryggmote.statutory.models import Injury, NoticeAct
from tryggmote.statutory.vocabulary import NoticeStep
from tryggmote.ui.dates import OSLO, clock

WRITTEN_IN = {"nb": "Bokmål", "nn": "Nynorsk"}
"""The two written languages, each with its own name."""


def confirmation_text(
    incident: Incident,
    *,
    sender: str,
    injuries: Iterable[Injury],
    acts: Mapping[str, NoticeAct],
    language: str,
) -> str:
    """The written confirmation of notice, of what is known. No client is named, and no diagnosis."""
    with override(language if language in WRITTEN_IN else "nb"):
        lines = [
            _("Skriftlig bekreftelse av varsel etter arbeidsmiljøloven § 5-2"),
            "",
            *(f"{label}: {value}" for label, value in _known(incident, injuries) if value),
            "",
            _called(acts.get(NoticeStep.INSPECTORATE_CALLED), _("Arbeidstilsynet")),
            _called(acts.get(NoticeStep.POLICE_CALLED), _("Politiet")),
            "",
            _("Kopi: verneombudet"),
            "",
            _("Sendt for arbeidsgiveren av %(name)s") % {"name": sender},
        ]
    return "\n".join(lines)


def _known(incident: Incident, injuries: Iterable[Injury]) -> Iterable[tuple[str, str]]:
    yield _("Arbeidsgiver"), incident.workforce.employer.name
    yield _("Arbeidssted"), incident.workforce.unit.name
    yield _("Hvem det gjelder"), incident.exposed.name if incident.exposed else incident.reporter.name
    yield _("Når det skjedde"), _moment(incident.happened_at)
    yield _("Hvor det skjedde"), ", ".join(filter(None, [str(incident.get_form_display()), incident.place]))
    yield _("Hva som skjedde"), ", ".join(incident.nature_words)
    yield _("Skade"), "; ".join(injury.kind_words for injury in injuries)


def _called(act: NoticeAct | None, authority: str) -> str:
    if act is None:
        return _("%(authority)s: ikke varslet på telefon ennå") % {"authority": authority}
    said = _("%(authority)s: varslet på telefon %(moment)s av %(name)s") % {
        "authority": authority,
        "moment": _moment(act.done_at),
        "name": act.done_by.name,
    }
    return f"{said} ({act.reference})" if act.reference else said


def _moment(moment: datetime) -> str:
    """Day and time in full: "i dag" means nothing in a letter."""
    day = date_format(moment.astimezone(OSLO).date(), "DATE_FORMAT")
    return _("%(day)s kl. %(time)s") % {"day": day, "time": clock(moment)}


def report_text(injury: Injury, incident: Incident) -> str:
    """What Nav's electronic form asks for and we know, in nynorsk to those who use that, else in bokmål."""
    language = get_language() or "nb"
    with override(language if language in WRITTEN_IN else "nb"):
        return "\n".join(f"{label}: {value}" for label, value in _report_facts(injury, incident) if value)


def _report_facts(injury: Injury, incident: Incident) -> Iterable[tuple[str, str]]:
    yield _("Den skadede"), injury.injured.name
    yield _("Arbeidsgiver"), injury.workforce.employer.name
    yield _("Arbeidssted"), injury.workforce.unit.name
    yield _("Når"), _moment(incident.happened_at)
    yield _("Sted"), incident.place
    yield _("Utenfor arbeidstiden"), _("Ja") if incident.outside_work else _("Nei")
    yield _("Hva slags skade"), injury.kind_words
    yield _("Årsak"), injury.cause_words
    yield _("Situasjon"), str(injury.get_form_display())
    yield _("Fravær"), str(injury.get_absence_display())
