"""What assessments ask of people on "Now", in words (1.1, 2.1); `duties.sql` says of whom and by when."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Receiver, Wording
from tryggmote.risk.vocabulary import Cause
from tryggmote.ui.dates import day

REQUIREMENT = "2.1"


def _opinion(owed: Owed) -> Wording:
    return Wording(
        title=_("Si hva du mener om risikovurderingen «%(title)s»") % owed.words,
        why=_("%(unit)s. Det du mener, følger vurderingen når den blir godkjent.") % owed.words,
        url=reverse("risk:people", args=[owed.words["assessment"]]),
        action=_("Uttal deg"),
    )


def _approval(owed: Owed) -> Wording:
    return Wording(
        title=_("Godkjenn risikovurderingen «%(title)s»") % owed.words,
        why=_("%(unit)s. Den andre arbeidsgiveren har godkjent.") % owed.words,
        url=reverse("risk:approve", args=[owed.words["assessment"]]),
        action=_("Se og godkjenn"),
    )


def _reopened(owed: Owed) -> Wording:
    words = {**owed.words, "cause": Cause(owed.words["cause"]).label}
    return Wording(
        title=_("Vurder på nytt: «%(title)s»") % words,
        why=_("%(unit)s. Åpnet igjen: %(cause)s.") % words,
        url=reverse("risk:assessment", args=[owed.words["assessment"]]),
        action=_("Gå gjennom"),
    )


def _review(owed: Owed) -> Wording:
    words = {**owed.words, "day": day(date.fromisoformat(owed.words["day"]))}
    return Wording(
        title=_("Gå gjennom risikovurderingen «%(title)s»") % words,
        why=_("%(unit)s. Den gjelder til %(day)s.") % words,
        url=reverse("risk:assessment", args=[owed.subject]),
        action=_("Gå gjennom"),
    )


KINDS = (
    DutyKind(
        "risk_opinion", REQUIREMENT, gettext_lazy("Uttalelse om en risikovurdering"), _opinion,
        escalates=False,
    ),
    DutyKind("risk_approval", REQUIREMENT, gettext_lazy("Godkjenning av en risikovurdering"), _approval),
    DutyKind(
        "risk_reopened", REQUIREMENT, gettext_lazy("Risikovurdering som er åpnet igjen"), _reopened,
        goes_to=Receiver.LEADER,
    ),
    DutyKind(
        "risk_review", REQUIREMENT, gettext_lazy("Ny gjennomgang av en risikovurdering"), _review,
        goes_to=Receiver.LEADER,
    ),
)  # fmt: skip
