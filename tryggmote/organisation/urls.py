"""Addresses of units, people and administration."""

from django.urls import path

from tryggmote.organisation import administration, handover_views, views

app_name = "organisation"
urlpatterns = [
    path("enheter/", views.unit_list, name="units"),
    path("enheter/<int:unit_id>/", views.unit_page, name="unit"),
    path("enheter/<int:unit_id>/moteformer/", views.meeting_forms, name="meeting_forms"),
    path("enheter/<int:unit_id>/overfor/", handover_views.hand_over, name="hand_over"),
    path("enheter/overforing/<uuid:handover_id>/", handover_views.handover_page, name="handover"),
    path("personer/<int:person_id>/", views.person_page, name="person"),
    path("administrasjon/", administration.home, name="administration"),
    path("administrasjon/import/", administration.import_file, name="import"),
    path("administrasjon/import/mal.xlsx", administration.import_template, name="import_template"),
    path(
        "administrasjon/import/<uuid:draft_id>/", administration.import_difference, name="import_difference"
    ),
]
