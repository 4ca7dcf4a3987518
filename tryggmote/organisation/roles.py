"""The roles people hold in units, on either line."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is for a unit. What each may see is said in `access/functions.sql` and the policies."""

    LEADER = "leader", _("Leder")
    OFFICE_LEADER = "office_leader", _("Nav-leder")
    SAFETY_REPRESENTATIVE = "safety_representative", _("Verneombud")
    CHIEF_SAFETY_REPRESENTATIVE = "chief_safety_representative", _("Hovedverneombud")
    UNION_REPRESENTATIVE = "union_representative", _("Tillitsvalgt")
    COMMITTEE_MEMBER = "committee_member", _("Medlem av AMU eller HMS-utvalg")
    COUNTY_SECURITY_COORDINATOR = "county_security_coordinator", _("Sikkerhetskoordinator i fylket")
    COUNTY_DIRECTOR = "county_director", _("Fylkesdirektør")
    MUNICIPAL_DIRECTOR = "municipal_director", _("Kommunedirektør")
    DIRECTORATE = "directorate", _("Direktoratet")
    OCCUPATIONAL_HEALTH = "occupational_health", _("Bedriftshelsetjeneste")
    GUARD = "guard", _("Vekter")
    AUDITOR = "auditor", _("Revisor eller tilsyn")
    ADMINISTRATOR = "administrator", _("Systemadministrator")


LEADS_DIRECTLY = (Role.LEADER, Role.OFFICE_LEADER)
OVERSEES = (Role.COUNTY_DIRECTOR, Role.MUNICIPAL_DIRECTOR, Role.DIRECTORATE)
LEADS = (*LEADS_DIRECTLY, *OVERSEES)
