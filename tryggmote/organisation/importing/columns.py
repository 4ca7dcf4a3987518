"""What the file holds: the sheets, their columns, and the names by which each may be called.

The first name of a column is the one on the template and in `docs/drift/import.md`.
"""

from dataclasses import dataclass
from enum import Enum

from django.db.models import TextChoices
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.meeting_forms import MEETINGS, MeetingForm
from tryggmote.organisation.models import UnitKind
from tryggmote.organisation.roles import Role


class Kind(Enum):
    """How the text of a cell is understood."""

    TEXT = "text"
    EMAIL = "email"
    DATE = "date"
    YES_NO = "yes_no"
    CODES = "codes"
    CHOICE = "choice"
    CHOICES = "choices"


class Language(TextChoices):
    """Languages a person may have their pages in."""

    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
    ENGLISH = "en", _("Engelsk")


@dataclass(frozen=True, eq=False)
class Column:
    """`names`: Norwegian, then English. `choices` maps what people write to what is kept."""

    key: str
    names: tuple[str, ...]
    help: str | Promise
    example: str
    kind: Kind = Kind.TEXT
    is_required: bool = False
    max_length: int = 200
    choices: dict[str, str] | None = None

    @property
    def title(self) -> str:
        """The name on the template."""
        return self.names[0]


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet of the workbook, or one CSV file of that name."""

    key: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        """The name on the template."""
        return self.names[0]

    def column_called(self, heading: str) -> Column | None:
        """The column with this heading, in either language and however it is spaced."""
        return next((c for c in self.columns if plain(heading) in map(plain, c.names)), None)


def plain(name: str) -> str:
    """A heading or choice without what people vary: case, spaces, hyphens and underscores."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _spoken(choices: type[TextChoices]) -> dict[str, str]:
    """Each choice by its value and by its label in bokmål."""
    with translation.override("nb"):
        return {plain(name): str(c.value) for c in choices for name in (str(c.value), str(c.label))}


_FROM = _("Første dag. Tom: dagen importen kjøres.")
_STARTS = Column("starts_on", ("fra", "starts_on"), _FROM, "2026-01-01", Kind.DATE)
_ENDS = Column("ends_on", ("til", "ends_on"), _("Siste dag. Tom: til videre."), "", Kind.DATE)
_AREA = Column(
    "safety_area", ("verneområde", "safety_area"), _("Kode for verneområdet."), "V-0451", max_length=40
)

UNITS = Sheet(
    "units",
    ("enheter", "units"),
    (
        Column("code", ("kode", "code"), _("Enhetens varige kode."), "0451", is_required=True, max_length=40),
        Column("name", ("navn", "name"), _("Navnet slik folk sier det."), "Nav Lillevik", is_required=True),
        Column(
            "kind",
            ("type", "kind"),
            _(
                "Direktorat, fylke eller region, kommune, Nav-kontor, kontaktsenter, spesialenhet, "
                "avdeling eller team."
            ),
            "Nav-kontor",
            Kind.CHOICE,
            is_required=True,
            choices={**_spoken(UnitKind), "fylke": "county", "region": "county", "kontor": "office"},
        ),
        Column(
            "parents",
            ("overordnet", "parents"),
            _("Koder for enhetene over, på begge linjer, med mellomrom eller komma mellom."),
            "FYLKE-1, K-0451",
            Kind.CODES,
        ),
        Column(
            "meeting_forms",
            ("møteformer", "meeting_forms"),
            _("Bare for nye enheter; siden er det lederen som velger. Med komma mellom."),
            "mottak, avtalt samtale, hjemmebesøk",
            Kind.CHOICES,
            choices={k: v for k, v in _spoken(MeetingForm).items() if v in {form.value for form in MEETINGS}},
        ),
        Column(
            "ended_on", ("til", "ends_on"), _("Siste dag enheten finnes. Tom: til videre."), "", Kind.DATE
        ),
    ),
)
AREAS = Sheet(
    "areas",
    ("verneområder", "areas"),
    (
        Column(
            "code",
            ("kode", "code"),
            _("Verneområdets varige kode."),
            "V-0451",
            is_required=True,
            max_length=40,
        ),
        Column("name", ("navn", "name"), _("Navnet."), "Mottak og veiledning", is_required=True),
        Column("unit", ("enhet", "unit"), _("Kode for enheten."), "0451", is_required=True, max_length=40),
        Column(
            "employer",
            ("arbeidsgiver", "employer"),
            _("Kode. Tom: gjelder ansatte hos begge."),
            "",
            max_length=40,
        ),
    ),
)
PEOPLE = Sheet(
    "people",
    ("personer", "people"),
    (
        Column(
            "id",
            ("ansattnummer", "id"),
            _("Nummeret i lønnssystemet, aldri fødselsnummer."),
            "S100234",
            is_required=True,
            max_length=60,
        ),
        Column("name", ("navn", "name"), _("Fornavn og etternavn."), "Kari Eksempel", is_required=True),
        Column("email", ("e-post", "email"), _("E-post på jobb."), "kari@example.invalid", Kind.EMAIL),
        Column("phone", ("telefon", "phone"), _("Telefon på jobb."), "99 00 00 00", max_length=30),
        Column(
            "language",
            ("språk", "language"),
            _("Bare for nye personer; siden velger de selv. Bokmål (nb), nynorsk (nn) eller engelsk (en)."),
            "nb",
            Kind.CHOICE,
            choices=_spoken(Language),
        ),
        Column(
            "employer",
            ("arbeidsgiver", "employer"),
            _("Kode for direktoratet eller kommunen."),
            "NAV",
            max_length=40,
        ),
        Column(
            "formal_leader", ("formell leder", "formal_leader"), _("Ansattnummer."), "S100111", max_length=60
        ),
        Column("unit", ("enhet", "unit"), _("Kode for der personen jobber."), "0451", max_length=40),
        Column(
            "daily_leader", ("daglig leder", "daily_leader"), _("Ansattnummer."), "S100111", max_length=60
        ),
        _AREA,
        Column("title", ("stilling", "title"), _("Stillingens navn."), "Veileder", max_length=100),
        Column(
            "meets_clients",
            ("møter brukere", "meets_clients"),
            _("Ja eller nei. Tom: ja."),
            "ja",
            Kind.YES_NO,
        ),
        _STARTS,
        _ENDS,
    ),
)
ROLES = Sheet(
    "roles",
    ("roller", "roles"),
    (
        Column(
            "person",
            ("ansattnummer", "person"),
            _("Hvem som har rollen."),
            "S100234",
            is_required=True,
            max_length=60,
        ),
        Column(
            "role",
            ("rolle", "role"),
            _("For eksempel leder, Nav-leder, verneombud, hovedverneombud, tillitsvalgt."),
            "Verneombud",
            Kind.CHOICE,
            is_required=True,
            choices=_spoken(Role),
        ),
        Column(
            "unit",
            ("enhet", "unit"),
            _("Kode for der rollen gjelder."),
            "0451",
            is_required=True,
            max_length=40,
        ),
        Column(
            "employer",
            ("arbeidsgiver", "employer"),
            _("Kode, når rollen gjelder bare den enes ansatte. Tom: begge."),
            "",
            max_length=40,
        ),
        _AREA,
        _STARTS,
        _ENDS,
    ),
)
SHEETS = (UNITS, AREAS, PEOPLE, ROLES)


def sheet_called(name: str) -> Sheet | None:
    """The sheet with this name, in either language."""
    return next((sheet for sheet in SHEETS if plain(name) in map(plain, sheet.names)), None)
