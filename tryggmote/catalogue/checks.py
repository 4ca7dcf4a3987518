"""Tells at start when the sets of requirements cannot be used, instead of at the first page."""

from typing import Any

from django.core.checks import CheckMessage, Error

from tryggmote.catalogue.loader import check

HINT = "Mend the file, or take its folder out of CATALOGUE_PATHS."


def standards_can_be_used(**_: Any) -> list[CheckMessage]:
    """One error for each sentence of the catalogue's own check."""
    return [Error(sentence, hint=HINT, id="catalogue.E001") for sentence in check()]
