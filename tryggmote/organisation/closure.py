"""Keeping the closure of units in step with their parents."""

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from tryggmote.access.errors import NotPossible


def rebuild_closure() -> None:
    """Work out anew which units stand above which. Call after `UnitParent` has changed.

    Raises NotPossible when the units go round in a ring.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select app.rebuild_closure()")
    except IntegrityError as error:
        raise NotPossible(_("Enhetene går i ring: en enhet ligger under seg selv.")) from error
