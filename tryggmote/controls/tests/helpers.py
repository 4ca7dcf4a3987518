"""Short ways to say what tests of measures and procedures need."""

import io
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from PIL import Image

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.controls import procedures, services
from tryggmote.controls.models import Measure, Procedure, ProcedureVersion
from tryggmote.controls.procedure_queries import draft_of
from tryggmote.controls.procedures import ProcedureFrame, ProcedureText
from tryggmote.controls.services import MeasureDraft
from tryggmote.controls.vocabulary import Effect, MeasureKind, Rung
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.workdays import OSLO


def days_from_now(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=OSLO)


def a_draft(unit: Unit, owner: Person, **answers: Any) -> MeasureDraft:
    """A measure due in two weeks."""
    return MeasureDraft(
        **{
            "id": new_id(),
            "unit_id": unit.id,
            "title": "To utganger i samtalerom 3",
            "what": "Dør til gangen.",
            "kind": MeasureKind.DESIGN,
            "hierarchy": Rung.DESIGN,
            "forms": ("planned",),
            "owner_id": owner.id,
            "due_on": days_from_now(14),
            **answers,
        }
    )


def planned_by(
    leader: Person, unit: Unit, owner: Person, *, at: datetime | None = None, **answers: Any
) -> Measure:
    """A measure this leader has planned."""
    with acting_as(leader.id) as by:
        return services.plan_measure(by=by, draft=a_draft(unit, owner, **answers), at=at)


def established_by(person: Person, measure: Measure, *, at: datetime | None = None) -> Measure:
    with acting_as(person.id) as by:
        seen = Measure.objects.get(id=measure.id)
        services.establish(by=by, measure=seen, act_id=new_id(), at=at)
        return seen


def evaluated_by(
    person: Person, measure: Measure, effect: Effect = Effect.REDUCED, *, at: datetime | None = None
) -> Measure:
    with acting_as(person.id) as by:
        seen = Measure.objects.get(id=measure.id)
        services.evaluate(
            by=by, measure=seen, act_id=new_id(), effect=effect, words="Færre hendelser.", at=at
        )
        return seen


def a_text(text: str = "Gå ut. Ring 112.", **changes: Any) -> ProcedureText:
    """What somebody has written."""
    return ProcedureText(**{"id": new_id(), "text": text, "change_note": "", "must_be_read": True, **changes})


def a_frame(title: str = "Uro i mottaket", **changes: Any) -> ProcedureFrame:
    return ProcedureFrame(**{"title": title, "kind": "procedure", "forms": (), **changes})


def drafted_by(
    person: Person,
    unit: Unit,
    text: str = "Gå ut. Ring 112.",
    *,
    frame: ProcedureFrame | None = None,
    **changes: Any,
) -> Procedure:
    """A procedure with a first draft."""
    with acting_as(person.id) as by:
        return procedures.begin_procedure(
            by=by, unit_id=unit.id, frame=frame or a_frame(), written=a_text(text, **changes)
        )


def rewritten_by(person: Person, procedure: Procedure, text: str, **changes: Any) -> ProcedureVersion:
    """The draft with this text, whatever it was before."""
    with acting_as(person.id) as by:
        draft = draft_of(procedure)
        written = a_text(text, **{"revision": draft.revision if draft else 0, **changes})
        return procedures.save_draft(by=by, procedure=Procedure.objects.get(id=procedure.id), written=written)


def approved_by(leader: Person, procedure: Procedure, *, review_on: date | None = None) -> Procedure:
    """The draft put in force."""
    with acting_as(leader.id) as by:
        draft = draft_of(procedure)
        assert draft is not None
        procedures.approve(
            by=by,
            draft=draft,
            approval_id=new_id(),
            revision=draft.revision,
            review_on=review_on or days_from_now(300),
        )
        return Procedure.objects.get(id=procedure.id)


def in_force(leader: Person, unit: Unit, text: str = "Gå ut. Ring 112.", **changes: Any) -> Procedure:
    """A procedure that holds."""
    return approved_by(leader, drafted_by(leader, unit, text, **changes))


def read_by(person: Person, procedure: Procedure) -> None:
    with acting_as(person.id) as by:
        procedures.confirm_reading(by=by, procedure=Procedure.objects.get(id=procedure.id))


def a_picture(file_format: str = "PNG", size: tuple[int, int] = (40, 30), **saving: Any) -> bytes:
    """A small picture as a file."""
    written = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(written, format=file_format, **saving)
    return written.getvalue()
