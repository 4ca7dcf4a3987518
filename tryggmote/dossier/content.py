"""All that a dossier says, as plain data: both files are drawn from it, and nobody's markup."""

from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from tryggmote.dossier.registry import Told

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """One section with its title."""

    title: str
    told: Told


@dataclass(frozen=True)
class Content:
    """The cover (`facts`), the parts in order, and what it is sealed with."""

    language: str
    title: str
    unit: str
    facts: Facts
    parts: list[Part]
    is_fictional: bool = False
    seal: Facts = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        """What whoever reads it must know first."""
        notes = [
            _("Mappen viser det som den som laget den, har tilgang til. Den rettes ikke etterpå."),
            _("Folk er nevnt med rolle. Om hendelser står verken tekst, navn, dag eller sted."),
        ]
        return [self.fiction, *notes] if self.is_fictional else notes

    @property
    def fiction(self) -> str:
        """The mark of the demo."""
        return _("OPPDIKTET: Dette er en demonstrasjon. Kontoret, folkene og alt som står her, er oppdiktet.")

    @property
    def seal_title(self) -> str:
        return _("Segl")

    @property
    def seal_says(self) -> list[str]:
        """What the seal proves, in words."""
        return [
            _("Kontrollsummen er regnet ut av alt som står i mappen, og er lagret i Tryggmøte."),
            _("Seglet dekker historikken slik den var da mappen ble laget. Endres noe der, ser man det."),
        ]

    def as_data(self) -> dict[str, object]:
        """As it is sealed and drawn."""
        return asdict(self)
