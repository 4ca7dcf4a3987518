"""How a requirement can stand, in words, and how it is drawn: a word, a shape and a colour."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """What a view can answer. NOT_MEASURED is for requirements whose rule nobody has registered yet."""

    MISSING = "missing", _("Mangler")
    PARTLY = "partly", _("Delvis")
    MET = "met", _("Oppfylt")
    NOT_APPLICABLE = "not_applicable", _("Gjelder ikke")
    NOT_MEASURED = "not_measured", _("Måles ikke ennå")

    @property
    def icon(self) -> str:
        """The shape, where the look has none of its own."""
        return _ICONS.get(self, "")

    @property
    def shape(self) -> str:
        """The icon that says it alone, where there is no room for a tag."""
        return _SHAPES[self]

    @property
    def variant(self) -> str:
        """The look of its tag (`ui`)."""
        return _VARIANTS[self]


_VARIANTS = {
    State.MISSING: "error",
    State.PARTLY: "warning",
    State.MET: "success",
    State.NOT_APPLICABLE: "neutral",
    State.NOT_MEASURED: "neutral",
}
_SHAPES = {
    State.MISSING: "XMarkOctagonFillIcon",
    State.PARTLY: "ExclamationmarkTriangleFillIcon",
    State.MET: "CheckmarkCircleFillIcon",
    State.NOT_APPLICABLE: "MinusCircleIcon",
    State.NOT_MEASURED: "CircleBrokenIcon",
}
_ICONS = {State.NOT_APPLICABLE: "MinusCircleIcon", State.NOT_MEASURED: "CircleBrokenIcon"}
