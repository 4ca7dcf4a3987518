"""Taking a workbook into a draft: keep it, show what it would do, do exactly that, forget it (2.1)."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotPossible
from tryggmote.access.ids import new_id
from tryggmote.access.once import made_once
from tryggmote.controls.queries import measures_by_id
from tryggmote.organisation.importing.problems import BadFile, Problem
from tryggmote.organisation.importing.workbooks import workbook_sheets
from tryggmote.risk.models import TITLE_LIMIT, FactorJudgement, ImportDraft, Scenario, Version
from tryggmote.risk.spreadsheet.merging import FactorNow, Fate, Now, Plan, ScenarioItem, ScenarioNow, merge
from tryggmote.risk.spreadsheet.reading import Sheets
from tryggmote.risk.spreadsheet.rows import Rows, ScenarioContent, plain
from tryggmote.risk.writing import SCORES, Conflict, ScenarioDraft, refuse_unless_open_to, save_part

KEEP_FILES = timedelta(hours=24)
MOST_SCENARIOS = 500


class Outdated(Exception):
    """The draft has changed since the person saw what the file would do."""


def sheets_of(content: bytes, name: str) -> Sheets:
    """The sheets of a workbook by name. Raises BadFile for what is no workbook."""
    return dict(workbook_sheets(content, name))


@transaction.atomic
def keep_file(
    *, by: SignedInPerson, version: Version, file_id: UUID, name: str, content: bytes
) -> ImportDraft:
    """Keep a workbook until its sender has seen what it would do. Nothing else is changed.

    Sending the same `file_id` again returns the first; earlier files of the same person are forgotten.
    Raises: BadFile, NotPossible when the id is another's, and as `refuse_unless_open_to`.
    """
    refuse_unless_open_to(by, version)
    sheets_of(content, name)
    kept, is_new = made_once(
        ImportDraft,
        id=file_id,
        owner={"by_id": by.id},
        fields={"version_id": version.id, "name": name[:TITLE_LIMIT], "content": content},
    )
    if is_new:
        ImportDraft.objects.filter(by_id=by.id).exclude(id=file_id).delete()
    return kept


def plan_of(version: Version, rows: Rows) -> Plan:
    """What the rows would do to the draft now; four queries. Raises BadFile for more than people can read."""
    if len(rows.scenarios) > MOST_SCENARIOS:
        reason = _("Arket har %(count)d situasjoner. Ta inn høyst %(most)d om gangen.")
        told = {"count": len(rows.scenarios), "most": MOST_SCENARIOS}
        raise BadFile([Problem(rows.sheet, 0, "", reason % told)])
    return merge(rows, _now(version, rows))


@transaction.atomic
def take_in(*, by: SignedInPerson, file: ImportDraft, version: Version, rows: Rows, seal: str) -> Plan:
    """Write what was shown (`seal`) from this file to the draft, and forget the file.

    Raises: Outdated when the draft has changed since, or while it is written; NotPossible when the file has
    been used already; and as `refuse_unless_open_to`.
    """
    refuse_unless_open_to(by, version)
    gone, _rows_by_table = ImportDraft.objects.filter(id=file.id).delete()
    if not gone:
        raise NotPossible(_("Denne filen er tatt inn allerede. Se i utkastet."))
    plan = plan_of(version, rows)
    if plan.problems or plan.seal != seal:
        raise Outdated
    try:
        _write_changes(plan, by)
    except Conflict as conflict:
        raise Outdated from conflict
    added = [_added(item, version, by) for item in plan.scenarios if item.fate is Fate.ADDED]
    # The same line sent at the same moment is the same scenario (`merging`).
    Scenario.objects.bulk_create(added, ignore_conflicts=True)
    return plan


def forget_old_files() -> None:
    """Remove files that nobody decided on within a day."""
    ImportDraft.objects.filter(created_at__lt=timezone.now() - KEEP_FILES).delete()


def _write_changes(plan: Plan, by: SignedInPerson) -> None:
    for item in plan.factors:
        if item.fate is Fate.CHANGED:
            save_part(FactorJudgement, item.now.id, item.now.revision, by, {"text": item.row.text})
    for scenario in plan.scenarios:
        if scenario.fate is Fate.CHANGED and scenario.now:
            save_part(Scenario, scenario.now.id, scenario.now.revision, by, _changed(scenario))


def _now(version: Version, rows: Rows) -> Now:
    scenarios = list(Scenario.objects.filter(version=version))
    measure_ids = {id for row in rows.scenarios for id in row.measure_ids}
    acting = measures_by_id(measure_ids.union(*(scenario.measure_ids for scenario in scenarios)))
    keys = [row.key for row in rows.scenarios if row.key]
    of_assessment = Scenario.objects.filter(version__assessment=version.assessment_id, lineage__in=keys)
    return Now(
        assessment_id=version.assessment_id,
        factors={
            judgement.factor: FactorNow(judgement.id, judgement.revision, plain(judgement.text))
            for judgement in FactorJudgement.objects.filter(version=version)
        },
        scenarios={
            scenario.lineage: ScenarioNow(
                id=scenario.id,
                revision=scenario.revision,
                content=ScenarioContent.of(scenario),
                is_taken_out=scenario.removed_at is not None,
                measures=len(acting.keys() & set(scenario.measure_ids)),
            )
            for scenario in scenarios
        },
        lineages=frozenset(of_assessment.values_list("lineage", flat=True)),
        measures=frozenset(acting) & measure_ids,
    )


def _changed(item: ScenarioItem) -> dict[str, object]:
    """By column. The measures stay as in the draft: they are planned there, not in the workbook."""
    values = _draft(item).fields()
    del values["measure_ids"]
    return values


def _added(item: ScenarioItem, version: Version, by: SignedInPerson) -> Scenario:
    draft = _draft(item)
    return Scenario(
        id=draft.id, version=version, lineage=item.lineage, starter=draft.starter, saved_by_id=by.id,
        **draft.fields(),
    )  # fmt: skip


def _draft(item: ScenarioItem) -> ScenarioDraft:
    content = item.row.content
    return ScenarioDraft(
        id=new_id(),
        revision=0,
        hazard=content.hazard,
        starter=item.row.starter,
        forms=content.forms,
        factors=content.factors,
        situation=content.situation,
        causes=content.causes,
        consequences=content.consequences,
        existing=content.existing,
        is_especially_dangerous=content.is_especially_dangerous,
        measure_ids=item.measure_ids,
        **{part: getattr(content, part) for part in SCORES},
    )
