"""The forms a meeting with a client takes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingForm(TextChoices):
    """How employees and clients meet. `outside_work` is no meeting, but threats happen there."""

    RECEPTION = "reception", _("Mottak")
    PLANNED = "planned", _("Avtalt samtale")
    GROUP = "group", _("Gruppemøte")
    HOME_VISIT = "home_visit", _("Hjemmebesøk")
    OTHERS_PREMISES = "others_premises", _("Møte i andres lokaler")
    OUTDOORS = "outdoors", _("Ute")
    DRIVING = "driving", _("Kjøring i bil")
    TELEPHONE = "telephone", _("Telefon")
    VIDEO = "video", _("Video")
    WRITTEN = "written", _("Chat og skriftlig")
    OUTSIDE_WORK = "outside_work", _("Utenfor jobb")


MEETINGS = tuple(form for form in MeetingForm if form is not MeetingForm.OUTSIDE_WORK)
