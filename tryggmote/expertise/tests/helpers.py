"""Acts around expert help, done by people of the story."""

from datetime import date, timedelta

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.access.tests.worlds import noon
from tryggmote.expertise import services
from tryggmote.expertise.models import ExpertAnswer, ExpertRequest
from tryggmote.expertise.services import Question
from tryggmote.expertise.vocabulary import Kind
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import assign, make_person
from tryggmote.ui.dates import oslo_today


def expert_in(unit: Unit, role: Role = Role.OCCUPATIONAL_HEALTH) -> Person:
    """Somebody who is registered as the unit's expert, and works nowhere in it."""
    person = make_person(f"Rådgiver {role.value}")
    assign(person, role, unit)
    return person


def asked_by(
    person: Person,
    unit: Unit,
    *,
    kind: Kind = Kind.OCCUPATIONAL_HEALTH,
    whom: str = "",
    days: int = 14,
    **about: object,
) -> ExpertRequest:
    """A question that wants its answer in `days` days; asked long ago when they are negative."""
    wanted_by = oslo_today() + timedelta(days=max(days, 0))
    question = Question(kind=kind, text="Er møterommet egnet?", wanted_by=wanted_by, whom=whom, **about)  # type: ignore[arg-type]
    with acting_as(person.id) as by:
        made = services.ask(by=by, request_id=new_id(), unit=unit, question=question)
    if days < 0:
        ExpertRequest.objects.filter(id=made.id).update(
            wanted_by=oslo_today() + timedelta(days=days), asked_at=noon(60)
        )
        made.refresh_from_db()
    return made


def answered_by(person: Person, request: ExpertRequest, on: date | None = None) -> ExpertAnswer:
    """An answer, by the expert or recorded by a leader."""
    with acting_as(person.id) as by:
        found = ExpertRequest.objects.select_related("unit", "asked_by").get(id=request.id)
        return services.answer(
            by=by, request=found, answer_id=new_id(), text="Ja, med to utganger.", answered_on=on
        )
