from django.urls import path

from tryggmote.assistance import alarm_system_views, channel_views, unit_views, views

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
    path("kanal/", channel_views.channel, name="channel"),
    path("kanal/prov/", channel_views.try_out, name="channel_try"),
    path("kanal/nytt/", channel_views.choose_news, name="channel_news"),
    path("kanal/fjern/", channel_views.remove, name="channel_remove"),
    path("alarmsystem/<uuid:system_id>/", alarm_system_views.raise_from, name="alarm_raise"),
    path("alarmsystemer/", alarm_system_views.alarm_systems_page, name="alarm_systems"),
    path("alarmsystemer/nytt/", alarm_system_views.new, name="alarm_system_new"),
    path("alarmsystemer/<uuid:system_id>/", alarm_system_views.change, name="alarm_system"),
    path("alarmsystemer/<uuid:system_id>/prov/", alarm_system_views.try_out, name="alarm_system_try"),
    path("alarmsystemer/<uuid:system_id>/slutt/", alarm_system_views.end, name="alarm_system_end"),
    path("<uuid:call_id>/", views.call, name="call"),
    path("<uuid:call_id>/svar/", views.answer, name="answer"),
    path("<uuid:call_id>/mer/", views.describe, name="describe"),
    path("<uuid:call_id>/kort/", views.card, name="card"),
    path("<uuid:call_id>/slutt/", views.end, name="end"),
]
