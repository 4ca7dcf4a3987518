"""Harm that shows later opens the plan again: reactions may come weeks or months after (§ 23A-5)."""

from tryggmote.access.context import SignedInPerson
from tryggmote.access.ids import new_id
from tryggmote.followup.models import Plan
from tryggmote.followup.services import PlanDeed, act_on_plan
from tryggmote.followup.vocabulary import PlanActKind
from tryggmote.incidents.models import Incident


def open_again(by: SignedInPerson, earlier: Incident, report: Incident) -> None:
    """Whoever tells what came later to themselves gets their closed plan opened again.

    Only the person opens it: what a colleague tells for them is a report with an offer of its own. A plan
    whose content is deleted stays so; the new report asks for a new one.
    """
    if report.exposed_id != by.id:
        return
    plan = Plan.objects.filter(
        incident=earlier, person_id=by.id, closed_at__isnull=False, forgotten_at=None
    ).first()
    if plan:
        act_on_plan(by=by, plan=plan, deed=PlanDeed(id=new_id(), kind=PlanActKind.REOPENED))
