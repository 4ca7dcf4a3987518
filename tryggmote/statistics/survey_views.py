"""The survey: the two questions on one page, thanks, and what units answered."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from tryggmote.access.requests import PersonRequest
from tryggmote.statistics import survey_exporting, survey_queries, surveying
from tryggmote.statistics.survey import next_round, survey
from tryggmote.statistics.survey_forms import SurveyForm
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.spreadsheets import FileKind

A_PAGE = 25


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def ask(request: PersonRequest) -> HttpResponse:
    """The questions. Raises: NotPossible when somebody answers who cannot."""
    if request.method == "POST" and "skip" in request.POST:
        surveying.skip()
        return redirect("statistics:survey")
    held = survey_queries.waits_for(request.person)
    if held is None:
        return _not_asked(request)
    form = SurveyForm(request.POST if request.method == "POST" else None, version=held.version)
    if form.is_valid():
        surveying.answer(**form.answers)
        return redirect("statistics:survey_thanks")
    status = 422 if form.is_bound else 200
    return render(request, "statistics/survey.html", {"form": form, "round": held}, status=status)


@require_GET
def thanks(request: PersonRequest) -> HttpResponse:
    """What happens with the answers. It says nothing of them, and anybody may read it."""
    return render(request, "statistics/survey_thanks.html", {"round": survey_queries.round_now()})


@require_GET
def results(request: PersonRequest) -> HttpResponse:
    """What the units one leads, represents or stands above answered in the latest round that is over."""
    held = survey_queries.last_closed()
    page = (
        Paginator(survey_queries.results_of(held), A_PAGE).get_page(request.GET.get("page")) if held else None
    )
    context = {
        "round": held,
        "page_obj": page,
        "rows": survey_queries.with_before(list(page), held) if page and held else [],
        "survey": survey(held.version) if held else survey(),
        "files": list(FileKind),
        "next": next_round(oslo_today()),
    }
    return render(request, "statistics/survey_results.html", context)


@require_GET
def export(request: PersonRequest) -> HttpResponse:
    """All results one sees, of all rounds that are kept, as a file."""
    kind = FileKind(request.GET.get("file", ""))
    return HttpResponse(
        survey_exporting.file_of(survey_queries.all_results(), kind),
        content_type=kind.content_type,
        headers={"Content-Disposition": f'attachment; filename="{survey_exporting.file_name(kind)}"'},
    )


def _not_asked(request: PersonRequest) -> HttpResponse:
    context = {"round": survey_queries.round_now(), "next": next_round(oslo_today())}
    return render(request, "statistics/survey_closed.html", context)
