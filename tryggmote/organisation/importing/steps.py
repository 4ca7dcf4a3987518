"""An import from beginning to end: what it would do, and doing it, in the caller's transaction and name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tryggmote.access.errors import NotPossible
from tryggmote.organisation.importing import tables
from tryggmote.organisation.importing.applying import apply
from tryggmote.organisation.importing.checking import Known, check
from tryggmote.organisation.importing.difference import Difference, difference, reorganised
from tryggmote.organisation.importing.reading import Pages
from tryggmote.organisation.importing.summary import TableSummary, summary, tables_that_end_too_much
from tryggmote.organisation.importing.tables import Present, Wishes, present
from tryggmote.organisation.importing.wishes import wishes_of
from tryggmote.organisation.models import RoleAssignment, Unit
from tryggmote.organisation.queries import current
from tryggmote.organisation.reorganising import tell_reorganised
from tryggmote.organisation.roles import Role
from tryggmote.ui.dates import oslo_today


@dataclass(frozen=True)
class Proposal:
    """What a file would change."""

    difference: Difference
    present: Present
    wishes: Wishes

    @property
    def changes_nothing(self) -> bool:
        return self.difference.size == 0

    @property
    def ends_too_many(self) -> str:
        """Which tables end more than 20 % of what they hold, in words; empty when none does."""
        return tables_that_end_too_much(self.difference.ends_too_many)

    def summary(self) -> list[TableSummary]:
        """The difference in words."""
        return summary(self.difference, self.present, self.wishes)


def propose(pages: Pages) -> Proposal:
    """Compare a file with the database; seven queries, nothing is changed.

    Two imports never run at once: the second waits here until the first one's transaction has ended.
    Raises BadFile with everything that is wrong.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('tryggmote.organisation.importing'))")
    held = present()
    known = Known(
        units={str(row.key[0]): row.values["kind"] for row in held[tables.UNITS.name]},
        areas=frozenset(str(row.key[0]) for row in held[tables.AREAS.name]),
        people=frozenset(str(row.key[0]) for row in held[tables.PEOPLE.name]),
    )
    wishes = wishes_of(check(pages, known))
    return Proposal(difference(held, wishes, oslo_today()), held, wishes)


def carry_out(
    proposal: Proposal, *, may_end_many: bool = False, written: Callable[[int], None] = lambda rows: None
) -> None:
    """Make the database say what the file says. `written` is told of rows as they are written.

    Raises NotPossible, with nothing changed, when more than 20 % of a table would end and `may_end_many`
    is not given: half a file is likelier than half an organisation. And, whatever is given, when nobody would
    be left who can put it right from the pages.
    """
    if proposal.ends_too_many and not may_end_many:
        raise NotPossible(
            _("Importen ville avsluttet mer enn 20 prosent (%(tables)s). Er filen hel? Ingenting er endret.")
            % {"tables": proposal.ends_too_many}
        )
    had_administrator = _has_administrator()
    with transaction.atomic():
        apply(proposal.difference, proposal.present, written)
        _tell_of_moves(proposal)
        if had_administrator and not _has_administrator():
            raise NotPossible(
                _(
                    "Etter denne importen ville ingen vært systemadministrator. Ingenting er endret. "
                    "Gi noen rollen i arket for roller, og prøv igjen."
                )
            )


def _tell_of_moves(proposal: Proposal) -> None:
    if codes := reorganised(proposal.difference, proposal.present):
        tell_reorganised(list(Unit.objects.filter(code__in=codes).values_list("id", flat=True)))


def _has_administrator() -> bool:
    """Whether somebody is one from tomorrow on: those whom a file leaves out stay to the end of today."""
    today = oslo_today()
    stays = Q(person__ended_on=None) | Q(person__ended_on__gt=today)
    held = current(today + timedelta(days=1))
    return RoleAssignment.objects.filter(held, stays, role=Role.ADMINISTRATOR).exists()
