from django.urls import path

from tryggmote.incidents import linking_views, views

app_name = "incidents"
urlpatterns = [
    path("", views.incident_list, name="list"),
    path("meld/", views.report, name="report"),
    path("<uuid:incident_id>/", views.detail, name="detail"),
    path("<uuid:incident_id>/mottatt/", views.received, name="received"),
    path("<uuid:incident_id>/svar/", views.answer, name="answer"),
    path("<uuid:incident_id>/niva/", views.assess, name="assess"),
    path("<uuid:incident_id>/samme/", linking_views.same_event, name="same_event"),
    path("<uuid:incident_id>/samme/<uuid:link_id>/angre/", linking_views.undo, name="undo_same_event"),
    path("<uuid:incident_id>/senere/", linking_views.later, name="later"),
]
