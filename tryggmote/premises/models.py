"""Buildings, their zones and rooms, and what is noted about each room (requirement 3.1)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.controls.vocabulary import PictureKind
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.premises import fact_sets
from tryggmote.premises.rules import Suitability, suitability_of
from tryggmote.premises.vocabulary import Access, RoomKind

NAME_LIMIT = 100
TEXT_LIMIT = 2_000


class Building(models.Model):
    """A place the unit uses. `left_on`: the day it was no longer used; it is kept for what happened there.

    The entrances and the parking are where people are met and followed, so they are written down.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=NAME_LIMIT)
    address = models.CharField(max_length=200, blank=True)
    public_entrance = models.TextField(max_length=TEXT_LIMIT, blank=True)
    staff_entrance = models.TextField(max_length=TEXT_LIMIT, blank=True)
    parking = models.TextField(max_length=TEXT_LIMIT, blank=True)
    is_temporary = models.BooleanField(default=False)
    left_on = models.DateField(null=True)
    created_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["unit", "name"], name="building_of_unit")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("premises:building", args=[self.id])


class Zone(models.Model):
    """A part of a building with its own access. `control`: how access is controlled, in words."""

    id = models.UUIDField(primary_key=True, default=new_id)
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="zones", db_index=False)
    name = models.CharField(max_length=NAME_LIMIT)
    access = models.CharField(max_length=10, choices=Access)
    control = models.TextField(max_length=TEXT_LIMIT, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["building", "name"], name="zone_is_named_once_in_a_building")
        ]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room, a counter or an area. `forms`: the meeting forms it is used for; none for other rooms.

    `left_on`: the day it was taken out of use. The unit is the building's.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="rooms", db_index=False)
    name = models.CharField(max_length=NAME_LIMIT)
    kind = models.CharField(max_length=20, choices=RoomKind)
    forms = ArrayField(models.CharField(max_length=20, choices=MeetingForm), default=list, blank=True)
    left_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["zone", "name"], condition=Q(left_on=None), name="room_is_named_once_in_a_zone"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("premises:room", args=[self.id])

    @property
    def kind_word(self) -> str:
        """What it is, in words; Django's own display method hashes all choices anew for each row."""
        return str(RoomKind(self.kind).label)

    @property
    def form_words(self) -> list[str]:
        """The meeting forms in words."""
        return [str(MeetingForm(form).label) for form in self.forms if form in MeetingForm.values]


class RoomNote(models.Model):
    """What somebody noted about a room, by the facts of a version. Added, never changed.

    `is_latest` is kept by the database (`policies.sql`): what counts now.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="notes", db_index=False)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    version = models.CharField(max_length=10)
    facts = models.JSONField()
    is_latest = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["room"], condition=Q(is_latest=True), name="room_note_one_is_latest"
            )
        ]
        indexes = [models.Index(fields=["room", "-at"], name="room_note_of_room")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def suitability(self) -> Suitability:
        """What the room is suitable for by this note alone."""
        return suitability_of(self.facts, fact_sets.version(self.version) or fact_sets.current())


class Picture(models.Model):
    """A picture or a plan of a building, or of one of its rooms, decoded and written anew.

    It shows where people can be caught and where help comes from, so only those who work there see it.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="pictures", db_index=False)
    room = models.ForeignKey(
        Room, null=True, on_delete=models.PROTECT, related_name="pictures", db_index=False
    )
    shows = models.CharField(max_length=NAME_LIMIT)
    kind = models.CharField(max_length=20, choices=PictureKind)
    content = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["building", "room", "at"], name="picture_of_place")]

    def __str__(self) -> str:
        return self.shows

    def get_absolute_url(self) -> str:
        return reverse("premises:picture", args=[self.id])


class BuildingMove(models.Model):
    """A building went from one unit to another, as when offices are merged or one is split. Never changed.

    All that is registered and noted about the building goes with it.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="moves")
    from_unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    to_unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)
