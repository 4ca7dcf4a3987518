"""Text in the three languages of the product."""

from typing import Annotated

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, StringConstraints

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

LANGUAGES = ("nb", "nn", "en")


class Text(BaseModel):
    """The same text in every language. As a string it is in the language in force, else in bokmål."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    nb: Sentence
    nn: Sentence
    en: Sentence

    def __str__(self) -> str:
        language = get_language()
        return str(getattr(self, language)) if language in LANGUAGES else self.nb
