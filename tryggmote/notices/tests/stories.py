"""What happens in tests of notices."""

from uuid import UUID

from tryggmote.access.context import acting_as_job
from tryggmote.access.ids import new_id
from tryggmote.notices import services
from tryggmote.organisation.models import Person


def tell(*people: Person, kind: str = "tests.met", subject_id: UUID | None = None) -> None:
    """Each of them is told."""
    with acting_as_job():
        services.tell(
            person_ids=[person.id for person in people],
            kind=kind,
            subject_id=subject_id or new_id(),
            url="/hendelser/",
            context={"place": "Lillevik"},
        )
