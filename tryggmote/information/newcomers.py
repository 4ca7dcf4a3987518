"""Those who begin to meet clients in a form are told of what stands about it (3.0)."""

from tryggmote.access.context import acting_as_job
from tryggmote.information.queries import newcomers_not_told
from tryggmote.information.services import tell_of


def tell_newcomers() -> int:
    """Tell each of those who have not been told, in one transaction. Returns how many were told.

    Running it again tells nobody twice: whoever has a notice of it has been told.
    """
    with acting_as_job():
        waiting = newcomers_not_told()
        for newcomers in waiting:
            tell_of(newcomers.item, newcomers.person_ids)
    return sum(len(newcomers.person_ids) for newcomers in waiting)
