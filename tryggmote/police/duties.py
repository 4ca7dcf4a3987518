"""What police reports ask of leaders on "Now": decide, send, ask the police. One query."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.police.models import PoliceAct
from tryggmote.police.rules import may_decide
from tryggmote.police.vocabulary import Deed

AHEAD = timedelta(days=2)
AT_MOST = 20


def police_duties(person: SignedInPerson) -> Iterator[Duty]:
    """Matters to look at again: those of the people one leads, and those one acted in last."""
    if not (person.led or person.team or person.overseen or person.has_role("directorate")):
        return
    mine = (
        Q(by_id=person.id)
        | Q(incident__workforce_id__in=person.led)
        | Q(incident__concerned_id__in=person.team)
    )
    waiting = (
        PoliceAct.objects.filter(mine, is_latest=True, remind_at__lte=timezone.now() + AHEAD)
        .select_related("incident__workforce__unit")
        .defer("note", "incident__what_happened")
        .order_by("remind_at")[:AT_MOST]
    )
    for act in waiting:
        if may_decide(person, act.incident):
            yield _duty(act)


def _duty(act: PoliceAct) -> Duty:
    title, why, action = _words(act)
    return Duty(
        title=title % {"unit": act.incident.workforce.unit.name},
        why=why,
        url=reverse("police:matter", args=[act.incident_id]),
        action=action,
        due=act.remind_at,
        urgency=Urgency.TODAY,
        requirement="2.4",
        kind="police_matter",
    )


def _words(act: PoliceAct) -> tuple[str, str, str]:
    if act.deed == Deed.LATER:
        return (
            _("Ta stilling til anmeldelse fra %(unit)s"),
            _("Dere ville avgjøre det senere, og nå er dagen der."),
            _("Ta stilling"),
        )
    if act.deed == Deed.REPORT:
        return (
            _("Send anmeldelsen fra %(unit)s"),
            _("Det er bestemt at hendelsen skal anmeldes, men den er ikke sendt."),
            _("Gjør den ferdig"),
        )
    return (
        _("Hør med politiet om anmeldelsen fra %(unit)s"),
        _("Det er lenge siden dere hørte noe. Ring, og skriv hva de sier."),
        _("Åpne saken"),
    )
