"""What is read of evidence. The database decides which; nothing here asks who is looking."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from tryggmote.exhibits.models import CustodyAct, Exhibit
from tryggmote.exhibits.vocabulary import Deed
from tryggmote.incidents.models import Incident


@dataclass(frozen=True)
class Numbered:
    """An exhibit with the number it has in its incident, and the chain of who has had it, oldest first."""

    number: int
    exhibit: Exhibit
    chain: list[CustodyAct]

    @property
    def removal(self) -> CustodyAct | None:
        """Who removed the content, and why."""
        return removal_in(self.chain)

    @property
    def hand_overs(self) -> list[CustodyAct]:
        return [act for act in self.chain if act.deed == Deed.HANDED_OVER]


def removal_in(chain: list[CustodyAct]) -> CustodyAct | None:
    """Who removed the content, and why; None while it is there, and when it was deleted after its time."""
    return next((act for act in chain if act.deed == Deed.REMOVED), None)


def incident_of(incident_id: UUID) -> QuerySet[Incident]:
    """The incident with its unit named."""
    return Incident.objects.filter(id=incident_id).select_related("workforce__unit", "workforce__employer")


def exhibits_of(incident: Incident) -> list[Numbered]:
    """The evidence of one incident in the order in which it was added, with its chains; two queries."""
    exhibits = list(
        Exhibit.objects.filter(incident=incident)
        .defer("sealed_key")
        .select_related("added_by")
        .order_by("added_at", "id")
    )
    chains: dict[UUID, list[CustodyAct]] = {exhibit.id: [] for exhibit in exhibits}
    acts = CustodyAct.objects.filter(exhibit__in=chains).select_related("by").order_by("at", "id")
    for act in acts:
        chains[act.exhibit_id].append(act)
    return [Numbered(number, exhibit, chains[exhibit.id]) for number, exhibit in enumerate(exhibits, start=1)]


def exhibit_in_full(exhibit_id: UUID) -> QuerySet[Exhibit]:
    """The one exhibit with its incident; the incident of one whose adder does not see it any more is None."""
    return Exhibit.objects.filter(id=exhibit_id).select_related("added_by")


def chain_of(exhibit: Exhibit) -> list[CustodyAct]:
    """Who has had it and when, oldest first."""
    return list(CustodyAct.objects.filter(exhibit=exhibit).select_related("by").order_by("at", "id"))
