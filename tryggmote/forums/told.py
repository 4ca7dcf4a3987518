"""What people are told of meetings: when and where, and that something waits; never what was said."""

from django.utils.translation import gettext_lazy as _

from tryggmote.information.registry import ItemKind
from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Strength

INVITED = "forums.invited"
MOVED = "forums.moved"
CALLED_OFF = "forums.called_off"
TO_APPROVE = "forums.to_approve"
RETURNED = "forums.returned"
APPROVED = "forums.approved"
DECIDED = "forums.decided"
PUBLISHED = "forums.published"

KINDS = (
    NoticeKind(
        INVITED,
        title=_("Du er innkalt til et møte"),
        body=_("%(unit)s, %(when)s. Sakslisten ligger på møtets side."),
    ),
    NoticeKind(MOVED, title=_("Et møte er flyttet"), body=_("%(unit)s, nå %(when)s.")),
    NoticeKind(CALLED_OFF, title=_("Et møte er avlyst"), body=_("%(unit)s, %(when)s.")),
    NoticeKind(
        TO_APPROVE,
        title=_("Et referat venter på at du godkjenner"),
        body=_("Møtet i %(unit)s, %(when)s. Det teller når begge parter har godkjent."),
    ),
    NoticeKind(
        RETURNED,
        title=_("Referatet er sendt tilbake"),
        body=_("Møtet i %(unit)s, %(when)s. Hvorfor står på møtets side."),
    ),
    NoticeKind(
        APPROVED,
        title=_("Referatet er godkjent av begge parter"),
        body=_("Møtet i %(unit)s, %(when)s. Nå kan det publiseres."),
        strength=Strength.SCREEN,
    ),
    NoticeKind(
        DECIDED,
        title=_("Et møte har gitt deg en oppgave"),
        body=_("Møtet i %(unit)s, %(when)s. Oppgaven og fristen står på møtets side."),
    ),
)
NEWS = ItemKind(
    PUBLISHED,
    title=_("Nytt referat"),
    body=_("%(unit)s, %(when)s. Les hva som ble bestemt."),
    icon="PersonChatIcon",
)
