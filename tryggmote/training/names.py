"""What elements are called, in the language in force: those of the file and units' own."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from tryggmote.training import elements
from tryggmote.training.models import LocalElement


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The title of each element by its code, in the order given; one query when some are a unit's own."""
    wanted = list(dict.fromkeys(codes))
    common = {code: str(found.title) for code in wanted if (found := elements.find(code))}
    own = _titles([UUID(code) for code in wanted if code not in common and _is_an_id(code)])
    return {
        code: common.get(code) or own.get(code) or _("Opplæring som ikke finnes lenger") for code in wanted
    }


def _titles(ids: list[UUID]) -> dict[str, str]:
    if not ids:
        return {}
    found = LocalElement.objects.filter(id__in=ids).values_list("id", "title")
    return {str(key): title for key, title in found}


def _is_an_id(code: str) -> bool:
    try:
        UUID(code)
    except ValueError:
        return False
    return True
