"""What the doctor finds unsafe, as system checks for `tryggmote manage check --deploy`."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from tryggmote.doctor.safety import unsafe_role, unsafe_settings


@register("safety", deploy=True)
def check_settings(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Nothing that belongs on a laptop is switched on where real people work."""
    return [Error(found.what, hint=found.do, id="tryggmote.E001") for found in unsafe_settings()]


@register("safety", deploy=True)
def check_role(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """The application signs in as a role that cannot see past the policies."""
    return (
        [Error(found.what, hint=found.do, id="tryggmote.E002") for found in unsafe_role()]
        if databases
        else []
    )
