"""Which address belongs to which capability. Addresses are Norwegian: people read them."""

from django.urls import include, path

from tryggmote.config.health import health
from tryggmote.ui import error_pages

handler400 = error_pages.bad_request
handler403 = error_pages.permission_denied
handler404 = error_pages.not_found
handler500 = error_pages.server_error

urlpatterns = [
    path("helse/", health, name="health"),
    path("", include("tryggmote.duties.urls")),
    path("gjoremal/", include("tryggmote.duties.todo_urls")),
    path("kom-i-gang/", include("tryggmote.guides.urls")),
    path("sok/", include("tryggmote.search.urls")),
    path("", include("tryggmote.ui.urls")),
    path("", include("tryggmote.access.urls")),
    path("", include("tryggmote.encounters.urls")),
    path("hjelp/", include("tryggmote.assistance.urls")),
    path("hendelser/", include("tryggmote.incidents.urls")),
    path("oppfolging/", include("tryggmote.followup.urls")),
    path("meldeplikt/", include("tryggmote.statutory.urls")),
    path("bevis/", include("tryggmote.exhibits.urls")),
    path("anmeldelser/", include("tryggmote.police.urls")),
    path("laering/", include("tryggmote.learning.urls")),
    path("overfor-bruker/", include("tryggmote.client_measures.urls")),
    path("ovelser/", include("tryggmote.exercises.urls")),
    path("forum/", include("tryggmote.forums.urls")),
    path("arshjul/", include("tryggmote.cycle.urls")),
    path("tall/", include("tryggmote.statistics.urls")),
    path("handbok/", include("tryggmote.handbook.urls")),
    path("mapper/", include("tryggmote.dossier.urls")),
    path("innsyn/", include("tryggmote.dossier.inspection_urls")),
    path("lokaler/", include("tryggmote.premises.urls")),
    path("utstyr/", include("tryggmote.equipment.urls")),
    path("opplaering/", include("tryggmote.training.urls")),
    path("bekymringer/", include("tryggmote.concerns.urls")),
    path("fagfolk/", include("tryggmote.expertise.urls")),
    path("korte-okter/", include("tryggmote.lessons.urls")),
    path("vernerunde/", include("tryggmote.reviews.urls")),
    path("endringer/", include("tryggmote.reviews.change_urls")),
    path("informasjon/", include("tryggmote.information.urls")),
    path("", include("tryggmote.controls.urls")),
    path("", include("tryggmote.risk.urls")),
    path("", include("tryggmote.residual.urls")),
    path("status/", include("tryggmote.compliance.urls")),
    path("standarden/", include("tryggmote.catalogue.urls")),
    path("", include("tryggmote.organisation.urls")),
    path("varsler/", include("tryggmote.notices.urls")),
]
