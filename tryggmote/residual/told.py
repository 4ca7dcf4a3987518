"""What people are told of residual risk: that something waits and where, never what was written (3.0)."""

from django.utils.translation import gettext_lazy as _

from tryggmote.information.registry import Context, ItemKind
from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Strength
from tryggmote.residual import elements
from tryggmote.residual.rules import REMINDED_DAYS_BEFORE

HEARING = "residual.hearing"
HEARD = "residual.heard"
KNOWN = "residual.known"


def runs_out(days: int) -> str:
    """The kind of a reminder so many days before: one that nobody has opened does not keep the next away."""
    return f"residual.runs_out_{days}"


KINDS = (
    NoticeKind(
        HEARING,
        title=_("Du er bedt om å uttale deg om en restrisiko"),
        body=_("%(unit)s: Lederen beskriver noe som ikke lar seg gjøre. Les, og si hva du mener."),
    ),
    NoticeKind(
        HEARD,
        title=_("Verneombudet har uttalt seg om en restrisiko"),
        body=_("%(unit)s: Les uttalelsen, og ta stilling til om du kan godkjenne."),
        strength=Strength.DIGEST,
    ),
    *(
        NoticeKind(
            runs_out(days),
            title=_("En restrisiko gjelder bare til %(day)s"),
            body=_("%(unit)s: Gå gjennom den før det. Etter dagen regnes det som at ingenting er på plass."),
        )
        for days in REMINDED_DAYS_BEFORE
    ),
)


class _Known(ItemKind):
    """Its context names element and meeting form: each reads what it is about in their own language."""

    def title_for(self, context: Context) -> str:
        about = elements.name_of(*(str(context[part]) for part in ("element", "form", "title")))
        return super().title_for({"title": about})


NEWS = _Known(
    KNOWN,
    title=_("Restrisiko: %(title)s"),
    body=_("Noe som skulle vært på plass, lar seg ikke gjøre. Les hva som gjelder i stedet."),
    icon="ExclamationmarkTriangleIcon",
)
