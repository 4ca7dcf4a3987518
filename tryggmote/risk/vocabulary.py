"""The words of risk assessments."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.roles import Role


class Subject(TextChoices):
    """What is assessed. `WORK` is the daily work in one or more meeting forms; the others add to it (2.1)."""

    WORK = "work", _("Arbeidet i en eller flere møteformer")
    ROOM = "room", _("Et rom eller et sted")
    CHANGE = "change", _("En endring")
    PROJECT = "project", _("Et prosjekt")
    LEVEL = "level", _("Et nivå over kontorene")


class Capacity(TextChoices):
    """In what capacity somebody takes part (1.1: recorded by role)."""

    LEADER = "leader", _("Leder")
    SAFETY_REPRESENTATIVE = "safety_representative", _("Verneombud")
    UNION_REPRESENTATIVE = "union_representative", _("Tillitsvalgt")
    EMPLOYEE = "employee", _("Ansatt")
    OCCUPATIONAL_HEALTH = "occupational_health", _("Bedriftshelsetjeneste")


CAPACITY_OF_ROLE = {
    Role.SAFETY_REPRESENTATIVE: Capacity.SAFETY_REPRESENTATIVE,
    Role.CHIEF_SAFETY_REPRESENTATIVE: Capacity.SAFETY_REPRESENTATIVE,
    Role.UNION_REPRESENTATIVE: Capacity.UNION_REPRESENTATIVE,
    Role.COMMITTEE_MEMBER: Capacity.UNION_REPRESENTATIVE,
    Role.OCCUPATIONAL_HEALTH: Capacity.OCCUPATIONAL_HEALTH,
    Role.LEADER: Capacity.LEADER,
    Role.OFFICE_LEADER: Capacity.LEADER,
    Role.COUNTY_DIRECTOR: Capacity.LEADER,
    Role.MUNICIPAL_DIRECTOR: Capacity.LEADER,
    Role.DIRECTORATE: Capacity.LEADER,
}


class Answer(TextChoices):
    """What somebody who was consulted says."""

    AGREE = "agree", _("Enig")
    REMARK = "remark", _("Har merknad")
    DISAGREE = "disagree", _("Uenig")


class NotHeard(TextChoices):
    """Why somebody was not heard; the leader says which, with a reason."""

    DECLINED = "declined", _("Ønsket ikke å uttale seg")
    NOT_REACHED = "not_reached", _("Kunne ikke nås")
    NOBODY = "nobody", _("Ingen er valgt")


class Cause(TextChoices):
    """Why an approved assessment was opened again (2.1, § 23A-1: the effect of measures is part of it)."""

    FIRST = "first", _("Første vurdering")
    INCIDENT = "incident", _("En alvorlig hendelse")
    CHANGE = "change", _("En endring i lokaler, organisering, åpningstid eller tjenester")
    TEST = "test", _("En test som ikke ble bestått")
    NO_EFFECT = "no_effect", _("Et tiltak uten virkning")
    HAZARD = "hazard", _("En fare som ikke var vurdert")
    REMARK = "remark", _("En merknad")
    DATE = "date", _("Datoen for ny gjennomgang er kommet")


class Source(TextChoices):
    """Where a hazard in the inbox comes from."""

    INCIDENT = "incident", _("Hendelse")
    CHECK = "check", _("Sjekk med høy risiko")
    STOP = "stop", _("Stanset møte")
    RISK = "risk", _("Meldt risiko")
    REVIEW = "review", _("Gjennomgang av lokaler")
    CONCERN = "concern", _("Bekymring fra verneombud eller ansatt")
    EXERCISE = "exercise", _("Øvelse")


class Outcome(TextChoices):
    """What became of a hazard."""

    ASSESSED = "assessed", _("Vurdert")
    MERGED = "merged", _("Slått sammen")
    DECLINED = "declined", _("Ikke tatt inn")


class Part(IntegerChoices):
    """Which of the three risks of a scenario. Kept apart: they answer different questions."""

    INHERENT = 1, _("Uten tiltak")
    CURRENT = 2, _("Nå")
    RESIDUAL = 3, _("Når tiltakene er på plass")
