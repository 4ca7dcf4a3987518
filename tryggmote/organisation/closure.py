"""Keeping the closure of units in step with their parents."""

from django.db import connection
from django.utils.translation import gettext as _

from tryggmote.access.errors import NotPossible

REBUILD = """
with recursive above as (
  select id as ancestor_id, id as descendant_id, 0 as depth from organisation_unit
  union
  select p.parent_id, a.descendant_id, a.depth + 1
  from above a join organisation_unitparent p on p.child_id = a.ancestor_id
  where a.depth < 20
)
insert into organisation_unitclosure (ancestor_id, descendant_id, depth)
select ancestor_id, descendant_id, min(depth) from above group by 1, 2
"""


def rebuild_closure() -> None:
    """Work out anew which units stand above which. Call after `UnitParent` has changed.

    Raises NotPossible when the units go round in a ring.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "with recursive up as (select child_id, parent_id, 1 as depth from organisation_unitparent "
            "union select up.child_id, p.parent_id, up.depth + 1 from up "
            "join organisation_unitparent p on p.child_id = up.parent_id where up.depth < 20) "
            "select exists (select 1 from up where child_id = parent_id)"
        )
        if cursor.fetchone()[0]:
            raise NotPossible(_("Enhetene går i ring: en enhet ligger under seg selv."))
        cursor.execute("delete from organisation_unitclosure")
        cursor.execute(REBUILD)
