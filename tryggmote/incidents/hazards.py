"""What incidents bring to risk assessment: each a hazard, and serious ones an assessment opened again (2.1).

Only words of our own go there, in bokmål, since the inbox is the whole unit's; what somebody wrote stays in
the incident.
"""

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy, override

from tryggmote.incidents.models import AssessedLevel, Incident
from tryggmote.incidents.rules import REOPENS_FROM_LEVEL
from tryggmote.risk.inbox import raise_from
from tryggmote.risk.reopening import reopen_for_incident
from tryggmote.risk.sources import SourcePage
from tryggmote.risk.vocabulary import Source


def raise_from_incident(incident: Incident, *, unit_id: int) -> None:
    """What happened once is a hazard: it can happen again."""
    raise_from(
        source=Source.INCIDENT,
        source_id=incident.id,
        unit_id=unit_id,
        raised_by_id=incident.reporter_id,
        what=words_of(incident),
        forms=[incident.form],
        at=incident.created_at,
    )


def words_of(incident: Incident) -> str:
    """Where it happened and what it was, in the words of the report's own choices."""
    with override(settings.LANGUAGE_CODE):
        return f"{incident.form_word}: {', '.join(incident.nature_words).lower()}"


def reopen_when_serious(assessed: AssessedLevel) -> bool:
    """The first time an incident is judged serious, the assessments of where it happened are opened again.

    Returns whether any was opened now; False also when there is none to open.
    """
    incident = assessed.incident
    if assessed.level < REOPENS_FROM_LEVEL:
        return False
    serious = AssessedLevel.objects.filter(incident=incident, level__gte=REOPENS_FROM_LEVEL)
    if serious.exclude(id=assessed.id).exists():
        return False
    unit_id = incident.workforce.unit_id
    return bool(reopen_for_incident(unit_id=unit_id, form=incident.form, incident_id=incident.id))


def _address_of_incident(incident_id: UUID) -> str:
    incident = Incident.objects.filter(id=incident_id).only("id").first()
    return incident.get_absolute_url() if incident else ""


SOURCE_PAGE = SourcePage(Source.INCIDENT, gettext_lazy("Se hendelsen"), _address_of_incident)
