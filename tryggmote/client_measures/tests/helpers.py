"""Short ways to bring a case about a measure towards a client to where a test begins."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.client_measures.guidelines import guidelines
from tryggmote.client_measures.models import ClientMeasure, Step
from tryggmote.client_measures.services import CaseDraft, StepDraft, begin_case, take_step, write
from tryggmote.client_measures.vocabulary import StepKind
from tryggmote.organisation.models import Person, Unit


def begun_by(person: Person, unit: Unit, **answers: Any) -> ClientMeasure:
    """A case this person has begun."""
    known = {"case_reference": "SAK-2026-118", "letter_language": "nb", **answers}
    with acting_as(person.id) as by:
        return begin_case(by=by, draft=CaseDraft(id=new_id(), unit_id=unit.id, **known))


def full_text(code: str = "FYUS", **changes: Any) -> dict[str, Any]:
    """Everything a decision needs, for a measure that begins today and lasts four weeks."""
    today = timezone.localdate()
    return {
        "code": code,
        "facts": "2. november slo vedkommende i skranken og sa «jeg finner dere».",
        "prevents": "At ansatte i mottaket blir skadet.",
        "place": "Lokalene i Storgata 1",
        "proportionality": "Saken går videre på telefon, og ingen frister blir brutt.",
        "services": "Fast kontaktperson på telefon hver dag klokken 9 til 11.",
        "from_on": today,
        "to_on": today + timedelta(days=27),
        "review_on": today + timedelta(days=14),
        "milder_means": {
            rung.code: {"answer": "tried", "why": "Hjalp ikke."} for rung in guidelines().milder_than(code)
        },
        **changes,
    }


def written_by(person: Person, case: ClientMeasure, **changes: Any) -> ClientMeasure:
    """The case with everything written that a decision needs."""
    with acting_as(person.id) as by:
        case.refresh_from_db()
        write(by=by, case=case, revision=case.revision, fields=full_text(**changes))
        case.refresh_from_db()
    return case


def stepped(person: Person, case: ClientMeasure, kind: StepKind, **values: Any) -> Step:
    """This person takes a step, with what the step usually needs."""
    today = timezone.localdate()
    usual: dict[StepKind, dict[str, Any]] = {
        StepKind.FOREWARNED: {"on": today, "how": "letter", "due_on": today + timedelta(days=7)},
        StepKind.EXEMPTED: {"exception": "unknown_address", "text": "Posten kom i retur."},
        StepKind.ANSWERED: {"on": today, "how": "phone", "text": "Sier at det var en misforståelse."},
        StepKind.DECIDED: {"outcome": "imposed", "text": "Det er nødvendig nå.", "revision": case.revision},
        StepKind.TOLD: {"on": today, "how": "letter"},
        StepKind.REVIEWED: {"text": "Fortsatt nødvendig."},
        StepKind.LIFTED: {"text": "Det er rolig nå."},
        StepKind.COMPLAINED: {"on": today, "text": "Mener at det er for strengt."},
        StepKind.COMPLAINT_ANSWERED: {"text": "Vi har sett på det igjen."},
    }
    with acting_as(person.id) as by:
        found = ClientMeasure.objects.get(id=case.id)
        draft = StepDraft(id=new_id(), kind=kind, **{**usual.get(kind, {}), **values})
        step = take_step(by=by, case=found, draft=draft)
    case.refresh_from_db()
    return step


def heard(person: Person, unit: Unit, **changes: Any) -> ClientMeasure:
    """A case that is written, forewarned and heard: ready for the leader."""
    case = written_by(person, begun_by(person, unit), **changes)
    stepped(person, case, StepKind.FOREWARNED)
    stepped(person, case, StepKind.ANSWERED)
    return case


def in_force(person: Person, leader: Person, unit: Unit, **changes: Any) -> ClientMeasure:
    """A measure that holds today."""
    case = heard(person, unit, **changes)
    stepped(leader, case, StepKind.DECIDED)
    stepped(person, case, StepKind.TOLD)
    return case


def set_back(case: ClientMeasure, *, days: int) -> None:
    """Let everything in a decided case lie so many days earlier, as the owner of the tables can."""
    moved = timedelta(days=days)
    moments = ("decided_at", "from_on", "to_on", "review_on", "told_on", "lifted_at", "archived_at")
    values = {name: getattr(case, name) - moved for name in moments if getattr(case, name)}
    ClientMeasure.objects.filter(id=case.id).update(**values)
    case.refresh_from_db()
