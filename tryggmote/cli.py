"""The command `tryggmote`. Each subcommand imports what it needs when it is called: all start fast."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tryggmote.config.settings")

LARGEST_REPORT = 10 * 1024 * 1024  # bytes; what was sent may come along whole

app = typer.Typer(
    name="tryggmote",
    help="Preventing, handling and learning from violence and threats at work.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command; what a person can mend is told in one sentence, not in a stack trace."""
    from django.core.exceptions import ImproperlyConfigured

    from tryggmote.access.errors import NotPossible
    from tryggmote.postgres.errors import CannotStart
    from tryggmote.supervision.child import GaveUp
    from tryggmote.supervision.supervisor import CannotRun

    try:
        app()
    except (CannotRun, CannotStart, GaveUp, ImproperlyConfigured, NotPossible) as error:
        sys.exit(str(error))


@contextmanager
def django(*, as_owner: bool = False) -> Iterator[None]:
    """Django set up and a database to talk to, for the length of a command."""
    from tryggmote.config.environment import var_folder
    from tryggmote.postgres.server import Server
    from tryggmote.postgres.settings import is_embedded
    from tryggmote.supervision.lifeline import die_with_parent, supervisor_process

    if as_owner:
        os.environ["TRYGGMOTE_DATABASE_ROLE"] = "owner"
    die_with_parent(supervisor_process())
    with ExitStack() as stack:
        if is_embedded() and supervisor_process() is None:
            stack.enter_context(Server(var_folder()).needed())
        import django as framework

        framework.setup()
        yield


@app.command()
def run() -> None:
    """Start everything on this machine: database, web, alarm and worker. Ctrl-C stops all of it."""
    from tryggmote.supervision.supervisor import run as supervise

    supervise()


@app.command(hidden=True)
def prepare() -> None:
    """Bring the database up to date before the first request; called by `run`."""
    with django(as_owner=True):
        from tryggmote.supervision.preparation import prepare as bring_up_to_date

        bring_up_to_date()


@app.command()
def web() -> None:
    """Serve the pages (PORT, LISTEN_ADDRESS, WEB_WORKERS, WEB_THREADS)."""
    from tryggmote.doctor.safety import refuse_an_unsafe_start
    from tryggmote.supervision.processes import keep_connections, serve_web

    keep_connections()
    with django():
        refuse_an_unsafe_start()
        serve_web()


@app.command()
def alarm() -> None:
    """Serve calls for help and their event stream (ALARM_PORT, LISTEN_ADDRESS)."""
    with django():
        from tryggmote.doctor.safety import refuse_an_unsafe_start
        from tryggmote.supervision.processes import serve_alarm

        refuse_an_unsafe_start()
        serve_alarm()


@app.command()
def worker() -> None:
    """Do the jobs: reminders, escalation, e-mail."""
    with django():
        from tryggmote.doctor.safety import refuse_an_unsafe_start
        from tryggmote.supervision.processes import do_jobs

        refuse_an_unsafe_start()
        do_jobs()


@app.command()
def demo(
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day of its history; else today.")
    ] = None,
) -> None:
    """Load the fictional county and twelve months of its history into an empty database."""
    with django(as_owner=True):
        from django.utils.timezone import localdate

        from tryggmote.demo.loading import load

        load(on.date() if on else localdate())


@app.command()
def bounces() -> None:
    """Take in a report of e-mail that came back, from a mail server's pipe (docs/drift)."""
    with django():
        from django.db import OperationalError

        from tryggmote.notices.bounces import take_in as take_in_report

        try:
            take_in_report(sys.stdin.buffer.read(LARGEST_REPORT))
        except OperationalError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(code=os.EX_TEMPFAIL) from error  # the mail server keeps it, and tries again


take_in = typer.Typer(name="import", help="Take in data from files.", no_args_is_help=True)
app.add_typer(take_in)


@take_in.callback()
def imports() -> None:
    """Take in data from files."""


@take_in.command("organisation")
def import_organisation(
    file: Annotated[Path, typer.Argument(help="A workbook (XLSX), or a folder of CSV files.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the difference, change nothing.")] = False,
    end_many: Annotated[
        bool, typer.Option("--end-many", help="It is meant that more than 20 % of people or roles end.")
    ] = False,
) -> None:
    """Bring units, people and roles in line with a file (docs/drift/import.md)."""
    with django():
        from tryggmote.organisation.importing import terminal

        went_well = terminal.import_organisation(file, dry_run=dry_run, end_many=end_many)
    raise typer.Exit(code=0 if went_well else 1)


@take_in.command("training")
def import_training(
    file: Annotated[Path, typer.Argument(help="A workbook (XLSX), a CSV file, or xAPI statements (JSON).")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what is new, record nothing.")] = False,
    course: Annotated[
        list[str] | None,
        typer.Option("--course", help='"Name of the course=code", remembered for everybody.'),
    ] = None,
) -> None:
    """Record who has taken which training, for everybody (docs/drift/import.md)."""
    with django():
        from tryggmote.training.importing import terminal

        went_well = terminal.import_training(file, dry_run=dry_run, courses=course or [])
    raise typer.Exit(code=0 if went_well else 1)


@app.command()
def migrate() -> None:
    """Bring tables and policies up to date, as the owner of the database (DATABASE_OWNER_URL)."""
    with django(as_owner=True):
        from tryggmote.supervision.preparation import migrate as bring_up_to_date

        bring_up_to_date()


@app.command()
def doctor() -> None:
    """Say in plain words what is wrong with this set-up, why it matters, and what to do."""
    with django():
        from django.utils import translation

        from tryggmote.doctor.examinations import examine
        from tryggmote.doctor.report import report
        from tryggmote.supervision.terminal import terminal_language

        with translation.override(terminal_language()):
            all_is_well = report(examine())
        raise typer.Exit(code=not all_is_well)


@app.command()
def assets() -> None:
    """Build the style sheet and icons from the npm packages and collect the static files."""
    import django as framework
    from django.core.management import call_command

    from tryggmote.ui.build import build

    framework.setup()
    build()
    call_command("collectstatic", interactive=False, verbosity=0)


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def manage(
    context: typer.Context,
    owner: Annotated[bool, typer.Option("--owner", help="Connect as the owner of the tables.")] = False,
) -> None:
    """Run one of Django's own commands, for example `tryggmote manage shell`."""
    from django.core.management import execute_from_command_line

    with django(as_owner=owner):
        execute_from_command_line(["tryggmote manage", *context.args])


@app.command()
def messages(
    capabilities: Annotated[list[str] | None, typer.Argument(help="Only these; else all.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Fail on what is missing.")] = False,
    compile: Annotated[bool, typer.Option("--compile", help="Make the catalogues Django reads.")] = False,
) -> None:
    """Bring the translations in line with the code; new texts come untranslated."""
    import django as framework

    from tryggmote import messages as translations

    framework.setup()
    if compile:
        translations.compile_all()
    elif check:
        faults = translations.check()
        print(*faults, sep="\n")
        raise typer.Exit(code=bool(faults))
    else:
        for path in translations.update(only=capabilities or ()):
            print(path)
