"""Who is who: units on two lines, people, their two relations to work, and the roles they hold.

A person has a formal employer and leader (`Employment`) and a daily workplace and leader (`Placement`);
these may differ. An office belongs to a county and to one or more municipalities (`UnitParent`).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tryggmote.access.ids import new_id
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.roles import Role

WHY_LIMIT = 1_000
"""Characters of a reason that everybody in two units reads."""


class UnitKind(models.TextChoices):
    DIRECTORATE = "directorate", _("Direktorat")
    COUNTY = "county", _("Fylke eller region")
    MUNICIPALITY = "municipality", _("Kommune")
    OFFICE = "office", _("Nav-kontor")
    CONTACT_CENTRE = "contact_centre", _("Kontaktsenter")
    SPECIAL = "special", _("Spesialenhet")
    DEPARTMENT = "department", _("Avdeling")
    TEAM = "team", _("Team")


class Unit(models.Model):
    """A place in the organisation. `code` is its lasting name in the employer's own systems."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    # Norwegian alphabetical order, which the database's collation does not give (`sorting.sort_key`).
    # Collation C compares by code point, as the key is made for, and lets the index find beginnings of names.
    sort_key = models.CharField(max_length=400, db_collation="C")
    kind = models.CharField(max_length=20, choices=UnitKind)
    meeting_forms = ArrayField(models.CharField(max_length=20, choices=MeetingForm), default=list, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    # The unit it has become a part of: what happened here counts there. Kept by the database (`Handover`).
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["sort_key"], name="unit_by_name")]

    def __str__(self) -> str:
        return self.name


class UnitParent(models.Model):
    """`child` belongs to `parent`. An office has one parent on each line."""

    child = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="parent_links")
    parent = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="child_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "parent"], name="unit_has_a_parent_once"),
            models.CheckConstraint(condition=~Q(child=F("parent")), name="unit_is_not_its_own_parent"),
        ]


class UnitClosure(models.Model):
    """Every unit with itself (depth 0) and with all above it. Rebuilt when `UnitParent` changes."""

    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ancestor", "descendant"], name="closure_holds_a_pair_once")
        ]


class Workforce(models.Model):
    """The employees of one employer in one unit: the one integer that protected rows carry as their key.

    The employer is the directorate for state employees, else a municipality. See ADR 0003.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="workforces")
    employer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "employer"], name="workforce_is_one")]


class WorkforceReach(models.Model):
    """Each workforce with its own unit and every unit above it: whom a role held in `unit` reaches.

    Kept by triggers on `UnitClosure` and `Workforce` (`policies.sql`); a director's employees are found in
    one stretch of its index instead of one look-up a unit, at every request (`app.context_of`).
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", db_index=False)
    employer = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", db_index=False)
    workforce = models.ForeignKey(Workforce, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "employer", "workforce"], name="workforce_is_reached_once_from_a_unit"
            )
        ]


class SafetyArea(models.Model):
    """The part of a workplace that one safety representative stands for (AML § 6-1)."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="safety_areas")
    employer = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who works here. Ended, never deleted, when they leave."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("Som på enheten")
        LIGHT = "light", _("Lyst")
        DARK = "dark", _("Mørkt")

    external_id = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400, db_collation="C")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=2, default="nb")
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sort_key"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name


class Employment(models.Model):
    """The formal line: who employs the person, and who leads them there."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="employments")
    employer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    formal_leader = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on=None), name="person_has_one_employment_at_a_time"
            )
        ]


class Placement(models.Model):
    """The daily line: where the person works, who leads the day, which safety area they belong to."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="placements")
    workforce = models.ForeignKey(Workforce, on_delete=models.PROTECT, related_name="placements")
    daily_leader = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    safety_area = models.ForeignKey(
        SafetyArea, null=True, blank=True, on_delete=models.PROTECT, related_name="placements"
    )
    title = models.CharField(max_length=100, blank=True)
    meets_clients = models.BooleanField(default=True)
    is_primary = models.BooleanField(default=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)


class RoleAssignment(models.Model):
    """A role in a unit from a day to a day. Without an employer it covers both lines there.

    `stands_in_for`: whose role it is, when somebody has it only while that one is away; such a one is theirs
    to give and not in the employers' file.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_assignments")
    role = models.CharField(max_length=30, choices=Role)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="role_assignments")
    employer = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    safety_area = models.ForeignKey(
        SafetyArea, null=True, blank=True, on_delete=models.PROTECT, related_name="role_assignments"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    stands_in_for = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="stand_ins"
    )

    class Meta:
        indexes = [models.Index(fields=["unit", "role"], name="roles_of_unit")]


class ImportDraft(models.Model):
    """A file that an administrator has sent in and not yet decided on. Gone after use, or after a day."""

    id = models.UUIDField(primary_key=True, default=new_id)
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)


class Handover(models.Model):
    """A unit hands over all it has, and becomes a part of another; or what was `chosen` of it. ADR 0032.

    `chosen`: ids of rows, in whichever capability. `reverses`: brings back what that handover took. Written
    once; what goes is said by each capability's `app.goes_with_unit`.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    is_whole = models.BooleanField()
    chosen = ArrayField(models.UUIDField(), default=list)
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by", db_index=False
    )
    why = models.TextField(max_length=WHY_LIMIT)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_unit=F("to_unit")), name="unit_hands_over_to_another_unit"
            ),
            models.CheckConstraint(
                condition=Q(is_whole=False) | Q(chosen=[], reverses=None), name="all_of_a_unit_is_all"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("organisation:handover", args=[self.id])

    @property
    def words(self) -> str:
        """What happened, with the names of both units."""
        if self.reverses_id:
            said = gettext("Tilbake fra %(from)s til %(to)s")
        elif self.is_whole:
            said = gettext("%(from)s ble en del av %(to)s")
        else:
            said = gettext("Noe gikk fra %(from)s til %(to)s")
        return said % {"from": self.from_unit.name, "to": self.to_unit.name}


class HandoverPart(models.Model):
    """What a handover took of one `kind` (a table): written by the database, and the way back.

    `is_private`: not even how many there are is told to those who hand over.
    """

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=60)
    row_ids = ArrayField(models.CharField(max_length=40))
    n = models.PositiveIntegerField()
    is_private = models.BooleanField()
