"""The import as seen in a terminal: progress, the difference, and what is wrong."""

from pathlib import Path

from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from tryggmote.access.context import acting_as_job
from tryggmote.access.errors import NotPossible
from tryggmote.organisation.importing.problems import BadFile, Problem
from tryggmote.organisation.importing.reading import read_path
from tryggmote.organisation.importing.steps import Proposal, carry_out, propose

PROBLEMS_SHOWN = 100


def import_organisation(path: Path, *, dry_run: bool, end_many: bool, console: Console | None = None) -> bool:
    """Import a workbook or a folder of CSV files as the system's job role; True when all went well.

    With `dry_run` the difference is shown and nothing is changed.
    """
    out = console or Console()
    try:
        with out.status(_("Leser og sammenligner")):
            pages = read_path(path)
        with acting_as_job():
            proposal = propose(pages)
            _show_difference(out, proposal)
            if dry_run or proposal.changes_nothing:
                out.print(_("Ingenting er endret."))
                return True
            with Progress(console=out) as progress:
                task = progress.add_task(_("Lagrer"), total=proposal.difference.size)
                carry_out(
                    proposal,
                    may_end_many=end_many,
                    written=lambda rows: progress.advance(task, rows),
                )
    except BadFile as error:
        _show_problems(out, error.problems)
        return False
    except NotPossible as error:
        out.print(f"[red]{escape(error.message)}[/red]")
        return False
    out.print(_("Importen er ferdig."))
    return True


def _show_difference(out: Console, proposal: Proposal) -> None:
    if proposal.changes_nothing:
        out.print(_("Filen sier det samme som Tryggmøte allerede vet."))
    for table in proposal.summary():
        out.print(f"[bold]{escape(table.label)}[/bold]")
        for group in table.groups:
            out.print(f"  {escape(group.name)}: {group.count}")
            for text in group.first:
                out.print(f"    {escape(text)}", soft_wrap=True)
            if group.more:
                out.print("    " + _("… og %(count)d til") % {"count": group.more})


def _show_problems(out: Console, problems: list[Problem]) -> None:
    table = Table(_("Ark"), _("Linje"), _("Kolonne"), _("Hva som er galt"))
    for problem in problems[:PROBLEMS_SHOWN]:
        line = str(problem.line) if problem.line else ""
        table.add_row(escape(problem.sheet), line, escape(problem.column), escape(problem.reason))
    out.print(table)
    if len(problems) > PROBLEMS_SHOWN:
        out.print(_("… og %(count)d til") % {"count": len(problems) - PROBLEMS_SHOWN})
    out.print(
        "[red]" + _("Filen har %(count)d feil. Ingenting er endret.") % {"count": len(problems)} + "[/red]"
    )
