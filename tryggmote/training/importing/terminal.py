"""The import of completions as seen in a terminal: what is new, what is known, and what cannot be used."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tryggmote.access.context import acting_as_job
from tryggmote.organisation.importing.problems import BadFile, Problem
from tryggmote.training import elements
from tryggmote.training.importing.matching import Plan
from tryggmote.training.importing.taking_in import name_courses_for_all, plan_for_all, record_for_all

PROBLEMS_SHOWN = 100


def import_training(
    path: Path, *, dry_run: bool, courses: Sequence[str] = (), console: Console | None = None
) -> bool:
    """Record what a file says, for everybody, as the system's job role; True when the file could be read.

    `courses`: "name=code", remembered. With `dry_run` it is shown what is new, and nothing is changed.
    """
    out = console or Console()
    try:
        named = dict(_named(word) for word in courses)
        if not path.is_file():
            raise BadFile([Problem(str(path), 0, "", _("Filen finnes ikke."))])
        with acting_as_job():
            name_courses_for_all(named)
            plan = plan_for_all(path.read_bytes(), path.name)
            _show(out, plan)
            if dry_run:
                raise _NothingChanged
            count = record_for_all(plan.new)
    except _NothingChanged:
        out.print(_("Ingenting er endret."))
        return True
    except BadFile as error:
        _show_problems(out, error.problems)
        return False
    out.print(_("Registrert: %(count)d") % {"count": count})
    return True


class _NothingChanged(Exception):
    """Leaves the transaction, so that nothing of it stays."""


def _named(word: str) -> tuple[str, str]:
    course, _equals, element = word.rpartition("=")
    if not course or (element and elements.find(element) is None):
        reason = _("Skriv «kursets navn=kode», med en kode fra kravsettet. Tom kode: ikke noe av vårt.")
        raise BadFile([Problem("--course", 0, word, reason)])
    return course, element


def _show(out: Console, plan: Plan) -> None:
    out.print(_("Nye: %(count)d") % {"count": len(plan.new)})
    out.print(_("Kjent fra før: %(count)d") % {"count": len(plan.known)})
    for course, count in plan.unknown.most_common(PROBLEMS_SHOWN):
        out.print(_("Ukjent kurs: %(course)s (%(count)d)") % {"course": escape(course), "count": count})
    if plan.problems:
        _show_problems(out, plan.problems)


def _show_problems(out: Console, problems: Sequence[Problem]) -> None:
    table = Table(_("Linje"), _("Kolonne"), _("Hva som er galt"))
    for problem in problems[:PROBLEMS_SHOWN]:
        table.add_row(str(problem.line or ""), escape(problem.column), escape(problem.reason))
    out.print(table)
    if len(problems) > PROBLEMS_SHOWN:
        out.print(_("… og %(count)d til") % {"count": len(problems) - PROBLEMS_SHOWN})
