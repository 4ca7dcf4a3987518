"""What information tells people beside the feed, in words that say that something waits and where."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind

KINDS = (
    NoticeKind(
        "information_important",
        title=_("Noe viktig å lese"),
        body=_("%(unit)s: Det er kommet noe alle må lese. Du finner det i Tryggmøte."),
        for_unit=True,
    ),
    NoticeKind(
        "information_reminder",
        title=_("Du har ikke lest dette ennå"),
        body=_("%(unit)s: Lederen din ber deg lese noe nytt. Du finner det i Tryggmøte."),
    ),
    NoticeKind(
        "information_digest",
        title=_("Nytt å lese denne uken"),
        body=_("Ulest fra enheten din: %(number)s. Du finner det i Tryggmøte."),
    ),
)
