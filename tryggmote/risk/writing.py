"""Saving what stands in a draft. Several people write at once, and nobody's words are overwritten unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.controls.queries import measures_by_id
from tryggmote.organisation.standing import standing_in
from tryggmote.risk import rules
from tryggmote.risk.models import Approval, FactorJudgement, Participant, Scenario, Version
from tryggmote.risk.rules import Score
from tryggmote.risk.versions import half_approved, hold

TEXTS = ("hazard", "situation", "causes", "consequences", "existing")
SCORES = ("inherent", "current", "residual")


def in_words(said: Any) -> dict[str, str]:
    """What a scenario, or a line about one, says in words, by column; "" for what is not said."""
    marked = _("Ja") if said.is_especially_dangerous else ""
    return {name: getattr(said, name) for name in TEXTS} | {"is_especially_dangerous": marked}


class Conflict(Exception):
    """Somebody else saved the same part meanwhile. Nothing was saved; read the row again to see theirs."""


class Unsound(Exception):
    """The scores contradict each other. `problems`: a sentence by the name of the field it is about."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(str(problems))
        self.problems = problems


@dataclass(frozen=True)
class ScenarioDraft:
    """A scenario as it was written. `revision`: the one that was on the screen, 0 for a new scenario.

    `starter`: the suggestion a new one began with.
    """

    id: UUID
    revision: int
    hazard: str
    starter: str = ""
    forms: tuple[str, ...] = ()
    factors: tuple[int, ...] = ()
    situation: str = ""
    causes: str = ""
    consequences: str = ""
    existing: str = ""
    is_especially_dangerous: bool = False
    inherent: Score | None = None
    current: Score | None = None
    residual: Score | None = None
    measure_ids: tuple[UUID, ...] = ()

    def fields(self) -> dict[str, Any]:
        """By column."""
        values: dict[str, Any] = {name: getattr(self, name) for name in (*TEXTS, "is_especially_dangerous")}
        for name in SCORES:
            score = getattr(self, name)
            values[f"{name}_likelihood"] = score.likelihood if score else None
            values[f"{name}_consequence"] = score.consequence if score else None
        lists = {"forms": self.forms, "factors": self.factors, "measure_ids": self.measure_ids}
        return values | {name: list(value) for name, value in lists.items()}


def may_write(by: SignedInPerson, version: Version) -> bool:
    """Whether the person may change the draft: a leader of the unit, or somebody invited to write."""
    if not version.is_draft:
        return False
    invited = Participant.objects.filter(version=version, person_id=by.id, writes=True)
    return standing_in(version.assessment.unit_id).leads or invited.exists()


def refuse_unless_open_to(by: SignedInPerson, version: Version) -> None:
    """Hold the assessment for one who may write. Raises: NotPossible when it is approved or being approved,
    NotAllowed for those who only read.
    """
    hold(version.assessment_id)
    version.refresh_from_db(fields=["approved_at", "edition"])
    if not version.is_draft:
        raise NotPossible(_("Denne versjonen er godkjent og kan ikke endres. Åpne vurderingen igjen."))
    if Approval.objects.filter(version=version).exists():
        raise half_approved()
    if not may_write(by, version):
        raise NotAllowed(
            _("Bare ledere i enheten og de som er invitert til å skrive, kan endre utkastet."),
            who_can_help=_("Lederen kan gi deg skrivetilgang. Du kan uttale deg under «Medvirkning»."),
        )


@transaction.atomic
def judge_factor(
    *, by: SignedInPerson, judgement: FactorJudgement, text: str, revision: int
) -> FactorJudgement:
    """Save what is judged of a factor, if nobody has saved it since `revision`.

    Raises: Conflict, and as `refuse_unless_open_to`.
    """
    refuse_unless_open_to(by, judgement.version)
    save_part(FactorJudgement, judgement.id, revision, by, {"text": text})
    judgement.refresh_from_db()
    return judgement


@transaction.atomic
def add_scenario(*, by: SignedInPerson, version: Version, draft: ScenarioDraft) -> Scenario:
    """Add a scenario. Sending the same `draft.id` again returns the first.

    Raises: Unsound, and as `refuse_unless_open_to`.
    """
    refuse_unless_open_to(by, version)
    _refuse_unsound(draft)
    scenario, _is_new = made_once(
        Scenario,
        id=draft.id,
        owner={"version_id": version.id},
        fields=draft.fields() | {"starter": draft.starter, "saved_by_id": by.id},
    )
    return scenario


@transaction.atomic
def change_scenario(*, by: SignedInPerson, scenario: Scenario, draft: ScenarioDraft) -> Scenario:
    """Save a scenario, if nobody has saved it since `draft.revision`. One that was taken out stays out.

    Raises: Conflict also when somebody has taken it out meanwhile; Unsound; and as `refuse_unless_open_to`.
    """
    refuse_unless_open_to(by, scenario.version)
    _refuse_unsound(draft)
    save_part(Scenario, scenario.id, draft.revision, by, draft.fields())
    scenario.refresh_from_db()
    return scenario


@transaction.atomic
def take_out_scenario(*, by: SignedInPerson, scenario: Scenario, revision: int) -> None:
    """Take a scenario out of the draft; it can be put back.

    Raises: Conflict, and as `refuse_unless_open_to`.
    """
    refuse_unless_open_to(by, scenario.version)
    save_part(Scenario, scenario.id, revision, by, {"removed_at": timezone.now()})


@transaction.atomic
def put_back_scenario(*, by: SignedInPerson, scenario: Scenario) -> None:
    """Put a scenario back into the draft. Raises: as `refuse_unless_open_to`."""
    refuse_unless_open_to(by, scenario.version)
    save_part(Scenario, scenario.id, scenario.revision, by, {"removed_at": None})


def save_part(
    model: type[FactorJudgement] | type[Scenario],
    row_id: UUID,
    revision: int,
    by: SignedInPerson,
    values: Mapping[str, Any],
) -> None:
    """Save one part of a draft, if nobody has saved it since `revision`. Raises: Conflict."""
    saved = model._default_manager.filter(id=row_id, revision=revision).update(
        **values, revision=revision + 1, saved_by_id=by.id, saved_at=timezone.now()
    )
    if not saved:
        raise Conflict(row_id)


def _refuse_unsound(draft: ScenarioDraft) -> None:
    problems = {}
    if not rules.measures_do_not_raise(draft.inherent, draft.current):
        problems["current"] = _("Risikoen nå kan ikke være høyere enn uten tiltak. Rett en av dem.")
    measures = len(measures_by_id(draft.measure_ids))
    if not rules.residual_builds_on_measures(draft.current, draft.residual, measures):
        problems["residual"] = _(
            "Risikoen kan bare bli lavere når et tiltak gjør den det. "
            "Legg til et tiltak, eller la den stå som nå."
        )
    if problems:
        raise Unsound(problems)
