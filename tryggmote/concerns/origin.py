"""Measures that come from a concern, and the way to plan them (2.3)."""

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from tryggmote.concerns.models import Concern
from tryggmote.controls.origins import Origin
from tryggmote.controls.vocabulary import OriginKind


def address_to_plan(concern: Concern) -> str:
    """Where a measure is planned that remembers the concern; in our words: the whole unit reads them."""
    with override(settings.LANGUAGE_CODE):
        words = _("En ansatt har sagt fra om en bekymring")
    given = {
        "opphav": f"{OriginKind.CONCERN.value}:{concern.id}",
        "ord": words,
        "enhet": concern.workforce.unit_id,
    }
    return f"{reverse('controls:plan')}?{urlencode(given)}"


def _address_of_concern(concern_id: UUID) -> str:
    """ "" for those who may not read it: the measure is the whole unit's."""
    concern = Concern.objects.filter(id=concern_id).only("id").first()
    return concern.get_absolute_url() if concern else ""


ORIGIN = Origin(OriginKind.CONCERN, gettext_lazy("Bekymringen"), _address_of_concern)
