"""Which address belongs to which capability. Addresses are Norwegian: people read them."""

from django.urls import include, path

from tryggmote.config.health import health
from tryggmote.ui import views as ui

handler400 = ui.bad_request
handler403 = ui.permission_denied
handler404 = ui.not_found
handler500 = ui.server_error

urlpatterns = [
    path("helse/", health, name="health"),
    path("", include("tryggmote.duties.urls")),
    path("", include("tryggmote.ui.urls")),
    path("", include("tryggmote.access.urls")),
    path("", include("tryggmote.encounters.urls")),
    path("hendelser/", include("tryggmote.incidents.urls")),
    path("standarden/", include("tryggmote.catalogue.urls")),
    path("", include("tryggmote.organisation.urls")),
    path("varsler/", include("tryggmote.notices.urls")),
]
