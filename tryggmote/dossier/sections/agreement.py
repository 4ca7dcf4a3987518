"""Who co-ordinates the safety work of the employers (AML § 2-2, internkontrollforskriften § 6)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.controls.agreement_queries import agreements_of, in_force_of, office_of
from tryggmote.dossier.registry import Scope, Section, Table, Told
from tryggmote.dossier.sections.words import on, role_of, roles_of, yes_no
from tryggmote.organisation.models import Unit


def read(scope: Scope) -> Told:
    """The agreements of the office that reached into the period; six queries."""
    office = office_of(scope.unit.id) or scope.unit
    _first, after = scope.moments
    every = agreements_of(office.id)
    held = in_force_of(every, scope.until)
    found = [
        each
        for each in every
        if each.created_at < after and (each.to_on is None or each.to_on >= scope.since)
    ]
    if not found:
        return Told([_("Ingen avtale om samordning er inngått.")])
    parties = dict(
        Unit.objects.filter(id__in={i for each in found for i in each.employer_ids}).values_list("id", "name")
    )
    roles = roles_of(scope, [each.co_ordinator_id for each in found])
    rows = [
        [
            office.name,
            ", ".join(parties.get(i, "") for i in each.employer_ids),
            role_of(roles, each.co_ordinator_id),
            on(each.from_on),
            on(each.to_on),
            on(each.signed_at),
            on(each.reviewed_at),
            yes_no(each is held),
        ]
        for each in found
    ]
    head = [
        _("Kontor"),
        _("Parter"),
        _("Samordner"),
        _("Fra"),
        _("Til"),
        _("Signert av alle"),
        _("Sist gjennomgått"),
        _("I kraft ved slutten av perioden"),
    ]
    return Told(tables=[Table(head, rows)])


SECTION = Section(
    "agreement", gettext_lazy("Avtale om samordning mellom arbeidsgiverne (AML § 2-2)"), 100, read
)
