"""What must be in order before a process serves anybody: settings, and a role that sees no more than it may.

`PRODUCTION=1` says that real people use this installation; without DEMO and DEBUG it is taken for granted.
"""

import os
from collections.abc import Iterator
from typing import cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.utils import translation
from django.utils.translation import gettext as _

from tryggmote.doctor.finding import Finding, fault
from tryggmote.exhibits.keys import Keyring
from tryggmote.postgres.settings import is_embedded
from tryggmote.supervision.terminal import terminal_language

SHORTEST_SECRET = 50  # characters; Django's own limit

# A superuser and a role with BYPASSRLS see everything; the owner of a table may lift its policies; and
# policies for a role apply to everybody who inherits it.
HOW_ROLE_BYPASSES = """
select 'superuser' from pg_roles where rolname = current_user and rolsuper
union all
select 'bypassrls' from pg_roles where rolname = current_user and rolbypassrls
union all
select 'owner of ' || count(*) || ' tables' from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  and pg_has_role(current_user, c.relowner, 'usage')
having count(*) > 0
union all
select 'inherits ' || r.rolname from pg_roles r
where r.rolname <> current_user and pg_has_role(current_user, r.oid, 'usage')
  and (r.rolname like 'tryggmote%' or r.rolsuper or r.rolbypassrls)
"""
# A database that was never migrated has no such function, and no files.
MAY_HAVE_FILES = "select to_regprocedure('app.exhibit_keys_in_use()') is not null"
KEYS_IN_USE = "select key_id from app.exhibit_keys_in_use() key_id"


def refuse_an_unsafe_start() -> None:
    """Stop here unless settings and database role are safe to serve with.

    Raises: ImproperlyConfigured, naming everything that is wrong and what to do, in the terminal's language.
    """
    with translation.override(terminal_language()):
        faults = [*unsafe_settings(), *unsafe_role(), *(missing_keys() if settings.PRODUCTION else ())]
        told = [f"- {found.what} {found.do}" for found in faults]
        refusal = "\n".join([_("Tryggmøte starter ikke slik:"), *told])
    # A web server makes its processes from this one, and they must not share its connections.
    connection.close()
    cast(DatabaseWrapper, connection).close_pool()
    if faults:
        raise ImproperlyConfigured(refusal)


def unsafe_settings() -> Iterator[Finding]:
    """Things that belong on a laptop and are switched on where real people work."""
    if not settings.PRODUCTION:
        return
    if settings.DEMO:
        yield fault(
            _("Demoinnlogging er slått på i produksjon."),
            why=_("Da kan hvem som helst logge inn som hvem som helst."),
            do=_("Fjern DEMO."),
        )
    if settings.DEBUG:
        yield fault(
            _("Feilsøking er slått på i produksjon."),
            why=_("Da viser feilsidene innsiden av programmet."),
            do=_("Fjern DEBUG."),
        )
    if len(os.environ.get("SECRET_KEY", "")) < SHORTEST_SECRET:
        yield fault(
            _("Hemmelig nøkkel mangler eller er for kort."),
            why=_("Da kan noen lage seg en innlogging."),
            do=_("Sett SECRET_KEY til minst %(length)s tilfeldige tegn.") % {"length": SHORTEST_SECRET},
        )
    if is_embedded():
        yield fault(
            _("Databasen er den innebygde, som bare er for utprøving."),
            why=_("Ingen tar sikkerhetskopi av den."),
            do=_("Sett DATABASE_URL og DATABASE_OWNER_URL, eller DEMO=1 for å prøve ut."),
        )
    try:
        Keyring(settings.EXHIBIT_KEYS)
    except ValueError as error:
        yield fault(
            _("EXHIBIT_KEYS kan ikke leses (%(error)s).") % {"error": error},
            why=_("Da kan ingen bevisfiler lagres eller åpnes."),
            do=_("Sett den til et navn, kolon og 32 tilfeldige byte i base64."),
        )


def missing_keys() -> Iterator[Finding]:
    """Stored files whose key is not configured: nobody could open them."""
    with connection.cursor() as cursor:
        cursor.execute(MAY_HAVE_FILES)
        if cursor.fetchone() == (False,):
            return
        cursor.execute(KEYS_IN_USE)
        used = {key_id for (key_id,) in cursor.fetchall()}
    if missing := sorted(used - {word.partition(":")[0] for word in settings.EXHIBIT_KEYS}):
        yield fault(
            _("Nøkler til bevisfiler mangler: %(keys)s.") % {"keys": ", ".join(missing)},
            why=_("Filer som er lagret, kan ikke åpnes."),
            do=_("Legg nøklene tilbake i EXHIBIT_KEYS."),
        )


def unsafe_role() -> Iterator[Finding]:
    """The database role we are connected as could see what the access policies hide."""
    with connection.cursor() as cursor:
        cursor.execute(HOW_ROLE_BYPASSES)
        ways = [way for (way,) in cursor.fetchall()]
    if ways:
        yield fault(
            _("Databaserollen kan gå utenom tilgangsreglene (%(ways)s).") % {"ways": ", ".join(ways)},
            why=_("Da kan en feil i programmet vise hendelser til noen som ikke skal se dem."),
            do=_("La DATABASE_URL logge inn som tryggmote_app, som tryggmote/postgres/roles.sql lager."),
        )
