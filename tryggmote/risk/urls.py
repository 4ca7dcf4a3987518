from django.urls import path

from tryggmote.risk import (
    compare_views,
    hazard_views,
    mapping_views,
    people_views,
    suggestion_views,
    views,
    writing_views,
)
from tryggmote.risk.spreadsheet import views as spreadsheet

app_name = "risk"
urlpatterns = [
    path("risikovurdering/", views.home, name="home"),
    path("farer/", hazard_views.hazard_list, name="hazards"),
    path("farer/meld/", hazard_views.raise_hazard, name="hazard_new"),
    path("farer/<uuid:hazard_id>/", hazard_views.hazard, name="hazard"),
    path("farer/<uuid:hazard_id>/vurder/", hazard_views.choose_assessment, name="hazard_assess"),
    path(
        "farer/<uuid:hazard_id>/vurder/<uuid:assessment_id>/",
        hazard_views.choose_scenario,
        name="hazard_scenario",
    ),
    path(
        "farer/<uuid:hazard_id>/vurder/<uuid:assessment_id>/apne/",
        hazard_views.open_assessment,
        name="hazard_open_assessment",
    ),
    path("farer/<uuid:hazard_id>/sla-sammen/", hazard_views.merge, name="hazard_merge"),
    path("farer/<uuid:hazard_id>/ikke-ta-inn/", hazard_views.decline, name="hazard_decline"),
    path("risikovurdering/<uuid:assessment_id>/forslag/", suggestion_views.suggested, name="suggestions"),
    path("risikovurdering/ny/", views.begin, name="begin"),
    path("risikovurdering/kartlegging/", mapping_views.mapping, name="mapping"),
    path("risikovurdering/kartlegging/start/", mapping_views.take_starter_set, name="starter_set"),
    path("risikovurdering/kartlegging/ny/", mapping_views.add, name="activity_new"),
    path("risikovurdering/kartlegging/<uuid:activity_id>/", mapping_views.change, name="activity"),
    path("risikovurdering/kartlegging/<uuid:activity_id>/avslutt/", mapping_views.end, name="activity_end"),
    path("risikovurdering/<uuid:assessment_id>/", views.assessment, name="assessment"),
    path("risikovurdering/<uuid:assessment_id>/omfang/", views.scope, name="scope"),
    path("risikovurdering/<uuid:assessment_id>/apne/", views.reopen, name="reopen"),
    path("risikovurdering/<uuid:assessment_id>/versjon/<int:number>/", views.version, name="version"),
    path(
        "risikovurdering/<uuid:assessment_id>/sammenlign/<int:old>/<int:new>/",
        compare_views.comparison,
        name="compare",
    ),
    path(
        "risikovurdering/<uuid:assessment_id>/versjon/<int:number>/regneark/",
        spreadsheet.export,
        name="spreadsheet_export",
    ),
    path("risikovurdering/<uuid:assessment_id>/regneark/", spreadsheet.send, name="spreadsheet"),
    path(
        "risikovurdering/<uuid:assessment_id>/regneark/<uuid:file_id>/",
        spreadsheet.preview,
        name="spreadsheet_preview",
    ),
    path(
        "risikovurdering/<uuid:assessment_id>/regneark/<uuid:file_id>/kolonner/",
        spreadsheet.columns,
        name="spreadsheet_columns",
    ),
    path("risikovurdering/<uuid:assessment_id>/nytt/", writing_views.changes, name="changes"),
    path("risikovurdering/<uuid:assessment_id>/faktor/<int:factor>/", writing_views.factor, name="factor"),
    path(
        "risikovurdering/<uuid:assessment_id>/situasjon/ny/", writing_views.add_scenario, name="scenario_new"
    ),
    path(
        "risikovurdering/<uuid:assessment_id>/situasjon/<uuid:scenario_id>/",
        writing_views.scenario,
        name="scenario",
    ),
    path(
        "risikovurdering/<uuid:assessment_id>/situasjon/<uuid:scenario_id>/ta-ut/",
        writing_views.take_out,
        name="scenario_take_out",
    ),
    path(
        "risikovurdering/<uuid:assessment_id>/situasjon/<uuid:scenario_id>/sett-inn/",
        writing_views.put_back,
        name="scenario_put_back",
    ),
    path("risikovurdering/<uuid:assessment_id>/medvirkning/", people_views.people, name="people"),
    path("risikovurdering/<uuid:assessment_id>/medvirkning/inviter/", people_views.invite, name="invite"),
    path(
        "risikovurdering/<uuid:assessment_id>/medvirkning/<uuid:participant_id>/ta-ut/",
        people_views.take_out,
        name="participant_take_out",
    ),
    path("risikovurdering/<uuid:assessment_id>/medvirkning/bli-med/", people_views.join, name="join"),
    path("risikovurdering/<uuid:assessment_id>/medvirkning/spor/", people_views.consult, name="consult"),
    path("risikovurdering/<uuid:assessment_id>/medvirkning/svar/", people_views.opinion, name="opinion"),
    path(
        "risikovurdering/<uuid:assessment_id>/medvirkning/ikke-hort/",
        people_views.not_heard,
        name="not_heard",
    ),
    path("risikovurdering/<uuid:assessment_id>/medvirkning/ingen-valgt/", people_views.nobody, name="nobody"),
    path("risikovurdering/<uuid:assessment_id>/godkjenn/", people_views.approve, name="approve"),
    path("risikovurdering/<uuid:assessment_id>/godkjenn/trekk/", people_views.take_back, name="take_back"),
]
