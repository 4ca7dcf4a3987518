from django.conf import settings
from django.urls import path

from tryggmote.ui import catalogue, views

app_name = "ui"
urlpatterns = [
    path("mer/", views.more, name="more"),
    path("trygghet/", views.safety, name="safety"),
    path("min-side/", views.my_page, name="my_page"),
    path("valg/sprak/", views.language, name="language"),
    path("valg/utseende/", views.theme, name="theme"),
    path("valg/enhet/", views.unit, name="unit"),
    path("varsler-usett/", views.unseen, name="unseen"),
    path("uten-nett/mine/", views.kept, name="kept"),
    path("uten-nett/<slug:language>/", views.offline, name="offline"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("ui/", catalogue.page, name="catalogue"))
