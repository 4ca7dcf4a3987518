"""Who may do what with evidence, and what is too much. No database, no request."""

from tryggmote.access.context import SignedInPerson
from tryggmote.exhibits.limits import MB, Limits
from tryggmote.exhibits.vocabulary import Kind
from tryggmote.incidents.rules import Involving, may_handle


def may_remove(person: SignedInPerson, incident: Involving) -> bool:
    """Whether `person` may remove the content of evidence: a leader in whose own case it is not.

    The same rule stands behind it in the database (`write_in_own_name` in `policies.sql`).
    """
    return may_handle(person, incident)


def is_too_large(kind: Kind, size: int, limits: Limits) -> bool:
    """Whether a file of `size` bytes is more than is taken of its kind."""
    return size > limits.kinds[kind].largest_mb * MB


def is_full(count: int, total: int, size: int, limits: Limits) -> bool:
    """Whether an incident with `count` files of `total` bytes has no room for one more of `size` bytes."""
    return count >= limits.files_per_incident or total + size > limits.total
