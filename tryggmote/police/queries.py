"""What is read of police reports. The database decides which; nothing here asks who is looking."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from tryggmote.incidents.models import Incident, Step
from tryggmote.police.models import Account, PoliceAct
from tryggmote.police.services import STEP
from tryggmote.police.vocabulary import ENDINGS, Deed


@dataclass(frozen=True)
class Matter:
    """Everything decided, sent and heard about one incident, oldest first, and the account as it stands."""

    incident: Incident
    acts: list[PoliceAct]
    account: Account | None
    step: Step | None

    @property
    def latest(self) -> PoliceAct | None:
        return self.acts[-1] if self.acts else None

    @property
    def state(self) -> Deed | None:
        return self.latest.state if self.latest else None

    @property
    def filed(self) -> PoliceAct | None:
        """When and how it was sent to the police."""
        return next((act for act in self.acts if act.deed == Deed.FILED), None)

    @property
    def case_number(self) -> str:
        """The police's number, as last told."""
        return next((act.case_number for act in reversed(self.acts) if act.case_number), "")


def incident_in_full(incident_id: UUID) -> QuerySet[Incident]:
    """The one incident with the people, the unit and the employer named."""
    return Incident.objects.filter(id=incident_id).select_related(
        "reporter", "exposed", "workforce__unit", "workforce__employer"
    )


def matter_of(incident: Incident) -> Matter:
    """The matter of one incident; three queries."""
    return Matter(
        incident=incident,
        acts=list(PoliceAct.objects.filter(incident=incident).select_related("by").order_by("at", "id")),
        account=latest_account(incident),
        step=Step.objects.filter(
            incident=incident, code=STEP, workforce_id=incident.workforce_id, done_at=None
        ).first(),
    )


def latest_account(incident: Incident) -> Account | None:
    """The account as it stands, with who wrote it."""
    return Account.objects.filter(incident=incident).select_related("by").order_by("-at", "-id").first()


def matters(*, is_open: bool = False) -> QuerySet[PoliceAct]:
    """Where each matter one sees stands, the latest first."""
    found = PoliceAct.objects.filter(is_latest=True).select_related("incident__workforce__unit")
    if is_open:
        found = found.exclude(deed__in=[*ENDINGS, Deed.NOT_REPORT])
    return found.defer("note", "incident__what_happened").order_by("-at", "-id")
