"""What the database needs before the first request: tables, policies and, in demo mode, the fictional county."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tryggmote.access.policies import apply_policies
from tryggmote.supervision.welcome import welcome


def prepare() -> None:
    """Migrate if there is something to migrate, load the demo into an empty database, and print the welcome."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        migrate()
    else:
        apply_policies()
    print(welcome())


def migrate() -> None:
    """Apply the missing migrations, then put the policies of all capabilities in force."""
    call_command("migrate", verbosity=1)
    apply_policies()
