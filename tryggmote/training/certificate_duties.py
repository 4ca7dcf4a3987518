"""What certificates ask of people on "Now": mine to correct, and those of people I lead (4.1). One query."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.training.certificates import certificates
from tryggmote.training.models import Certificate

AT_MOST = 100


def certificate_duties(person: SignedInPerson) -> Iterator[Duty]:
    """Each of mine that was refused and not corrected; those that wait for me as one."""
    is_mine = Q(person_id=person.id)
    to_correct = is_mine & Q(decision__approved=False, corrected_by=None)
    found = certificates().filter(to_correct | (~is_mine & Q(decision=None))).order_by("at", "id")
    waiting = []
    for certificate in found[:AT_MOST]:
        if certificate.person_id == person.id:
            yield _to_correct(certificate)
        else:
            waiting.append(certificate)
    if waiting:
        yield _to_decide(waiting)


def _to_correct(certificate: Certificate) -> Duty:
    return Duty(
        title=_("Rett kursbeviset du sendte inn"),
        why=_("Lederen har skrevet hvorfor det ikke teller slik det er."),
        url=certificate.get_absolute_url(),
        action=_("Se hva som må rettes"),
        due=None,
        urgency=Urgency.SOON,
        requirement="4.1",
        kind="certificate_correct",
    )


def _to_decide(waiting: list[Certificate]) -> Duty:
    is_one = len(waiting) == 1
    return Duty(
        title=_("Se på kursbeviset fra %(name)s") % {"name": waiting[0].person.name}
        if is_one
        else ngettext("Se på %(n)s kursbevis som venter", "Se på %(n)s kursbevis som venter", len(waiting))
        % {"n": len(waiting)},
        why=_("Opplæringen teller først når du har godkjent den."),
        url=waiting[0].get_absolute_url() if is_one else reverse("training:certificates"),
        action=_("Se på det") if is_one else _("Se på dem"),
        due=None,
        urgency=Urgency.SOON,
        requirement="4.1",
        kind="certificate_decide",
    )
