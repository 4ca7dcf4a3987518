"""What the co-ordination agreement asks of leaders on "Now" (AML § 2-2): sign it, and go through it in time.

One query: the agreements of the units one leads that wait for a signature or will soon have run out.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.controls.models import Agreement
from tryggmote.controls.rules import agreement_runs_out_on
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.organisation.roles import LEADS
from tryggmote.ui.dates import day, oslo_day

ASKED_FOR_DAYS_BEFORE = 30
AT_MOST = 20


def agreement_duties(person: SignedInPerson) -> Iterator[Duty]:
    """What this person must sign or go through."""
    if not person.has_role(*LEADS):
        return
    today = timezone.localdate()
    for agreement in _concerning():
        runs_out_on = agreement_runs_out_on(agreement)
        if runs_out_on is None:
            yield _duty(
                agreement,
                title=_("Signer samordningsavtalen for %(unit)s") % {"unit": agreement.unit.name},
                why=_("Den gjelder først når alle arbeidsgiverne har signert."),
                action=_("Les og signer"),
                kind="agreement_to_sign",
            )
        elif runs_out_on - timedelta(days=ASKED_FOR_DAYS_BEFORE) <= today:
            yield _duty(
                agreement,
                title=_("Gå gjennom samordningsavtalen for %(unit)s") % {"unit": agreement.unit.name},
                why=_("Den må gjennomgås eller erstattes innen %(day)s.") % {"day": day(runs_out_on)},
                action=_("Åpne avtalen"),
                kind="agreement_review",
                due=oslo_day(runs_out_on)[1],
            )


_LED = "controls_agreement.unit_id = any ((select app.units_led())::integer[])"
# One acts for a party that has not signed.
_MINE_TO_SIGN = """
exists (
  select 1 from unnest(controls_agreement.employer_ids) party
  where app.acts_for(party, controls_agreement.unit_id)
    and not exists (select 1 from controls_agreementsigning s
                    where s.agreement_id = controls_agreement.id and s.employer_id = party))
"""


def _concerning() -> QuerySet[Agreement]:
    """The latest agreement of each unit, where one must sign it or keep it up to date."""
    later = Agreement.objects.filter(unit=OuterRef("unit"), created_at__gt=OuterRef("created_at"))
    to_sign = Q(signed_at=None) & Q(_condition(_MINE_TO_SIGN))
    return (
        Agreement.objects.filter(~Exists(later), _condition(_LED), to_sign | Q(signed_at__isnull=False))
        .select_related("unit")
        .order_by("from_on")[:AT_MOST]
    )


def _condition(sql: str) -> RawSQL:
    return RawSQL(sql, [], output_field=BooleanField())  # noqa: S611 - our own words above, no input


def _duty(
    agreement: Agreement, *, title: str, why: str, action: str, kind: str, due: datetime | None = None
) -> Duty:
    return Duty(
        title=title,
        why=why,
        url=agreement.get_absolute_url(),
        action=action,
        due=due,
        urgency=Urgency.SOON,
        requirement="aml-2-2",
        kind=kind,
    )
