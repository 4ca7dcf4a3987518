"""What the doctor looks at. Each examination answers with findings in plain words."""

import socket
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from tryggmote.access.context import acting_as_job
from tryggmote.access.history import broken_seal
from tryggmote.access.policies import policies_are_in_force
from tryggmote.doctor.finding import Finding, advice, fault, well
from tryggmote.doctor.safety import missing_keys, unsafe_role, unsafe_settings
from tryggmote.supervision.addresses import LISTEN_ADDRESS, alarm_port, web_port
from tryggmote.supervision.preparation import migrations_are_missing

OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 14)
OLDEST_SERVER, NEWEST_SERVER = 15, 18
CLOCKS_APART_S = 5
# With these the server's log gets that a statement failed, and never the words in it.
DISCREET_LOG = {"log_min_error_statement": "panic", "log_error_verbosity": "terse"}

UNPROTECTED_TABLES = """
select c.relname from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  and c.relname like any(%s)
  and not (c.relrowsecurity and c.relforcerowsecurity
    and exists (select 1 from pg_policy where polrelid = c.oid))
order by 1
"""


def examine() -> Iterator[Finding]:
    """Everything, in the order in which it has to be mended."""
    yield from python()
    yield from unsafe_settings()
    reachable = list(database())
    yield from reachable
    if connection.connection is not None:
        for examination in IN_THE_DATABASE:
            yield from examination()
    for examination in BESIDE_THE_DATABASE:
        yield from examination()


def python() -> Iterator[Finding]:
    """The version of Python is one that Tryggmøte is tested with."""
    version = ".".join(map(str, sys.version_info[:3]))
    if OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON:
        yield well(_("Python %(version)s.") % {"version": version})
    else:
        yield advice(
            _("Python %(version)s er ikke prøvd.") % {"version": version},
            why=_("Noe kan virke annerledes enn det skal."),
            do=_("Bruk Python 3.11 til 3.14."),
        )


def database() -> Iterator[Finding]:
    """The database answers, and is one of the versions Tryggmøte is tested with."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield fault(
            _("Databasen svarer ikke: %(error)s") % {"error": str(error).strip()},
            why=_("Uten den virker ingenting."),
            do=_("Se om databasen kjører, og om DATABASE_URL er riktig."),
        )
        return
    with connection.cursor() as cursor:
        cursor.execute("show server_version_num")
        version = int(cursor.fetchone()[0]) // 10_000
    if OLDEST_SERVER <= version <= NEWEST_SERVER:
        yield well(_("PostgreSQL %(version)s svarer.") % {"version": version})
    else:
        yield fault(
            _("Databasen er PostgreSQL %(version)s.") % {"version": version},
            why=_("Tryggmøte er laget for PostgreSQL 15 til 18."),
            do=_("Bytt til en av dem."),
        )


def role() -> Iterator[Finding]:
    """The application's role cannot see past the policies."""
    unsafe = list(unsafe_role())
    yield from unsafe or [well(_("Databaserollen kan ikke gå utenom tilgangsreglene."))]


def migrations() -> Iterator[Finding]:
    """The tables are those of this version."""
    if migrations_are_missing():
        yield fault(
            _("Tabellene er fra en annen versjon av Tryggmøte."),
            why=_("Sider kan feile, og data kan bli feil."),
            do=_("Kjør «tryggmote migrate»."),
        )
    else:
        yield well(_("Tabellene er oppdatert."))


def policies() -> Iterator[Finding]:
    """Every table with rows about people is protected, by the policies of this version."""
    ours = [f"{name}\\_%" for name in settings.CAPABILITIES]
    with connection.cursor() as cursor:
        cursor.execute(UNPROTECTED_TABLES, [ours])
        open_tables = [table for (table,) in cursor.fetchall()]
    if open_tables or not policies_are_in_force():
        named = _("Tabeller uten tilgangsregler: %(tables)s.") % {"tables": ", ".join(open_tables)}
        yield fault(
            named if open_tables else _("Tilgangsreglene er fra en annen versjon av Tryggmøte."),
            why=_("Noen kan se for mye eller for lite."),
            do=_("Kjør «tryggmote migrate», som setter tilgangsreglene i kraft."),
        )
    else:
        yield well(_("Tilgangsreglene er i kraft på alle tabeller."))


def evidence() -> Iterator[Finding]:
    """Evidence files can be stored, opened, and are looked through for viruses."""
    yield from missing_keys()
    if not settings.EXHIBIT_KEYS:
        yield advice(
            _("Bevisfiler er ikke slått på."),
            why=_("Folk kan ikke legge inn bilder og opptak når noe har skjedd."),
            do=_("Sett EXHIBIT_KEYS."),
        )
    elif not settings.EXHIBIT_SCANNER:
        yield advice(
            _("Bevisfiler blir ikke sjekket for virus."),
            why=_("En fil noen sender inn, kan skade maskinen til den som åpner den."),
            do=_("Sett EXHIBIT_SCANNER."),
        )
    else:
        yield well(_("Bevisfiler er kryptert og blir sjekket for virus."))


def history() -> Iterator[Finding]:
    """Who did what and when is as it was when it was sealed, each night and for each dossier (ADR 0057)."""
    with acting_as_job():
        broken = broken_seal()
    if broken is None:
        yield well(_("Historikken er som da den ble forseglet."))
    else:
        yield fault(
            _("Historikken er endret etter at den ble forseglet, før linje %(line)d.") % {"line": broken},
            why=_("Da kan ingen stole på hvem som gjorde hva, og når."),
            do=_("Ta vare på databasen som den er, og sammenlign med en sikkerhetskopi."),
        )


def log() -> Iterator[Finding]:
    """The database's log does not get to know what people report."""
    with connection.cursor() as cursor:
        cursor.execute("select name, setting from pg_settings where name = any(%s)", [list(DISCREET_LOG)])
        found = dict(cursor.fetchall())
    changes = [f"{name} = {wanted}" for name, wanted in DISCREET_LOG.items() if found[name] != wanted]
    if changes:
        yield advice(
            _("Databasen skriver det folk melder i loggen når en spørring feiler."),
            why=_("Da kan andre enn leder og verneombud lese det."),
            do=_("Sett %(settings)s i PostgreSQL.") % {"settings": ", ".join(changes)},
        )
    else:
        yield well(_("Databasens logg får ikke vite hva folk melder."))


def clock() -> Iterator[Finding]:
    """This machine and the database agree about the time."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        apart_s = abs((datetime.now(UTC) - cursor.fetchone()[0]).total_seconds())
    if apart_s > CLOCKS_APART_S:
        yield fault(
            _("Klokkene her og i databasen er %(seconds)d sekunder fra hverandre.") % {"seconds": apart_s},
            why=_("Frister, purringer og tidspunkter blir feil."),
            do=_("Slå på tidssynkronisering (NTP) på begge maskinene."),
        )
    else:
        yield well(_("Klokkene går likt."))


def timezone() -> Iterator[Finding]:
    """The machine knows Norwegian time."""
    try:
        ZoneInfo("Europe/Oslo")
    except ZoneInfoNotFoundError:
        yield fault(
            _("Maskinen kjenner ikke norsk tid."),
            why=_("Klokkeslett på skjermen blir feil."),
            do=_("Installer Python-pakken tzdata."),
        )


def ports() -> Iterator[Finding]:
    """The ports are free, or Tryggmøte itself is on them."""
    for port in (web_port(), alarm_port()):
        with socket.socket() as probe:
            taken = probe.connect_ex((LISTEN_ADDRESS, port)) == 0
        if taken:
            yield advice(
                _("Port %(port)s er i bruk.") % {"port": port},
                why=_("Er det ikke Tryggmøte selv, starter ikke Tryggmøte."),
                do=_("Stopp det andre programmet, eller velg en annen port: PORT=9000."),
            )


def translations() -> Iterator[Finding]:
    """Nynorsk and English are there for every capability that has texts."""
    sources = [
        path for app in apps.get_app_configs() for path in Path(app.path).glob("locale/*/LC_MESSAGES/*.po")
    ]
    ours = [path for path in sources if Path(__file__).parents[1] in path.parents]
    if missing := [path for path in ours if not path.with_suffix(".mo").exists()]:
        yield fault(
            _("Oversettelser mangler: %(count)d av %(all)d filer.")
            % {"count": len(missing), "all": len(ours)},
            why=_("Folk som har valgt nynorsk eller engelsk, får bokmål."),
            do=_("Kjør «tryggmote messages --compile»."),
        )
    else:
        yield well(_("Nynorsk og engelsk er på plass."))


def static_files() -> Iterator[Finding]:
    """Style sheets, scripts and icons are built and collected."""
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists() or settings.DEBUG:
        yield well(_("Stilark, skript og ikoner er på plass."))
    else:
        yield fault(
            _("Stilark, skript og ikoner er ikke bygget."),
            why=_("Sidene vises ikke."),
            do=_("Kjør «make assets»."),
        )


def mail() -> Iterator[Finding]:
    """E-mail can go out."""
    if settings.EMAIL_HOST:
        yield well(_("E-post sendes gjennom %(host)s.") % {"host": settings.EMAIL_HOST})
    else:
        yield advice(
            _("E-post er ikke satt opp."),
            why=_("Folk ser varsler bare når de har Tryggmøte åpent."),
            do=_("Sett EMAIL_HOST til en SMTP-tjener."),
        )


def reach() -> Iterator[Finding]:
    """A demo is not open to the network without somebody knowing."""
    if settings.DEMO and LISTEN_ADDRESS not in {"127.0.0.1", "::1", "localhost"}:
        yield advice(
            _("Demoen kan nås fra andre maskiner."),
            why=_("Hvem som helst som når den, kan logge inn som hvem som helst."),
            do=_("Fjern LISTEN_ADDRESS hvis det ikke er meningen."),
        )


IN_THE_DATABASE: list[Callable[[], Iterator[Finding]]] = [
    role, migrations, policies, history, evidence, log, clock,
]  # fmt: skip
BESIDE_THE_DATABASE: list[Callable[[], Iterator[Finding]]] = [
    timezone, translations, static_files, mail, ports, reach,
]  # fmt: skip
