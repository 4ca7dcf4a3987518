"""An office, and checks made in it by the product's own acts."""

from collections.abc import Callable
from typing import Any

import pytest

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.encounters import question_sets, services
from tryggmote.encounters.models import Check
from tryggmote.encounters.services import CheckDraft
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office


@pytest.fixture
def office(db: None) -> Office:
    """One complete office."""
    return make_office()


def calm_answers(form: str = "planned", **changes: str) -> dict[str, str]:
    """The answers without points, but for `changes`."""
    questions = question_sets.current().questions_for(form)
    return {q.code: min(q.answers, key=lambda answer: answer.points).code for q in questions} | changes


@pytest.fixture
def checked() -> Callable[..., Check]:
    """Makes a check as somebody: `checked(person, signs="strong")`."""

    def make(
        person: Person, *, form: str = "planned", draft: dict[str, Any] | None = None, **changes: str
    ) -> Check:
        fields = {"id": new_id(), "form": form, "answers": calm_answers(form, **changes), **(draft or {})}
        with acting_as(person.id) as by:
            check = services.make_check(by=by, draft=CheckDraft(**fields))
        return Check.objects.get(id=check.id)

    return make
