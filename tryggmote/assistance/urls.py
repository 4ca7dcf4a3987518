from django.urls import path

from tryggmote.assistance import unit_views, views

app_name = "assistance"
urlpatterns = [
    path("", views.call_for_help, name="raise"),
    path("apne/", views.open_calls, name="open"),
    path("steder/", views.places, name="places"),
    path("vekk/", views.wake, name="wake"),
    path("enhet/", unit_views.unit, name="unit"),
    path("ovelse/", unit_views.practise, name="practise"),
    path("varsles-forst/", unit_views.responders, name="responders"),
    path("plass/", unit_views.usual_place, name="usual_place"),
    path("<uuid:call_id>/", views.call, name="call"),
    path("<uuid:call_id>/svar/", views.answer, name="answer"),
    path("<uuid:call_id>/mer/", views.describe, name="describe"),
    path("<uuid:call_id>/slutt/", views.end, name="end"),
]
