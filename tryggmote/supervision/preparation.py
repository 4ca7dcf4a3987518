"""What the database needs before the first request: tables, policies and perhaps the fictional county."""

import sys

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext

from tryggmote.access.policies import apply_policies, policies_are_in_force
from tryggmote.demo.loading import is_loaded, load
from tryggmote.supervision.terminal import terminal_language
from tryggmote.supervision.welcome import welcome


def prepare() -> None:
    """Do what is missing, and write the welcome to standard output: the supervisor shows it in time."""
    with translation.override(terminal_language()):
        if migrations_are_missing():
            _tell(gettext("Lager tabellene …"))
            migrate(verbosity=0)
        elif not policies_are_in_force():
            apply_policies()
        if settings.DEMO and not is_loaded():
            _tell(gettext("Lager et oppdiktet fylke med tolv måneders historie …"))
            load(localdate())
        print(welcome())


def migrate(*, verbosity: int = 1) -> None:
    """Apply the missing migrations, then put the policies of all capabilities in force."""
    call_command("migrate", verbosity=verbosity)
    apply_policies()


def migrations_are_missing() -> bool:
    """True when the code knows a change of the tables that this database has not had."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
