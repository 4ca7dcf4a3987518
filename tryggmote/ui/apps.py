from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "tryggmote.ui"

    def ready(self) -> None:
        from django import forms

        # Django says "Feltet er påkrevet", which nobody says aloud.
        forms.Field.default_error_messages["required"] = _("Dette må du svare på.")
