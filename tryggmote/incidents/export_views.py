"""Taking an incident out for the employer's own deviation system (2.4)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.incidents import exporting, queries
from tryggmote.incidents.export_mappings import mappings_for


@require_POST
def export(request: PersonRequest, incident_id: UUID, code: str) -> HttpResponse:
    """The incident as a file. A POST: that it was taken out is logged."""
    incident = get_object_or_404(queries.incident_in_full(incident_id))
    fitting = {mapping.code: mapping for mapping in mappings_for(incident.workforce.employer.code)}
    if code not in fitting:
        raise Http404
    file = exporting.export(by=request.person, incident=incident, mapping=fitting[code])
    return HttpResponse(
        file.content,
        content_type=file.media_type,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "no-store"},
    )
