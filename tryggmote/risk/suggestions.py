"""What could go into an assessment: what the unit has met itself, and the starter library (1.1, 2.1)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.controls.queries import measures_of_origins
from tryggmote.controls.vocabulary import OriginKind
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import UnitClosure
from tryggmote.risk import libraries, suggestion_sources
from tryggmote.risk.libraries import LibraryScenario
from tryggmote.risk.models import STARTER_LIMIT, TITLE_LIMIT, Assessment, Scenario, Version
from tryggmote.risk.suggestion_sources import Suggestion

MONTHS = 24

WHERE: Mapping[MeetingForm, Promise] = {
    MeetingForm.RECEPTION: gettext_lazy("i mottaket"),
    MeetingForm.PLANNED: gettext_lazy("i avtalt samtale"),
    MeetingForm.GROUP: gettext_lazy("i gruppemøte"),
    MeetingForm.HOME_VISIT: gettext_lazy("på hjemmebesøk"),
    MeetingForm.OTHERS_PREMISES: gettext_lazy("i andres lokaler"),
    MeetingForm.OUTDOORS: gettext_lazy("utendørs"),
    MeetingForm.DRIVING: gettext_lazy("under kjøring"),
    MeetingForm.TELEPHONE: gettext_lazy("på telefon"),
    MeetingForm.VIDEO: gettext_lazy("på video"),
    MeetingForm.WRITTEN: gettext_lazy("i chat eller skriftlig"),
    MeetingForm.OUTSIDE_WORK: gettext_lazy("utenfor jobb"),
}


@dataclass(frozen=True)
class OwnSuggestion:
    """What the unit has met itself, with where. `is_used`: a scenario in the draft began with it."""

    suggestion: Suggestion
    text: str
    is_used: bool
    begin_url: str


@dataclass(frozen=True)
class LibraryGroup:
    """Scenarios of the library that belong to one meeting form."""

    form: MeetingForm
    scenarios: list[LibraryScenario]


@dataclass(frozen=True)
class Idea:
    """A measure to consider. `is_planned`: one with this description comes from the scenario."""

    kind: str
    text: str
    is_planned: bool
    url: str


def forms_of(assessment: Assessment) -> list[str]:
    """The meeting forms to suggest for; one about a room or a change may concern any."""
    return assessment.forms or list(MeetingForm.values)


def used_in(draft: Version) -> frozenset[str]:
    """What the scenarios of the draft began with; one query."""
    began = Scenario.objects.filter(version=draft, removed_at=None).exclude(starter="")
    return frozenset(began.values_list("starter", flat=True))


def from_own_unit(assessment: Assessment, used: Collection[str]) -> list[OwnSuggestion]:
    """What happened in the unit and below it in the last two years, the most frequent first.

    A query, and those of each source.
    """
    below = UnitClosure.objects.filter(ancestor_id=assessment.unit_id)
    found = suggestion_sources.suggestions(
        list(below.values_list("descendant_id", flat=True)),
        forms_of(assessment),
        timezone.now() - relativedelta(months=MONTHS),
    )
    return [_own(assessment, suggestion, suggestion.code in used) for suggestion in found]


def _own(assessment: Assessment, suggestion: Suggestion, is_used: bool) -> OwnSuggestion:
    forms = ",".join(suggestion.forms)
    hazard = _with_where(suggestion.hazard, suggestion.forms) if suggestion.hazard else ""
    begins = urlencode({"forslag": suggestion.code, "ord": hazard, "former": forms})
    return OwnSuggestion(
        suggestion=suggestion,
        text=_with_where(suggestion.text, suggestion.forms),
        is_used=is_used,
        begin_url=f"{reverse('risk:scenario_new', args=[assessment.id])}?{begins}",
    )


def _with_where(what: object, forms: Collection[str]) -> str:
    """ "Utskjelling på telefon"."""
    places = _(" og ").join(str(WHERE[MeetingForm(form)]) for form in forms)
    return f"{what} {places}".strip()


def from_library(
    forms: Collection[str], used: Collection[str], *, words: str = "", form: str = ""
) -> list[LibraryGroup]:
    """The library's scenarios not used yet, each once, below the first of the meeting forms it can happen in.

    `words` and `form` narrow them.
    """
    wanted = [f for f in MeetingForm if f.value in forms and form in ("", f.value)]
    unused = [
        scenario
        for scenario in libraries.scenarios_for(wanted)
        if scenario.code not in used and _mentions(scenario, words)
    ]
    groups = [
        LibraryGroup(f, [s for s in unused if next(w for w in wanted if w in s.forms) is f]) for f in wanted
    ]
    return [group for group in groups if group.scenarios]


def _mentions(scenario: LibraryScenario, words: str) -> bool:
    text = " ".join(str(part) for part in (scenario.hazard, scenario.situation, scenario.causes)).casefold()
    return all(word in text for word in words.casefold().split())


def beginning(parameters: Mapping[str, str], forms: Collection[str]) -> dict[str, Any]:
    """What a new scenario begins with, as the address says; what nobody can understand is left out.

    `?mal=<code>` is of the library, `?forslag=<code>&ord=…&former=telephone` of the unit itself.
    `forms`: those the assessment covers.
    """
    from_library = _library_scenario(parameters.get("mal", ""))
    if from_library:
        texts = ("hazard", "situation", "causes", "consequences")
        return {text: str(getattr(from_library, text)) for text in texts} | {
            "starter": from_library.code,
            "factors": list(from_library.factors),
            "meeting_forms": _among(from_library.forms, forms),
        }
    code = parameters.get("forslag", "")
    if not code or len(code) > STARTER_LIMIT:
        return {}
    return {
        "starter": code,
        "hazard": parameters.get("ord", "")[:TITLE_LIMIT],
        "meeting_forms": _among(parameters.get("former", "").split(","), forms),
    }


def _among(chosen: Iterable[str], forms: Collection[str]) -> list[str]:
    return [form for form in chosen if form in (forms or MeetingForm.values)]


def _library_scenario(code: str) -> LibraryScenario | None:
    return next((scenario for scenario in libraries.scenarios() if scenario.code == code), None)


def ideas_for(scenario: Scenario) -> list[Idea]:
    """The measures that the library suggests against a scenario that began with it; at most one query."""
    known = _library_scenario(scenario.starter)
    if known is None:
        return []
    planned = [m.what for m in measures_of_origins(OriginKind.SCENARIO, [scenario.lineage])[scenario.lineage]]
    return [
        Idea(
            kind=str(idea.kind.label),
            text=str(idea.text),
            is_planned=any(text in what for text in idea.text.model_dump().values() for what in planned),
            url=_plan_url(scenario, idea),
        )
        for idea in known.measures
    ]


def _plan_url(scenario: Scenario, idea: libraries.Suggestion) -> str:
    parameters = {
        "opphav": f"{OriginKind.SCENARIO.value}:{scenario.lineage}",
        "ord": scenario.hazard,
        "enhet": scenario.version.assessment.unit_id,
        "former": ",".join(scenario.forms),
        "hva": str(idea.text),
        "type": idea.kind.value,
    }
    return f"{reverse('controls:plan')}?{urlencode(parameters)}"
