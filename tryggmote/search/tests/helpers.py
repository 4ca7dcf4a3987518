"""Looking for something as somebody."""

from tryggmote.access.context import acting_as
from tryggmote.organisation.models import Person
from tryggmote.search.asked import Asked
from tryggmote.search.queries import Found, find


def found_by(person: Person, typed: str, kind: str) -> list[str]:
    """Titles of what the person finds of one kind."""
    groups = all_found_by(person, typed).groups
    return [str(hit.title) for group in groups if group.kind == kind for hit in group.hits]


def all_found_by(person: Person, typed: str) -> Found:
    with acting_as(person.id) as by:
        return find(by, Asked.of(typed))
