"""The form of each step in a case. What is missing in the text stops the step, not the writing."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.client_measures import rules
from tryggmote.client_measures.fields import CaseText, Day, DayBehind
from tryggmote.client_measures.guidelines import guidelines
from tryggmote.client_measures.models import ClientMeasure
from tryggmote.client_measures.services import StepDraft
from tryggmote.client_measures.vocabulary import How, Outcome, StepKind
from tryggmote.organisation.workdays import add_workdays
from tryggmote.ui.forms import BigRadioSelect, SentOnce


class StepForm(SentOnce):
    """A step in a case. Each kind asks for its own fields."""

    kind: StepKind

    def __init__(self, *args: Any, case: ClientMeasure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def step(self) -> StepDraft:
        """The answers as the service takes them. Call when the form is valid."""
        return StepDraft(kind=self.kind, **self.cleaned_data)


class ForewarnedForm(StepForm):
    kind = StepKind.FOREWARNED
    on = DayBehind(label=_("Når fikk brukeren varselet?"))
    how = forms.ChoiceField(
        label=_("Hvordan?"), choices=How.choices, widget=BigRadioSelect,
        error_messages={"required": _("Velg hvordan brukeren fikk varselet.")},
    )  # fmt: skip
    due_on = Day(
        label=_("Frist for å svare"),
        help_text=_("Fristen i brevet. Brukeren må ha tid til å lese, tenke og få hjelp."),
    )

    def __init__(self, *args: Any, case: ClientMeasure, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["on"].initial = timezone.localdate()
        self.fields["due_on"].initial = answer_by()

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        due, given = answers.get("due_on"), answers.get("on")
        if due and given and (due <= given or due < timezone.localdate()):
            self.add_error("due_on", _("Brukeren må ha tid til å svare. Velg en senere dag."))
        return answers


class ExemptedForm(StepForm):
    kind = StepKind.EXEMPTED
    exception = forms.ChoiceField(
        label=_("Hvorfor kan dere ikke varsle?"),
        widget=BigRadioSelect,
        error_messages={"required": _("Velg hvilket unntak det er.")},
    )
    text = CaseText(
        label=_("Hva gjør at unntaket gjelder her?"),
        error_messages={"required": _("Skriv hvorfor unntaket gjelder i denne saken.")},
    )

    def __init__(self, *args: Any, case: ClientMeasure, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        choices = [(one.code, str(one.name)) for one in guidelines().exceptions]
        self.fields["exception"].choices = choices  # type: ignore[attr-defined]


class AnsweredForm(StepForm):
    kind = StepKind.ANSWERED
    on = DayBehind(label=_("Når sa brukeren sitt syn?"))
    how = forms.ChoiceField(
        label=_("Hvordan?"), choices=How.choices, widget=BigRadioSelect,
        error_messages={"required": _("Velg hvordan brukeren svarte.")},
    )  # fmt: skip
    text = CaseText(
        label=_("Hva mener brukeren?"),
        help_text=_("Gjengi det brukeren sier, også det dere er uenige i. Brukeren får lese dette."),
        rows=6,
        error_messages={"required": _("Skriv hva brukeren mener.")},
    )


class SilentForm(StepForm):
    kind = StepKind.SILENT
    text = CaseText(
        label=_("Hva gjorde dere for å få svar?"),
        help_text=_(
            "For eksempel en telefon eller et brev til. Kommer svaret senere, skriver du det inn da."
        ),
        required=False,
    )


class SubmittedForm(StepForm):
    kind = StepKind.SUBMITTED


class DecidedForm(StepForm):
    """The leader decides what stands on the page: `revision` is the text they have read."""

    kind = StepKind.DECIDED
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    outcome = forms.ChoiceField(
        label=_("Hva bestemmer du?"),
        choices=Outcome.choices,
        widget=BigRadioSelect,
        error_messages={"required": _("Velg hva du bestemmer.")},
    )
    text = CaseText(
        label=_("Hvorfor?"),
        help_text=_(
            "Din egen vurdering, også av det brukeren har sagt. Den står i brevet. "
            "Ikke skriv navn, fødselsnummer eller diagnoser."
        ),
        rows=6,
        error_messages={
            "required": _("Skriv hvorfor. Et vedtak uten grunn kan ikke forstås eller klages på.")
        },
    )

    def __init__(self, *args: Any, case: ClientMeasure, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["revision"].initial = case.revision

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("outcome") == Outcome.IMPOSED:
            missing = rules.before_decision(self.case, guidelines(), timezone.localdate())
            if missing:
                what = ", ".join(str(blank.what) for blank in missing)
                self.add_error("outcome", _("Dette mangler først: %(what)s.") % {"what": what})
        return answers


class ToldForm(StepForm):
    kind = StepKind.TOLD
    on = DayBehind(label=_("Når fikk brukeren vedtaket?"))
    how = forms.ChoiceField(
        label=_("Hvordan?"), choices=How.choices, widget=BigRadioSelect,
        error_messages={"required": _("Velg hvordan brukeren fikk vedtaket.")},
    )  # fmt: skip

    def __init__(self, *args: Any, case: ClientMeasure, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["on"].initial = timezone.localdate()

    def clean_on(self) -> date:
        chosen: date = self.cleaned_data["on"]
        if self.case.decided_at and chosen < timezone.localdate(self.case.decided_at):
            raise ValidationError(_("Dagen er før vedtaket. Velg den dagen brukeren fikk det."))
        return chosen


class ReviewedForm(StepForm):
    kind = StepKind.REVIEWED
    text = CaseText(
        label=_("Hvorfor er tiltaket fortsatt nødvendig?"),
        help_text=_("Er det ikke det, opphever du det i stedet."),
        error_messages={"required": _("Skriv hvorfor det fortsatt er nødvendig, eller opphev tiltaket.")},
    )


class LiftedForm(StepForm):
    kind = StepKind.LIFTED
    text = CaseText(
        label=_("Hvorfor oppheves det?"), error_messages={"required": _("Skriv hvorfor det oppheves.")}
    )


class ComplainedForm(StepForm):
    kind = StepKind.COMPLAINED
    on = DayBehind(label=_("Når kom klagen?"))
    text = CaseText(
        label=_("Hva klager brukeren på?"),
        help_text=_("Kort, med brukerens ord. Selve klagen ligger i Navs eget system."),
        error_messages={"required": _("Skriv hva klagen gjelder.")},
    )

    def clean_on(self) -> date:
        chosen: date = self.cleaned_data["on"]
        if self.case.decided_at and chosen < timezone.localdate(self.case.decided_at):
            raise ValidationError(_("Dagen er før vedtaket. Velg den dagen klagen kom."))
        return chosen


class ComplaintAnsweredForm(StepForm):
    kind = StepKind.COMPLAINT_ANSWERED
    text = CaseText(
        label=_("Svaret til brukeren"),
        help_text=_(
            "Si hva du har vurdert på nytt, og hva det ble til. Gir du medhold, opphever du tiltaket også."
        ),
        rows=6,
        error_messages={"required": _("Skriv svaret.")},
    )


FORMS: dict[str, type[StepForm]] = {
    "varsel": ForewarnedForm,
    "unntak": ExemptedForm,
    "svar": AnsweredForm,
    "ikke-svar": SilentForm,
    "til-lederen": SubmittedForm,
    "avgjor": DecidedForm,
    "sendt": ToldForm,
    "ny-vurdering": ReviewedForm,
    "opphev": LiftedForm,
    "klage": ComplainedForm,
    "klagesvar": ComplaintAnsweredForm,
}
"""The form of each step, by its name in the address."""


def answer_by() -> date:
    """The day that is suggested for the client's answer."""
    return add_workdays(timezone.now(), guidelines().answer_within_workdays).date()
