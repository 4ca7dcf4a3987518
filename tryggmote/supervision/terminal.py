"""The language of the person at the terminal."""

import os
from collections.abc import Mapping


def terminal_language(environment: Mapping[str, str] = os.environ) -> str:
    """Bokmål, nynorsk or, for everybody else's terminal, English: "nb", "nn" or "en"."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if chosen := environment.get(variable):
            language = chosen.partition("_")[0].lower()
            return {"nb": "nb", "no": "nb", "nn": "nn"}.get(language, "en")
    return "en"
