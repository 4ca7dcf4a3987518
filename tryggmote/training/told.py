"""What people are told of their training: that something waits, never what a leader wrote (4.1)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind

LET_GO = "training.let_go"
RUNS_OUT = "training.runs_out"

KINDS = (
    NoticeKind(
        LET_GO,
        title=_("Lederen har gjort et unntak for deg"),
        body=_("Du kan møte brukere en tid, selv om du mangler opplæring. Se hva som gjenstår."),
    ),
    NoticeKind(
        RUNS_OUT,
        title=_("Opplæring går ut om %(days)s dager"),
        body=_("«%(name)s» må fornyes. Se hva du kan melde deg på."),
    ),
)


def own_url() -> str:
    """Where one's own training is."""
    return reverse("training:own")
