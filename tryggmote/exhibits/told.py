"""What evidence tells people: that something is wrong with a file, never what is in it."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind

KINDS = (
    NoticeKind(
        "exhibit_harmful",
        title=_("Et bevis du la inn, kan være skadelig"),
        body=_("Virussjekken fant noe i filen. Åpne den ikke på telefonen eller PC-en din. Si fra til IT."),
    ),
)
