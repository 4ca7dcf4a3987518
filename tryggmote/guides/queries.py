"""What is read of the guides."""

from tryggmote.access.context import SignedInPerson
from tryggmote.guides import rules
from tryggmote.guides.guide import Guide
from tryggmote.guides.models import PutAway


def to_show(person: SignedInPerson) -> list[Guide]:
    """What "Now" shows: the person's guides that they have not put away. One query."""
    put_away = set(PutAway.objects.filter(person_id=person.id).values_list("guide", flat=True))
    return rules.without_repetition(rules.not_put_away(rules.guides_for(person), put_away))
