from django.urls import path

from tryggmote.encounters import outing_views, planning_views, reporting_views, views

app_name = "encounters"
urlpatterns = [
    path("i-dag/", planning_views.today, name="today"),
    path("moter/nytt/", planning_views.meeting_new, name="meeting_new"),
    path("moter/kalender/", planning_views.calendar, name="calendar"),
    path("moter/kalender/fil/", planning_views.calendar_file, name="calendar_file"),
    path("moter/kalender/velg/", planning_views.calendar_take, name="calendar_take"),
    path("moter/kalender/abonner/", planning_views.calendar_subscribe, name="calendar_subscribe"),
    path(
        "moter/kalender/<uuid:feed_id>/fjern/",
        planning_views.calendar_unsubscribe,
        name="calendar_unsubscribe",
    ),
    path("moter/<uuid:meeting_id>/", planning_views.meeting, name="meeting"),
    path("moter/<uuid:meeting_id>/fjern/", planning_views.meeting_remove, name="meeting_remove"),
    path("sjekk/", views.check_start, name="check_start"),
    path("sjekk/ny/<slug:form>/", views.check_new, name="check_new"),
    path("sjekk/<uuid:check_id>/", views.check, name="check"),
    path("sjekk/<uuid:check_id>/status/", views.check_status, name="check_status"),
    path("sjekk/<uuid:check_id>/beslutning/", views.check_decide, name="check_decide"),
    path("sjekk/<uuid:check_id>/utfall/", views.check_outcome, name="check_outcome"),
    path("sjekk/<uuid:check_id>/svar/", views.check_answer, name="check_answer"),
    path("sjekk/<uuid:check_id>/slipp-gjennom/", views.check_override, name="check_override"),
    path("sjekker/", views.checks, name="checks"),
    path("ute/", outing_views.outing_list, name="outings"),
    path("ute/ny/", outing_views.outing_new, name="outing_new"),
    path("ute/<uuid:outing_id>/", outing_views.outing, name="outing"),
    path("ute/<uuid:outing_id>/mer-tid/", outing_views.outing_well, name="outing_well"),
    path("ute/<uuid:outing_id>/tilbake/", outing_views.outing_back, name="outing_back"),
    path("stopp/", reporting_views.stop, name="stop"),
    path("risiko/", reporting_views.risks, name="risks"),
    path("risiko/ny/", reporting_views.risk_new, name="risk_new"),
    path("risiko/<uuid:report_id>/", reporting_views.risk, name="risk"),
    path("risiko/<uuid:report_id>/ord/", reporting_views.risk_describe, name="risk_describe"),
    path("risiko/<uuid:report_id>/svar/", reporting_views.risk_answer, name="risk_answer"),
]
