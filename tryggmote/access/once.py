"""Forms carry an id made when the page was drawn, so that sending them twice makes one row."""

from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _

from tryggmote.access.errors import NotPossible

Row = TypeVar("Row", bound=Model)


def made_once(
    model: type[Row], *, id: UUID, owner: dict[str, int | UUID], fields: dict[str, Any]
) -> tuple[Row, bool]:
    """The row that `owner` sent with this id, and whether it was made now.

    `owner` names the column of whoever sends, with their id: the same form sent again gives the first row.
    Raises: NotPossible when the id belongs to somebody else's row, and says no more about that row.
    """
    try:
        return model._default_manager.get_or_create(id=id, **owner, defaults=fields)
    except IntegrityError as error:
        raise NotPossible(
            _("Dette kunne ikke lagres. Åpne siden på nytt, så finner du igjen teksten din der.")
        ) from error
