"""What a migration is made of: for each operation Django draws all related models anew, and a start waits."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db.migrations import AddConstraint, AddField, AddIndex, AlterField, CreateModel, Migration
from django.db.migrations.loader import MigrationLoader


def our_migrations() -> list[Migration]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = {path.parents[1].name for path in Path(settings.PACKAGE).glob("*/migrations/0*.py")}
    return [migration for (app, _name), migration in sorted(loader.disk_migrations.items()) if app in ours]


def operations_of_their_own(migration: Migration) -> list[str]:
    """Constraints and indexes of tables made in the same migration, but for those on a field added later."""
    made: set[str] = set()
    later: dict[str, set[str]] = {}
    found = []
    for operation in migration.operations:
        if isinstance(operation, CreateModel):
            made.add(operation.name_lower)
        elif isinstance(operation, AddField | AlterField):
            later.setdefault(operation.model_name_lower, set()).add(operation.name)
        elif isinstance(operation, AddConstraint | AddIndex) and operation.model_name_lower in made:
            said = str(operation.deconstruct())
            if not any(field in said for field in later.get(operation.model_name_lower, ())):
                found.append(f"{migration}: {operation.describe()}")
    return found


@pytest.mark.parametrize("migration", our_migrations(), ids=str)
def test_a_new_tables_constraints_and_indexes_are_made_with_it(migration: Migration) -> None:
    assert operations_of_their_own(migration) == []
