"""The words an incident is described with (requirement 2.4). Codes are stored, words are shown."""

from collections.abc import Iterable

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class About(TextChoices):
    """Whom the report is about, seen from the one who writes it."""

    SELF = "self", _("Meg selv")
    OTHER = "other", _("En kollega, som jeg melder for")
    WITNESS = "witness", _("Jeg så eller hørte det")
    WORRY = "worry", _("Ingen ennå, men jeg er bekymret")


class Nature(TextChoices):
    """What it was. Several may be true of one incident."""

    VERBAL_ABUSE = "verbal_abuse", _("Utskjelling")
    THREAT_TO_EMPLOYEE = "threat_to_employee", _("Trussel mot en ansatt")
    THREATENING_CONDUCT = "threatening_conduct", _("Truende oppførsel")
    THREAT_OF_SELF_HARM = "threat_of_self_harm", _("Trussel om selvskading eller selvmord")
    GRIP_OR_PUSH = "grip_or_push", _("Grep eller dytt")
    BLOW_OR_KICK = "blow_or_kick", _("Slag eller spark")
    VANDALISM = "vandalism", _("Ødela ting")
    WORRY = "worry", _("Uro, uten at noe har skjedd")
    HARASSMENT = "harassment", _("Sjikane eller trakassering")
    HATE_SPEECH = "hate_speech", _("Hatytringer")
    THREAT_TO_FAMILY = "threat_to_family", _("Trussel mot familie")
    THREAT_TO_OTHERS = "threat_to_others", _("Trussel mot kontoret eller andre")
    SPITTING = "spitting", _("Spytting")
    THROWN_OBJECT = "thrown_object", _("Kastet noe")
    WEAPON_SHOWN = "weapon_shown", _("Viste kniv eller annet våpen")
    WEAPON_USED = "weapon_used", _("Brukte kniv eller annet våpen")
    SEXUAL = "sexual", _("Seksuell trakassering eller overgrep")
    SOUGHT_OUT = "sought_out", _("Oppsøkt eller fulgt etter privat")
    ONLINE_EXPOSURE = "online_exposure", _("Filmet eller hengt ut på nett")


COMMON_NATURES = (
    Nature.VERBAL_ABUSE,
    Nature.THREAT_TO_EMPLOYEE,
    Nature.THREATENING_CONDUCT,
    Nature.THREAT_OF_SELF_HARM,
    Nature.GRIP_OR_PUSH,
    Nature.BLOW_OR_KICK,
    Nature.VANDALISM,
    Nature.WORRY,
)
OTHER_NATURES = tuple(nature for nature in Nature if nature not in COMMON_NATURES)


def words_of_natures(codes: Iterable[str]) -> list[str]:
    """What it was, in words; codes that nobody knows are left out."""
    return [str(Nature(code).label) for code in codes if code in Nature.values]


class Severity(IntegerChoices):
    """How it felt, in the reporter's own judgement. Never overwritten by the leader's level."""

    MILD = 1, _("Litt ubehagelig")
    UNPLEASANT = 2, _("Ubehagelig")
    FRIGHTENING = 3, _("Skremmende")
    VERY_FRIGHTENING = 4, _("Svært skremmende")
    FEAR_FOR_LIFE = 5, _("Redd for liv eller helse")


class ImmediateHelp(TextChoices):
    YES = "yes", _("Ja")
    NO = "no", _("Nei")
    NOT_NEEDED = "not_needed", _("Trengte det ikke")


class Capacity(TextChoices):
    """Why someone is told of an incident, or in what capacity they read it."""

    DAILY_LEADER = "daily_leader", _("Daglig leder")
    FORMAL_LEADER = "formal_leader", _("Formell leder")
    LEADER = "leader", _("Leder for enheten")
    NEXT_LEADER = "next_leader", _("Neste leder")
    DIRECTOR = "director", _("Direktør")
    SAFETY_REPRESENTATIVE = "safety_representative", _("Verneombud")

    @property
    def leads(self) -> bool:
        return self is not Capacity.SAFETY_REPRESENTATIVE


class EscalationReason(TextChoices):
    LEADER_INVOLVED = "leader_involved", _("Nærmeste leder er selv en del av hendelsen")
    NO_LEADER = "no_leader", _("Nærmeste leder er ikke registrert")
    NO_REACTION = "no_reaction", _("Ingen leder hadde lest den etter to arbeidsdager")


class AlarmWorked(TextChoices):
    """Whether the alarm did what it is there for."""

    YES = "yes", _("Ja")
    NO = "no", _("Nei")
    NOT_USED = "not_used", _("Ble ikke brukt")
    NONE = "none", _("Hadde ingen")


class Outcome(TextChoices):
    """What became of a step."""

    DONE = "done", _("Gjort")
    DECLINED = "declined", _("Ikke aktuelt")
    NOT_NEEDED = "not_needed", _("Hører ikke til nivået lenger")
    ASKED_AGAIN = "asked_again", _("Aktuelt igjen")


class Status(TextChoices):
    """How far the answer has come. Derived from what has been done, never set by hand."""

    NEW = "new", _("Ikke lest av leder")
    RAISED = "raised", _("Hos neste leder")
    READ = "read", _("Lest av leder")
    ANSWERED = "answered", _("Besvart")

    @property
    def variant(self) -> str:
        """How it is coloured, as `ui`'s tag names it."""
        return _VARIANTS[self]


_VARIANTS = {
    Status.NEW: "neutral",
    Status.RAISED: "warning",
    Status.READ: "info",
    Status.ANSWERED: "success",
}
