"""What the pages have in common: which unit, which person (4.1)."""

from django.http import Http404

from tryggmote.access.requests import PersonRequest
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.standing import Standing, standing_in
from tryggmote.training.queries import is_led_by_me


def unit_or_404(unit_id: int) -> tuple[Unit, Standing]:
    """The unit and what one is to it. Raises: Http404 for those who may not read its documents."""
    standing, unit = standing_in(unit_id), Unit.objects.filter(id=unit_id).first()
    if unit is None or not standing.sees:
        raise Http404
    return unit, standing


def led_person_or_404(person_id: int) -> Person:
    """Raises: Http404 for others than those who lead the person."""
    person = Person.objects.filter(id=person_id).first()
    if person is None or not is_led_by_me(person_id):
        raise Http404
    return person


def own_unit_id(request: PersonRequest) -> int | None:
    """The unit whose pages are shown; None for one who belongs nowhere."""
    return request.person.unit.id if request.person.unit else None
