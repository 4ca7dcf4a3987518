"""Giving a unit a channel outside Tryggmøte."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tryggmote.assistance import channels
from tryggmote.assistance.models import DEVICE_LIMIT


class ChannelForm(forms.Form):
    """What the channel is called, and its address, which is shown to nobody afterwards."""

    name = forms.CharField(
        label=_("Hva heter kanalen?"),
        help_text=_("Slik kollegene kjenner den, for eksempel «Vakt i Teams»."),
        max_length=DEVICE_LIMIT,
        error_messages={"required": _("Skriv hva dere kaller kanalen.")},
    )
    address = forms.CharField(
        label=_("Adressen til kanalen"),
        help_text=_(
            "Den som har adressen, kan skrive i kanalen. Derfor vises den ikke igjen når du har lagret."
        ),
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
        error_messages={"required": _("Lim inn adressen til kanalen.")},
    )

    def clean_address(self) -> str:
        """Only where those who run the installation have opened."""
        address: str = self.cleaned_data["address"]
        try:
            channels.open_channel(address)
        except channels.NotOpened as error:
            raise ValidationError(
                _(
                    "Adressen er ikke åpnet, eller ikke hel. Kopier den på nytt fra Teams, "
                    "eller be dem som drifter Tryggmøte, om å åpne den (ASSISTANCE_CHANNELS)."
                )
            ) from error
        return address
