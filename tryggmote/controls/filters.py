"""The filters above the lists of measures and procedures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggmote.controls import procedure_queries, queries
from tryggmote.controls.vocabulary import MeasureKind, ProcedureKind, Status
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.ui.forms import FilterForm


class MeasureFilter(FilterForm):
    """Narrow the list."""

    MINE = "mine"

    status = forms.ChoiceField(label=_("Status"), choices=[("", _("Alle")), *Status.choices])
    due = forms.ChoiceField(
        label=_("Frist"),
        choices=[
            ("", _("Alle")),
            (queries.OVERDUE, _("Over fristen")),
            (queries.UNEVALUATED, _("Skulle vært vurdert")),
        ],
    )
    kind = forms.ChoiceField(label=_("Type"), choices=[("", _("Alle")), *MeasureKind.choices])
    form = forms.ChoiceField(label=_("Møteform"), choices=[("", _("Alle")), *MeetingForm.choices])
    owner = forms.ChoiceField(label=_("Ansvarlig"), choices=[("", _("Alle")), (MINE, _("Meg"))])
    unit = forms.TypedChoiceField(label=_("Enhet"), coerce=int, empty_value=None)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Alle")), *units]  # type: ignore[attr-defined]
        if len(units) < 2:
            del self.fields["unit"]

    def chosen(self, person_id: int) -> dict[str, Any]:
        """What `queries.measures` takes; nothing when somebody has written an address of their own."""
        if not self.is_valid():
            return {}
        chosen = dict(self.cleaned_data)
        mine = chosen.pop("owner") == self.MINE
        return {"unit_id": chosen.pop("unit", None), "owner_id": person_id if mine else None, **chosen}


class ProcedureFilter(FilterForm):
    """Narrow the list. Without a choice it shows what holds where one works, also what comes from above."""

    EVERYWHERE = "all"

    where = forms.ChoiceField(
        label=_("Hvor"), choices=[("", _("Gjelder hos oss")), (EVERYWHERE, _("Alle jeg kan lese"))]
    )
    show = forms.ChoiceField(
        label=_("Vis"),
        choices=[
            ("", _("Alle som ikke er avsluttet")),
            (procedure_queries.IN_FORCE, _("I kraft")),
            (procedure_queries.DRAFT, _("Utkast")),
            (procedure_queries.LATE, _("Skulle vært gjennomgått")),
            (procedure_queries.ENDED, _("Avsluttet")),
        ],
    )
    kind = forms.ChoiceField(label=_("Type"), choices=[("", _("Alle")), *ProcedureKind.choices])
    form = forms.ChoiceField(label=_("Møteform"), choices=[("", _("Alle")), *MeetingForm.choices])

    def chosen(self, unit_ids: list[int]) -> dict[str, Any]:
        """What `procedure_queries.procedures` takes; what nobody can understand is left out."""
        chosen = dict(self.cleaned_data) if self.is_valid() else {}
        is_everywhere = chosen.pop("where", "") == self.EVERYWHERE
        return {"here": [] if is_everywhere else unit_ids, **chosen}
