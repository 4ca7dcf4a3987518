"""Evidence of an incident: pictures, recordings, e-mail and texts, sealed, with the chain of who had them.

A file's own name is not kept: it may hold a client's name, and nothing needs it.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.exhibits.limits import limits
from tryggmote.exhibits.vocabulary import Deed, Kind, Part, Scan

WHAT_LIMIT = 200
REASON_LIMIT = 2000


PLAYED = frozenset(
    {
        "audio/mpeg", "audio/mp4", "audio/x-wav", "audio/ogg", "audio/aac",
        "video/mp4", "video/quicktime", "video/webm",
    }
)  # fmt: skip
"""Recordings that browsers play. Those of older telephones (AMR, 3GP) they do not."""


class Exhibit(models.Model):
    """One piece of evidence as it was sent, with its checksum. `what`: what it shows, in a few words.

    `sealed_key`: the file's own key, sealed with the one called `key_id`; emptied when the content is
    removed, so that nobody can open what the disk may still hold of it.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="+")
    added_by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=WHAT_LIMIT)
    kind = models.CharField(max_length=10, choices=Kind)
    media_type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=Scan)
    limits_version = models.CharField(max_length=40)
    # The copy for the screen; empty where there is none.
    copy_type = models.CharField(max_length=40, blank=True)
    copy_sha256 = models.CharField(max_length=64, blank=True)
    key_id = models.CharField(max_length=40)
    sealed_key = models.BinaryField()
    # Derived from the chain of custody (`policies.sql`).
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["incident", "added_at"], name="exhibit_of_incident")]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="exhibit_is_not_empty"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="exhibit_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("exhibits:detail", args=[self.id])

    @property
    def file_name(self) -> str:
        """What the original is called when it leaves us: our own words, and the extension of what it is."""
        return f"bevis-{self.added_at:%Y%m%d}-{self.sha256[:8]}.{limits().extension_of(self.media_type)}"

    @property
    def icon(self) -> str:
        return Kind(self.kind).icon

    @property
    def can_be_shown(self) -> bool:
        """True when it can be seen or heard here: pictures we can draw, texts, and recordings."""
        return self.can_be_opened and bool(self.copy_type or self.kind == Kind.TEXT or self.player)

    @property
    def can_be_opened(self) -> bool:
        """True while its content is there, and nothing harmful was found in it."""
        return self.removed_at is None and self.scan != Scan.FOUND

    @property
    def player(self) -> str:
        """What plays it in the browser, "audio" or "video"; empty for what no browser plays."""
        return self.kind if self.media_type in PLAYED else ""


class Chunk(models.Model):
    """A sealed megabyte of an exhibit (`store.py`)."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.CASCADE, related_name="+", db_index=False)
    part = models.CharField(max_length=8, choices=Part)
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exhibit", "part", "number"], name="chunk_has_its_own_place")
        ]


class CustodyAct(models.Model):
    """A link in the chain of custody: who did what with the exhibit, and when. Added, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    exhibit = models.ForeignKey(Exhibit, on_delete=models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    deed = models.CharField(max_length=12, choices=Deed)
    note = models.TextField(max_length=REASON_LIMIT, blank=True)

    class Meta:
        indexes = [models.Index(fields=["exhibit", "at"], name="custody_of_exhibit")]
