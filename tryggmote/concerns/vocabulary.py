"""The words of concerns, demands and stops (AML §§ 2-3, 6-2 and 6-3)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Capacity(TextChoices):
    """As what somebody was sent a concern."""

    LEADER = "leader", _("Leder")
    REPRESENTATIVE = "representative", _("Verneombud")


class Reason(TextChoices):
    """Why somebody was sent a concern."""

    SENT = "sent", _("Sendt av den som skrev")
    SHARED = "shared", _("Delt")
    UNANSWERED = "unanswered", _("Ikke besvart innen fristen")
    UNSETTLED = "unsettled", _("Svaret holdt ikke")

    @property
    def is_passed_on(self) -> bool:
        """Whether it went on to the next in line."""
        return self in (Reason.UNANSWERED, Reason.UNSETTLED)


class Outcome(TextChoices):
    """What is answered to a concern. The first three are a leader's, the last a safety representative's."""

    MEASURE = "measure", _("Vi gjør noe med det")
    HAZARD = "hazard", _("Vi tar det opp i risikovurderingen")
    DECLINED = "declined", _("Vi gjør det ikke, og her er grunnen")
    FOLLOWED = "followed", _("Verneombudet følger det opp")


class State(TextChoices):
    """Where a concern stands now."""

    WAITING = "waiting", _("Venter på svar")
    LATE = "late", _("Svaret er forsinket")
    ANSWERED = "answered", _("Besvart")
    SETTLED = "settled", _("Svaret holder")

    @property
    def variant(self) -> str:
        """The look of its tag (`ui`)."""
        return {"waiting": "info", "late": "warning"}.get(self.value, "success")


class DemandState(TextChoices):
    """Where a demand of the safety representative stands now (AML § 6-2)."""

    WAITING = "waiting", _("Venter på svar")
    LATE = "late", _("Ikke besvart innen fristen")
    ANSWERED = "answered", _("Besvart")
    TAKEN_FURTHER = "taken_further", _("Meldt videre")

    @property
    def variant(self) -> str:
        """The look of its tag (`ui`)."""
        return {"waiting": "info", "late": "error", "answered": "success"}.get(self.value, "warning")


class Body(TextChoices):
    """To whom a demand goes further (AML § 6-2 (3))."""

    COMMITTEE = "committee", _("Arbeidsmiljøutvalget (AMU)")
    INSPECTORATE = "inspectorate", _("Arbeidstilsynet")


class Deed(TextChoices):
    """What is done about a stop, each with its time (AML § 6-3)."""

    DONE = "done", _("Arbeidsgiveren mener arbeidet kan begynne igjen")
    AGREED = "agreed", _("Verneombudet er enig: arbeidet kan begynne igjen")
    DISAGREED = "disagreed", _("Verneombudet er ikke enig: arbeidet er fortsatt stanset")
    MAY_BEGIN = "may_begin", _("Arbeidstilsynet: arbeidet kan begynne igjen")
    STAYS = "stays", _("Arbeidstilsynet: arbeidet skal fortsatt være stanset")

    @property
    def ends(self) -> bool:
        """Whether the work may begin again."""
        return self in (Deed.AGREED, Deed.MAY_BEGIN)


class StopState(TextChoices):
    """Where a stop stands now."""

    STOPPED = "stopped", _("Arbeidet er stanset")
    TO_JUDGE = "to_judge", _("Stanset, verneombudet tar stilling")
    ENDED = "ended", _("Arbeidet er i gang igjen")

    @property
    def variant(self) -> str:
        """The look of its tag (`ui`)."""
        return {"stopped": "error", "to_judge": "warning"}.get(self.value, "success")
