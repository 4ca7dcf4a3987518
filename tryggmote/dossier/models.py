"""Dossiers: what a unit can show for a period, as files, and who has been let in to which of them."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.access.ids import new_id
from tryggmote.ui.dates import OSLO

NAME_LIMIT = 120
RULES_LIMIT = 200
DIGEST_LENGTH = 64


class Dossier(models.Model):
    """A unit and a period, made by a job as the person who asked. `done` of `total` parts are ready.

    `rules`: the versions its status was measured with. `data_digest`: SHA-256 of all that the files say.
    `seal`: of the history when it was made (`app.seal_history`).
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    since = models.DateField()
    until = models.DateField()
    language = models.CharField(max_length=2)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(default=timezone.now)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    rules = models.CharField(max_length=RULES_LIMIT, blank=True)
    data_digest = models.CharField(max_length=DIGEST_LENGTH, blank=True)
    seal = models.CharField(max_length=DIGEST_LENGTH, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="dossier_ends_after_it_begins")
        ]
        indexes = [models.Index(fields=["by", "-asked_at"], name="dossier_of_maker")]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("dossier:dossier", args=[self.id])

    @property
    def is_being_made(self) -> bool:
        """Whether it is neither ready nor given up."""
        return self.made_at is None and self.failed_at is None


class FileKind(models.TextChoices):
    PDF = "pdf", _("PDF")
    WORKBOOK = "xlsx", _("Regneark")

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class File(models.Model):
    """One of the files of a dossier. Never changed; `digest`: SHA-256 of its bytes."""

    id = models.UUIDField(primary_key=True, default=new_id)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="files", db_index=False)
    kind = models.CharField(max_length=4, choices=FileKind)
    content = models.BinaryField()
    digest = models.CharField(max_length=DIGEST_LENGTH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "kind"], name="dossier_has_a_file_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"


class Invitation(models.Model):
    """Somebody outside is let in to exactly this dossier until `ends_at`, by a link and a code by e-mail.

    Neither link nor code is kept: both are worked out (`entering.py`). `code_asked_at`: of the latest code;
    `wrong_codes`: tries at it; `wrong_in_all`: at all of them.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField(max_length=NAME_LIMIT)
    email = models.EmailField()
    invited_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    code_asked_at = models.DateTimeField(null=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    wrong_in_all = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def last_day(self) -> date:
        """The last day on which the door is open."""
        return (self.ends_at - timedelta(microseconds=1)).astimezone(OSLO).date()

    @property
    def is_open(self) -> bool:
        """Whether the door is not shut again."""
        return self.revoked_at is None and self.ends_at > timezone.now()


class What(models.TextChoices):
    """What was opened."""

    PAGE = "page", _("Siden")
    PDF = FileKind.PDF.value, _("PDF-en")
    WORKBOOK = FileKind.WORKBOOK.value, _("Regnearket")


class Opening(models.Model):
    """Somebody invited opened this, then. Added, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="openings")
    what = models.CharField(max_length=4, choices=What)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def what_word(self) -> str:
        return str(What(self.what).label)
