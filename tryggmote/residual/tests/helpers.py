"""Short ways to say what tests of residual risk and of what must be in place need."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.controls.models import CardAddition, CardAdditionApproval, Measure, Procedure
from tryggmote.controls.tests.helpers import established_by, planned_by
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.tests.factories import Office
from tryggmote.residual import filling, services
from tryggmote.residual.cells import State, cells_of, to_choose_from
from tryggmote.residual.models import Approval, Filling, Hearing, Record, Version
from tryggmote.residual.queries import draft_of
from tryggmote.residual.services import Subject, Written
from tryggmote.risk.vocabulary import Answer

HOME_PROTECTIVE = Subject(element="protective", form="home_visit")


def in_use(office: Office, *, unit: Unit | None = None, **answers: Any) -> Measure:
    """A measure that is in place, for all meeting forms unless others are named."""
    given = {"forms": (), "kind": "calling_help", "title": "Bærbare alarmer", **answers}
    planned = planned_by(office.office_leader, unit or office.unit, office.office_leader, **given)
    return established_by(office.office_leader, planned)


def card_here(office: Office, code: str) -> None:
    """The action card with what holds in the office, approved."""
    addition = CardAddition.objects.create(
        unit=office.unit, card=code, number=1, exits="Bakdøra.", by=office.office_leader
    )
    CardAdditionApproval.objects.create(addition=addition, revision=1, by=office.office_leader)


def chosen_by(
    leader: Person, unit: Unit, element: str, form: str, *things: Measure | Procedure | str
) -> None:
    """The leader chooses these for a cell: measures, procedures, or the codes of action cards."""
    keys = {
        f"card:{thing}" if isinstance(thing, str) else f"{thing._meta.model_name}:{thing.id}"
        for thing in things
    }
    with acting_as(leader.id) as by:
        cell = cells_of(unit.id)[element, form]
        found = [thing for thing in to_choose_from(cell) if thing.key in keys]
        assert len(found) == len(keys), f"only {found} can be chosen"
        filling.fill(by=by, cells=[cell], things=found)


def taken_away_by(leader: Person, chosen: Filling) -> None:
    with acting_as(leader.id) as by:
        filling.take_away(by=by, filling=Filling.objects.get(id=chosen.id))


def state_of(person: Person, unit: Unit, element: str, form: str) -> State:
    """How a cell stands, as this person sees it."""
    with acting_as(person.id):
        return cells_of(unit.id)[element, form].state


def written(**answers: Any) -> Written:
    """What a leader has written."""
    return Written(
        **{
            "form_id": new_id(),
            "why": "Det finnes ikke verneutstyr som passer på hjemmebesøk.",
            "instead": "Vi er alltid to, og ringer når vi går inn og ut.",
            "likelihood": 2,
            "consequence": 3,
            **answers,
        }
    )


def declared_by(leader: Person, unit: Unit, subject: Subject = HOME_PROTECTIVE, **answers: Any) -> Record:
    """A leader has declared that something cannot be done."""
    with acting_as(leader.id) as by:
        return services.declare(by=by, unit_id=unit.id, subject=subject, written=written(**answers))


def rewritten_by(leader: Person, record: Record, **answers: Any) -> Version:
    """The draft with other words, or another version of what is approved."""
    with acting_as(leader.id) as by:
        now = Record.objects.get(id=record.id)
        draft = draft_of(now)
        given = {"reason": "Årlig gjennomgang.", "revision": draft.revision if draft else 0, **answers}
        return services.save_draft(by=by, record=now, written=written(**given))


def spoken_by(
    representative: Person, record: Record, answer: Answer = Answer.AGREE, words: str = ""
) -> Hearing:
    """What the safety representative says of the draft."""
    with acting_as(representative.id) as by:
        draft = draft_of(Record.objects.get(id=record.id))
        assert draft is not None
        return services.give_opinion(
            by=by, version=draft, opinion_id=new_id(), answer=answer, words=words, revision=draft.revision
        )


def approved_by(
    leader: Person, record: Record, *, review_on: date | None = None, approval_id: UUID | None = None
) -> Approval:
    """The draft put in force."""
    with acting_as(leader.id) as by:
        draft = draft_of(Record.objects.get(id=record.id))
        assert draft is not None
        return services.approve(
            by=by,
            version=draft,
            approval_id=approval_id or new_id(),
            revision=draft.revision,
            review_on=review_on or timezone.localdate() + timedelta(days=200),
        )


def in_force(office: Office, subject: Subject = HOME_PROTECTIVE, **answers: Any) -> Record:
    """A residual risk of the office that holds: declared, heard on, approved."""
    record = declared_by(office.office_leader, office.unit, subject, **answers)
    spoken_by(office.safety_representative, record)
    approved_by(office.office_leader, record)
    record.refresh_from_db()
    return record


def confirmed_by(person: Person, record: Record) -> None:
    """This person confirms that they know of it."""
    with acting_as(person.id) as by:
        services.confirm(by=by, record=Record.objects.get(id=record.id))


def withdrawn_by(leader: Person, record: Record, reason: str = "Nå er det på plass.") -> None:
    with acting_as(leader.id) as by:
        now = Record.objects.get(id=record.id)
        services.withdraw(by=by, record=now, withdrawal_id=new_id(), reason=reason)


def runs_out(record: Record, days_from_now: int) -> None:
    """As if the record held until this day."""
    day = timezone.localdate() + timedelta(days=days_from_now)
    Record.objects.filter(id=record.id).update(review_on=day)


def evidence(office: Office, rule: str, unit: Unit | None = None) -> tuple[str, str]:
    """State and reason of a rule for the office."""
    with acting_as(office.office_leader.id), connection.cursor() as cursor:
        cursor.execute(f"select state, reason from {rule} where unit_id = %s", [(unit or office.unit).id])
        state, reason = cursor.fetchone()
        return state, reason
