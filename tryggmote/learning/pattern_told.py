"""What patterns tell people, calmly: figures wait on a page, the words say only that there are some."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind

KINDS = (
    NoticeKind(
        "pattern_of_you",
        title=_("Flere hendelser på kort tid"),
        body=_(
            "Du har stått i flere hendelser på kort tid. Det skal du ikke bære alene. Se hva du kan be om."
        ),
    ),
    NoticeKind(
        "pattern_of_one_you_lead",
        title=_("En av dem du leder, har stått i mye"),
        body=_("En av dem du leder, har stått i flere hendelser på kort tid. Ta en prat."),
    ),
    NoticeKind(
        "pattern_in_unit",
        title=_("Hendelser som ligner"),
        body=_("%(unit)s: Flere hendelser har noe til felles. Se tallene."),
    ),
    NoticeKind(
        "pattern_wave",
        title=_("Flere hendelser enn vanlig"),
        body=_("%(unit)s: Det er meldt flere hendelser enn vanlig de siste %(days)s dagene. Se tallene."),
    ),
)
