"""Carrying notices to phones and closed browsers, with answers on them.

What is pushed is the notice's own words; the service worker posts the answer, at once or when the network
is back (`ui/sw.js`).
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from django.utils import translation
from django.utils.translation import gettext as _

from tryggmote.access.context import acting_as_job
from tryggmote.assistance import outside, pushing
from tryggmote.assistance.models import PushSubscription
from tryggmote.notices.carriers import Outcome
from tryggmote.notices.models import Delivery, Notice
from tryggmote.notices.registry import kind_of
from tryggmote.notices.vocabulary import Trouble

# Longer than a call's: the phone of somebody who is out may be without coverage for a while.
LIVES_FOR_S = 30 * 60


class PushCarrier:
    """All of a batch at the same time, each to every browser of the one who was told."""

    def is_set_up(self) -> bool:
        """Needs nothing to be set up."""
        return True

    def reaches(self, ids: Collection[int]) -> set[int]:
        """Those who have a browser that may be woken."""
        found = PushSubscription.objects.filter(person_id__in=ids)
        return set(found.values_list("person_id", flat=True))

    def carry(self, batch: Sequence[Delivery]) -> Iterator[Outcome]:
        """Taken when one of the person's browsers is; with none left there is nobody to wake."""
        told = {delivery.of_notice.person_id for delivery in batch}
        with acting_as_job():
            found = list(PushSubscription.objects.filter(person_id__in=told).select_related("person"))
        letters: dict[int, list[pushing.Letter]] = {}
        for delivery in batch:
            try:
                letters[delivery.id] = [
                    _letter(delivery.of_notice, to)
                    for to in found
                    if to.person_id == delivery.of_notice.person_id
                ]
            except KeyError:
                yield Outcome(delivery, Trouble.NO_WORDS, is_final=True)
        pushed = iter(pushing.send(letter for own in letters.values() for letter in own))
        outcome = {number: list(islice(pushed, len(own))) for number, own in letters.items()}
        with acting_as_job():
            outside.forget_gone(one for own in outcome.values() for one in own)
        for delivery in batch:
            if delivery.id in outcome:
                yield _outcome(delivery, outcome[delivery.id])


def _outcome(delivery: Delivery, pushed: Sequence[pushing.Pushed]) -> Outcome:
    if any(one.taken for one in pushed):
        return Outcome(delivery)
    is_nobody_left = all(one.gone for one in pushed)
    trouble = Trouble.GONE if is_nobody_left else Trouble.NOT_TAKEN
    return Outcome(delivery, trouble, is_final=is_nobody_left)


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
