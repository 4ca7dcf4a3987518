"""Pushing notices that cannot wait until somebody looks: to phones and closed browsers, with answers on them.

Their kind says which and with which answers (`notices.registry`). What is pushed is the notice's own words;
the service worker posts the answer, at once or when the network is back (`ui/sw.js`).
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from tryggmote.access.context import acting_as_job
from tryggmote.assistance import outside, pushing
from tryggmote.assistance.models import PushSubscription
from tryggmote.notices.models import Notice
from tryggmote.notices.registry import kind_of

# Longer than a call's: the phone of somebody who is out may be without coverage for a while.
LIVES_FOR_S = 30 * 60


def push(notice_ids: Sequence[UUID]) -> None:
    """Push each to every browser of the one who was told, unless they have seen it by now."""
    with acting_as_job():
        unseen = Notice.objects.filter(id__in=notice_ids, seen_at=None)
        told = {notice.person_id: notice for notice in unseen}
        found = list(PushSubscription.objects.filter(person_id__in=told).select_related("person"))
    letters = [_letter(told[subscription.person_id], subscription) for subscription in found]
    outcome = pushing.send(letters)
    with acting_as_job():
        outside.forget_gone(outcome)


def _letter(notice: Notice, to: PushSubscription) -> pushing.Letter:
    with translation.override(to.person.language):
        said = said_of(notice)
    return pushing.Letter(to.id, to.endpoint, to.p256dh, to.auth, said, LIVES_FOR_S)


def said_of(notice: Notice) -> dict[str, Any]:
    """What the service worker is told, in the language in force.

    `person`: whose it is, so that nobody else at the same phone answers. `waiting`: said while an answer has
    not been sent. `acts`: the buttons.
    """
    acts = [
        {
            "action": act.code,
            "title": str(act.label),
            "to": urljoin(notice.url, str(act.to)),
            "fields": dict(act.fields),
            "done": str(act.done),
        }
        for act in kind_of(notice.kind).acts
    ]
    return {
        "title": notice.title,
        "body": notice.body,
        "url": notice.url,
        "tag": str(notice.subject_id),
        "person": notice.person_id,
        "waiting": _("Ikke sendt ennå. Sendes når du har dekning. Ring 112 hvis det haster."),
        "acts": acts,
    }
