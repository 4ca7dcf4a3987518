"""Approval by those with employer responsibility: one, or with two-part leadership both (2.1, AML § 2-2)."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.information.services import publish
from tryggmote.notices.services import tell
from tryggmote.organisation.standing import UnitPerson, leaders_of
from tryggmote.risk import rules, told
from tryggmote.risk.content import acting_on, content_of, factor_titles, scenarios_of
from tryggmote.risk.models import Approval, Participant, Scenario, Version
from tryggmote.risk.versions import hold, refuse_unless_leader
from tryggmote.ui.dates import oslo_today


class NotReady(Exception):
    """Something stands in the way of approval; all of it, in the order of the work."""

    def __init__(self, obstacles: list[rules.Obstacle]) -> None:
        super().__init__([obstacle.code for obstacle in obstacles])
        self.obstacles = obstacles


@transaction.atomic
def approve(*, by: SignedInPerson, version: Version, review_on: date, edition: int | None = None) -> bool:
    """A leader approves for the employer they lead for. True when it is in force with that.

    `edition`: the one the leader has read; None for the present one. Approving again for the same employer
    changes nothing. Two leaders at the same moment follow each other.
    Raises: NotAllowed for one who is no leader of the unit today, NotPossible when it is in force already,
    the draft was changed since it was read, or the review date is out of bounds; NotReady when something is
    missing.
    """
    leaders = leaders_of(version.assessment.unit_id)
    own_seats = rules.seats_of(by.id, leaders)
    if not own_seats:
        raise NotAllowed(
            _("Bare ledere med arbeidsgiveransvar for enheten kan godkjenne."),
            who_can_help=_("Lederne står på siden til enheten."),
        )
    hold(version.assessment_id)
    version = Version.objects.select_related("assessment__unit").get(id=version.id)
    if not version.is_draft:
        raise NotPossible(_("Vurderingen er allerede godkjent."))
    if edition is not None and edition != version.edition:
        raise NotPossible(
            _("Noen har endret utkastet siden du leste det. Les det igjen, og godkjenn på nytt.")
        )
    if not rules.review_is_allowed(review_on, oslo_today()):
        raise NotPossible(_("Velg en dato for ny gjennomgang fra i morgen og inntil to år fram."))
    if found := rules.obstacles(content_of(version), version.scale, factor_titles()):
        raise NotReady(found)
    _settle_measures(version, by)
    Approval.objects.bulk_create(
        [Approval(version=version, by_id=by.id, employer_id=employer) for employer in own_seats],
        ignore_conflicts=True,
    )
    version.review_on = min(review_on, version.review_on or review_on)
    missing = _empty_seats(version, leaders)
    if missing:
        version.save(update_fields=["review_on"])
        _tell_the_other(version, missing, leaders)
        return False
    version.approved_at = timezone.now()
    version.save(update_fields=["review_on", "approved_at"])
    _let_it_be_known(version, by)
    return True


@transaction.atomic
def take_back(*, by: SignedInPerson, version: Version) -> None:
    """Take one's approval back, so that the draft can be changed.

    Raises: NotAllowed for one who does not lead the unit any more, NotPossible when it is in force.
    """
    refuse_unless_leader(version.assessment.unit_id)
    hold(version.assessment_id)
    version = Version.objects.get(id=version.id)
    if not version.is_draft:
        raise NotPossible(_("Vurderingen gjelder allerede. Åpne den igjen for å endre den."))
    Approval.objects.filter(version=version, by_id=by.id).delete()


def _settle_measures(version: Version, by: SignedInPerson) -> None:
    """Each scenario keeps the measures it is approved with, also those planned from it elsewhere."""
    if Approval.objects.filter(version=version).exists():
        return
    scenarios = list(scenarios_of(version))
    for scenario_id, acting in acting_on(version, scenarios).items():
        ids = [measure.id for measure in acting]
        changed = Scenario.objects.filter(id=scenario_id).exclude(measure_ids__contains=ids)
        changed.update(measure_ids=ids, saved_by_id=by.id)


def _empty_seats(version: Version, leaders: list[UnitPerson]) -> frozenset[rules.Seat]:
    taken = set(Approval.objects.filter(version=version).values_list("employer_id", flat=True))
    # One who leads for everybody fills every seat.
    return frozenset() if None in taken else rules.seats(leaders) - taken


def _tell_the_other(version: Version, missing: frozenset[rules.Seat], leaders: list[UnitPerson]) -> None:
    tell(
        person_ids=[leader.person_id for leader in leaders if leader.employer_id in missing],
        kind=told.SECOND_APPROVAL,
        subject_id=version.assessment_id,
        url=version.assessment.get_absolute_url(),
        context={"unit": version.assessment.unit.name},
    )


def _let_it_be_known(version: Version, by: SignedInPerson) -> None:
    assessment = version.assessment
    participants = Participant.objects.filter(version=version).exclude(person_id=by.id)
    tell(
        person_ids=participants.values_list("person_id", flat=True),
        kind=told.APPROVED,
        subject_id=assessment.id,
        url=version.get_absolute_url(),
        context={"unit": assessment.unit.name},
    )
    publish(
        unit_id=assessment.unit_id,
        kind="risk.approved",
        subject_id=assessment.id,
        url=version.get_absolute_url(),
        context={"title": assessment.title},
        by_id=by.id,
    )
