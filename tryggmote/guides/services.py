"""What changes about the guides."""

from collections.abc import Collection

from tryggmote.access.context import SignedInPerson
from tryggmote.guides import rules
from tryggmote.guides.models import PutAway


def put_away(*, by: SignedInPerson, codes: Collection[str]) -> None:
    """Show these guides no more on "Now". Leaves out those that are not the person's; again does nothing."""
    PutAway.objects.bulk_create(
        [PutAway(person_id=by.id, guide=guide.code) for guide in rules.guides_for(by) if guide.code in codes],
        ignore_conflicts=True,
    )
