"""What police reports tell people: that something was decided or heard, never what was written."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind

KINDS = (
    NoticeKind(
        "police_decided",
        title=_("Det er tatt stilling til anmeldelse"),
        body=_(
            "%(name)s har tatt stilling til om hendelsen skal anmeldes. "
            "Avgjørelsen og begrunnelsen ligger i Tryggmøte."
        ),
    ),
    NoticeKind(
        "police_filed",
        title=_("Hendelsen er anmeldt"),
        body=_("%(name)s har anmeldt hendelsen på vegne av arbeidsgiveren."),
    ),
    NoticeKind(
        "police_news",
        title=_("Nytt om anmeldelsen"),
        body=_("%(name)s har lagt inn noe nytt fra politiet. Det ligger i Tryggmøte."),
    ),
)
