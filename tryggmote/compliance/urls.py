from django.urls import path

from tryggmote.compliance import across_views, beside_views, views

app_name = "compliance"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("oversikt/", across_views.overview, name="overview"),
    path("krav/<slug:set_code>/<str:number>/", across_views.requirement, name="requirement"),
    path("endringer/", across_views.changes, name="changes"),
    path("gar-ut/", across_views.running_out, name="running_out"),
    path("star-stille/", across_views.still, name="still"),
    path("<int:unit_id>/", views.of_unit, name="of_unit"),
    path("<int:unit_id>/historikk/", views.history_of, name="history"),
    path("<int:unit_id>/lignende/", views.alike, name="alike"),
    path("<int:unit_id>/side-om-side/", beside_views.beside, name="beside"),
]
