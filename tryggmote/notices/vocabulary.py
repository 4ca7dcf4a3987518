"""The words notices are made of: how strong a kind is, what it is about, and the ways out of the house."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Strength(TextChoices):
    """How strongly a kind of notice asks to be known. Always on the screen at once.

    LIFE: a life may depend on it: by every way there is, at any hour. AT_ONCE: law or standard asks for it
    at once: nobody can put it off or switch it off. SOON and DIGEST: by itself, or with the others in the
    morning, as each chooses. SCREEN: only for those who look.
    """

    LIFE = "life"
    AT_ONCE = "at_once"
    SOON = "soon"
    DIGEST = "digest"
    SCREEN = "screen"


class Group(TextChoices):
    """What notices are about: people choose for a group, not for each of a hundred kinds."""

    MEETINGS = "meetings", _("Møter, stans og å være ute alene")
    INCIDENTS = "incidents", _("Hendelser og oppfølging")
    SAFETY = "safety", _("Risiko, tiltak og lokaler")
    TRAINING = "training", _("Opplæring og øvelser")
    READING = "reading", _("Nytt å lese og lærdommer")
    DUTIES = "duties", _("Frister og gjøremål")


class Channel(TextChoices):
    """A way out of the house."""

    EMAIL = "email", _("E-post")
    PUSH = "push", _("Varsel på telefon og PC")
    TEXT = "text", _("Tekstmelding")
    UNIT = "unit", _("Kanal for enheten")


PERSONAL = (Channel.EMAIL, Channel.PUSH, Channel.TEXT)
# What makes a sound where somebody rests. E-mail lies until one looks.
RINGS = frozenset({Channel.PUSH, Channel.TEXT})


class Pace(TextChoices):
    """How somebody wants to hear of what may be chosen."""

    AT_ONCE = "at_once", _("Hver for seg, med en gang")
    DIGEST = "digest", _("Samlet på e-post én gang om dagen")
    SCREEN = "screen", _("Bare i Tryggmøte")


class Trouble(TextChoices):
    """Why something was not sent, where the other end has no words of its own."""

    NOT_TAKEN = "not_taken", _("Tjenesten svarte ikke, eller tok ikke imot.")
    GONE = "gone", _("Mottakeren er ikke lenger der.")
    UNREADABLE = "unreadable", _("Adressen kan ikke leses. Den må legges inn på nytt.")
    NOT_OPENED = "not_opened", _("Adressen er ikke åpnet i ASSISTANCE_CHANNELS.")
    TOO_OLD = "too_old", _("Beskjeden ble for gammel før den kunne sendes.")
    NO_WORDS = "no_words", _("Beskjeden har ingen tekst i denne versjonen.")
