"""The words of requests for expert help: whom they are put to, and where they stand (1.2)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.roles import Role

ADVISERS = (Role.OCCUPATIONAL_HEALTH, Role.COUNTY_SECURITY_COORDINATOR)
"""Those who answer here themselves. Their kinds of help are named as their roles."""


class Kind(TextChoices):
    """Whose help is asked for (AML §§ 3-2 and 3-3)."""

    OCCUPATIONAL_HEALTH = Role.OCCUPATIONAL_HEALTH.value, _("Bedriftshelsetjenesten")
    SECURITY = Role.COUNTY_SECURITY_COORDINATOR.value, _("Sikkerhetsrådgiveren i fylket")
    POLICE = "police", _("Politiet")
    OTHER = "other", _("Andre")

    @property
    def role(self) -> Role | None:
        """The role in which somebody answers here; None for those who answer outside the system."""
        return next((role for role in ADVISERS if role.value == self.value), None)


def words_of_expert(kind: str, whom: str) -> str:
    """Who is asked, in words. `whom`: their name where one was given."""
    return whom or str(Kind(kind).label)


class State(TextChoices):
    """Where a request stands today."""

    WAITING = "waiting", _("Venter på svar")
    LATE = "late", _("Svaret er forsinket")
    ANSWERED = "answered", _("Besvart")
    WITHDRAWN = "withdrawn", _("Trukket tilbake")

    @property
    def variant(self) -> str:
        """The look of its tag (`ui`)."""
        return {"waiting": "info", "late": "warning", "answered": "success"}.get(self.value, "neutral")
