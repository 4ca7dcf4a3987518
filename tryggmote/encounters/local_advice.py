"""What the unit itself has decided for a meeting form: advice after the check (requirement 2.2)."""

from dataclasses import dataclass

from tryggmote.controls.models import Measure
from tryggmote.controls.queries import established_for
from tryggmote.encounters.models import Check
from tryggmote.organisation.models import Workforce
from tryggmote.risk.models import Assessment
from tryggmote.risk.queries import in_force_for, units_covering

AT_MOST = 5  # more is not read in the half minute before a meeting


@dataclass(frozen=True)
class LocalAdvice:
    """`assessment`: the one in force for the form, or None. `measures`: the best protection first."""

    assessment: Assessment | None
    measures: list[Measure]


def local_advice(check: Check) -> LocalAdvice:
    """The unit's approved assessment and established measures for the form of a check; five queries."""
    unit_id = Workforce.objects.values_list("unit_id", flat=True).get(id=check.workforce_id)
    measures = established_for(units_covering(unit_id), check.form)
    return LocalAdvice(in_force_for(unit_id, check.form), measures[:AT_MOST])
