"""What the person who started Tryggmøte is told when it answers."""

from django.conf import settings
from django.utils.translation import gettext

from tryggmote.demo.people import introduction


def welcome() -> str:
    """The address, and in demo mode whom to sign in as."""
    address = gettext("Tryggmøte svarer på %(address)s") % {"address": settings.PUBLIC_ADDRESS}
    ending = gettext("Ctrl-C stopper alt.")
    return "\n\n".join([address, *([introduction()] if settings.DEMO else []), ending])
