from django.urls import path

from tryggmote.incidents import export_views, figure_views, step_views, views

app_name = "incidents"
urlpatterns = [
    path("", views.incident_list, name="list"),
    path("meld/", views.report, name="report"),
    path("kodebok/", step_views.code_book, name="codebook"),
    path("kodebok/<str:version>/", step_views.code_book, name="codebook_version"),
    path("tall/", figure_views.mine, name="figures"),
    path("tall/<int:unit_id>/", figure_views.of_unit, name="figures_of"),
    path("delt/", step_views.shared, name="shared"),
    path("delt/<uuid:step_id>/", step_views.take_shared, name="take_shared"),
    path("<uuid:incident_id>/", views.detail, name="detail"),
    path("<uuid:incident_id>/mottatt/", views.received, name="received"),
    path("<uuid:incident_id>/svar/", views.answer, name="answer"),
    path("<uuid:incident_id>/niva/", views.assess, name="assess"),
    path("<uuid:incident_id>/beskriv/", step_views.classify, name="classify"),
    path("<uuid:incident_id>/hent-ut/<str:code>/", export_views.export, name="export"),
    path("<uuid:incident_id>/steg/<str:code>/", step_views.take, name="take_step"),
]
