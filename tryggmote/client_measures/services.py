"""What is done in a case about a measure towards a client: each function is one act in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn
from uuid import UUID

from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.client_measures import queries, rules
from tryggmote.client_measures.guidelines import guidelines
from tryggmote.client_measures.letters import letter_of, text_of
from tryggmote.client_measures.models import ClientMeasure, Handler, LinkedIncident, Step
from tryggmote.client_measures.vocabulary import Outcome, StepKind
from tryggmote.notices.services import mark_seen_about, tell
from tryggmote.organisation.models import Person

READ_LOG_KIND = "client_measure"
LETTER_LOG_KIND = "client_measure_letter"
REFUSED_BY_POLICY = "42501"


class ChangedMeanwhile(Exception):
    """Somebody else has saved the text since it was opened; nothing was written."""


@dataclass(frozen=True)
class CaseDraft:
    """What a case begins with. `id` is made with the form, so sending it again is harmless."""

    id: UUID
    unit_id: int
    case_reference: str
    letter_language: str
    incident_id: UUID | None = None


@dataclass(frozen=True)
class StepDraft:
    """A step as it was filled in; `revision`: the text that a leader read before deciding."""

    id: UUID
    kind: StepKind
    on: date | None = None
    due_on: date | None = None
    how: str = ""
    exception: str = ""
    outcome: str = ""
    revision: int | None = None
    text: str = ""


@transaction.atomic
def begin_case(*, by: SignedInPerson, draft: CaseDraft) -> ClientMeasure:
    """Begin a case in one's own unit. Sending the same `draft.id` again returns the first.

    Raises: NotAllowed where one neither works nor decides, NotPossible for a reference that names a person.
    """
    if rules.names_somebody(draft.case_reference):
        raise NotPossible(_("Skriv saken i Navs eget system, ikke et fødselsnummer eller D-nummer."))
    if draft.unit_id not in {unit.id for unit in queries.units_to_begin_in()}:
        raise NotAllowed(_("Du kan bare lage en sak der du arbeider."))
    case, is_new = made_once(
        ClientMeasure,
        id=draft.id,
        owner={"created_by_id": by.id},
        fields={
            "unit_id": draft.unit_id,
            "case_reference": draft.case_reference,
            "letter_language": draft.letter_language,
            "rule_version": guidelines().version,
        },
    )
    case.refresh_from_db()
    if is_new and draft.incident_id:
        link_incidents(by=by, case=case, chosen={draft.incident_id}, offered={draft.incident_id})
    return case


@transaction.atomic
def write(*, by: SignedInPerson, case: ClientMeasure, revision: int, fields: dict[str, Any]) -> None:
    """Change what is written in the case. `revision`: the text that was changed.

    Raises: NotPossible for a case that is decided, ChangedMeanwhile when somebody else has saved since.
    """
    _refuse_decided(case)
    unchanged = ClientMeasure.objects.filter(id=case.id, revision=revision)
    if not unchanged.update(**fields):
        raise ChangedMeanwhile
    case.refresh_from_db()


@transaction.atomic
def link_incidents(
    *, by: SignedInPerson, case: ClientMeasure, chosen: Collection[UUID], offered: Collection[UUID]
) -> None:
    """Let the case rest on the chosen ones of the incidents that were offered, by reference only.

    Those one cannot read oneself stay as they are, and so do those in which one is involved.
    Raises: NotPossible for a case that is decided.
    """
    _refuse_decided(case)
    linked = set(LinkedIncident.objects.filter(measure=case).values_list("incident_id", flat=True))
    seen = {incident.id for incident in queries.incidents_seen(chosen)}
    LinkedIncident.objects.filter(measure=case, incident_id__in=linked & set(offered) - set(chosen)).delete()
    LinkedIncident.objects.bulk_create(
        [LinkedIncident(measure=case, incident_id=incident_id) for incident_id in seen - linked]
    )


@transaction.atomic
def take_step(*, by: SignedInPerson, case: ClientMeasure, draft: StepDraft) -> Step:
    """Take a step in the case, with the letter that belongs to it, and tell those who do the next one.

    The same `draft.id` again changes nothing. Raises: NotAllowed for a step that is only the leader's, or in
    their own matter; NotPossible when its time has not come, when something is missing, or when the text was
    changed after the leader read it.
    """
    if taken := Step.objects.filter(id=draft.id, measure=case, by_id=by.id).first():
        return taken
    _refuse(case, draft, queries.standing_in(by, case))
    step = Step(measure=case, by_id=by.id, **vars(draft))
    letter = letter_of(step)
    if letter:
        earlier = list(Step.objects.filter(measure=case).order_by("at", "id"))
        step.letter = text_of(letter, case, step, steps=earlier, today=timezone.localdate())
    _store(step)
    case.refresh_from_db()
    mark_seen_about(subject_id=case.id)
    _tell_the_next(by, case, draft.kind)
    return step


def _refuse(case: ClientMeasure, draft: StepDraft, standing: rules.Standing) -> None:
    today = timezone.localdate()
    if not rules.may_take(draft.kind, standing):
        refuse_other_than_leader(standing)
    if draft.kind not in rules.possible_now(case, today, has_open_complaint=case.has_open_complaint):
        raise NotPossible(_("Det kan ikke gjøres nå. Åpne saken på nytt for å se hvor den står."))
    missing = _missing(case, draft, today)
    if missing:
        raise NotPossible(
            _("Dette mangler først: %(what)s.") % {"what": ", ".join(str(blank.what) for blank in missing)}
        )
    if draft.kind == StepKind.DECIDED and draft.revision != case.revision:
        raise NotPossible(_("Noen har endret saken etter at du leste den. Les den på nytt før du avgjør."))


def refuse_other_than_leader(standing: rules.Standing) -> NoReturn:
    """Say why they may not decide, and who can. Raises: NotAllowed."""
    if standing.decides:
        raise NotAllowed(
            _("Du er selv en del av en hendelse i saken, og kan ikke avgjøre den."),
            who_can_help=_("En annen leder for enheten, eller en som får rollen mens saken går."),
        )
    raise NotAllowed(_("Bare lederen for enheten avgjør."), who_can_help=_("Be lederen avgjøre fra saken."))


def _missing(case: ClientMeasure, draft: StepDraft, today: date) -> list[rules.Blank]:
    if draft.kind == StepKind.FOREWARNED:
        return rules.before_forewarning(case, guidelines())
    if draft.kind == StepKind.DECIDED and draft.outcome == Outcome.IMPOSED:
        return rules.before_decision(case, guidelines(), today)
    return []


def _store(step: Step) -> None:
    """Add the step. The database looks once more, with the case held."""
    try:
        with transaction.atomic():
            step.save(force_insert=True)
    except IntegrityError as error:  # the id belongs to something that was done in another case
        raise NotPossible(_("Dette kunne ikke lagres. Åpne saken på nytt, og prøv en gang til.")) from error
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") != REFUSED_BY_POLICY:
            raise
        raise NotPossible(
            _("Saken er endret i mellomtiden. Åpne den på nytt for å se hvor den står.")
        ) from error


def _tell_the_next(by: SignedInPerson, case: ClientMeasure, kind: StepKind) -> None:
    deciders = [i for i in queries.deciders_of(case.unit_id) if i != by.id]
    handlers = [i for i in (case.created_by_id, *case.handler_ids) if i != by.id]
    if kind == StepKind.SUBMITTED:
        _tell(by, case, deciders, "client_measure_to_decide")
    elif kind == StepKind.DECIDED:
        _tell(by, case, handlers, "client_measure_decided")
    elif kind == StepKind.COMPLAINED:
        _tell(by, case, deciders, "client_measure_complaint")


@transaction.atomic
def name_handler(*, by: SignedInPerson, case: ClientMeasure, person: Person, handler_id: UUID) -> Handler:
    """Let a colleague of the unit handle the case too, and tell them. The same `handler_id` changes nothing.

    Raises: NotAllowed for others than whoever made the case and the leader.
    """
    if not rules.may_name(queries.standing_in(by, case)):
        raise NotAllowed(_("Bare den som laget saken, og lederen kan sette flere på den."))
    owner: dict[str, int | UUID] = {"measure_id": case.id, "by_id": by.id}
    handler, is_new = made_once(Handler, id=handler_id, owner=owner, fields={"person_id": person.id})
    case.refresh_from_db()
    if is_new:
        _tell(by, case, [person.id], "client_measure_named")
    return handler


@transaction.atomic
def let_go(*, by: SignedInPerson, case: ClientMeasure, person_id: int) -> None:
    """Take somebody off the case; one may step back oneself. One who is not on it changes nothing.

    Raises: NotAllowed for others than themselves, whoever made the case and the leader.
    """
    if person_id != by.id and not rules.may_name(queries.standing_in(by, case)):
        raise NotAllowed(_("Bare den som laget saken, og lederen kan ta noen av den."))
    Handler.objects.filter(measure=case, person_id=person_id).delete()


def _tell(by: SignedInPerson, case: ClientMeasure, person_ids: Collection[int], kind: str) -> None:
    tell(
        person_ids=person_ids,
        kind=kind,
        subject_id=case.id,
        url=case.get_absolute_url(),
        context={"unit": case.unit.name, "name": by.name},
    )


def _refuse_decided(case: ClientMeasure) -> None:
    if case.decided_at:
        raise NotPossible(_("Saken er avgjort, og kan ikke endres."))
