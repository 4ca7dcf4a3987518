"""Short ways to say what tests of incidents need."""

from datetime import datetime
from typing import Any

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.incidents.models import Incident
from tryggmote.incidents.services import IncidentReport, open_incident, report_incident
from tryggmote.incidents.vocabulary import Nature
from tryggmote.organisation.models import Person


def a_report(**answers: Any) -> IncidentReport:
    """A report with the three answers that are asked for."""
    return IncidentReport(
        **{"id": new_id(), "natures": (Nature.VERBAL_ABUSE,), "form": "planned", "severity": 3, **answers}
    )


def reported_by(person: Person, *, at: datetime | None = None, **answers: Any) -> Incident:
    """An incident this person has reported."""
    with acting_as(person.id) as by:
        return report_incident(by=by, report=a_report(**answers), at=at)


def opened_by(person: Person, incident: Incident, *, at: datetime | None = None) -> None:
    """This person reads the incident."""
    with acting_as(person.id) as by:
        open_incident(by=by, incident=Incident.objects.get(id=incident.id), at=at)
