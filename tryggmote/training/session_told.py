"""What people are told of sessions (4.1): when it is, never what anybody wrote.

A session is told by its moment, as each reads it; its name is in the language of whoever acts, so it is not.
"""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind
from tryggmote.training.models import Session
from tryggmote.ui.dates import OSLO

SIGNED_UP = "training.signed_up"
MOVED_UP = "training.moved_up"
MOVED_ON = "training.moved_on"
ABSENT = "training.absent"
CHANGED = "training.session_changed"
CANCELLED = "training.session_cancelled"
WITHDRAWN = "training.withdrawn"
LEADS = "training.leads_session"
REMINDER = "training.session_reminder"

KINDS = (
    NoticeKind(
        SIGNED_UP,
        title=_("Du er meldt på en opplæringsøkt %(day)s"),
        body=_("Kl. %(time)s. Se hva den handler om. Kan du ikke, melder du deg av."),
    ),
    NoticeKind(
        MOVED_UP,
        title=_("Du har fått plass på opplæringsøkten %(day)s"),
        body=_("Kl. %(time)s. En plass ble ledig. Kan du ikke, melder du deg av."),
    ),
    NoticeKind(
        MOVED_ON,
        title=_("Du er meldt på neste opplæringsøkt %(day)s"),
        body=_("Kl. %(time)s. Du var ikke med sist. Kan du ikke, melder du deg av."),
    ),
    NoticeKind(
        ABSENT,
        title=_("Du var ikke med på opplæringsøkten %(day)s"),
        body=_("Det er ingen ny økt med ledig plass ennå. Spør lederen din når den neste kommer."),
    ),
    NoticeKind(
        CHANGED,
        title=_("En opplæringsøkt du er meldt på, er endret"),
        body=_("Den er nå %(day)s kl. %(time)s. Se tid og sted."),
    ),
    NoticeKind(
        CANCELLED,
        title=_("Opplæringsøkten %(day)s er avlyst"),
        body=_("Se om det er en annen du kan melde deg på."),
    ),
    NoticeKind(
        WITHDRAWN,
        title=_("Du er meldt av opplæringsøkten %(day)s"),
        body=_("Se om det er en annen du kan melde deg på."),
    ),
    NoticeKind(
        LEADS,
        title=_("Du skal lede en opplæringsøkt %(day)s"),
        body=_("Kl. %(time)s. Etterpå krysser du av hvem som var der."),
    ),
    NoticeKind(
        REMINDER,
        title=_("Du har en opplæringsøkt i morgen"),
        body=_("Kl. %(time)s. Se hvor den er. Kan du ikke, melder du deg av, så får en annen plassen."),
    ),
)


def context_of(session: Session) -> dict[str, str | int]:
    """Day and time as numbers: the same in every language."""
    starts = session.starts_at.astimezone(OSLO)
    return {"day": f"{starts:%d.%m.%Y}", "time": f"{starts:%H.%M}"}
