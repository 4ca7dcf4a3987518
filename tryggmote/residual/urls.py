from django.urls import path

from tryggmote.residual import draft_views, matrix_views, record_views

app_name = "residual"
urlpatterns = [
    path("pakrevd/", matrix_views.own_matrix, name="matrix"),
    path("pakrevd/<int:unit_id>/", matrix_views.matrix_of, name="matrix_of"),
    path("pakrevd/<int:unit_id>/<slug:element>/<slug:form>/", matrix_views.cell, name="cell"),
    path("pakrevd/valg/<uuid:filling_id>/ta-bort/", matrix_views.take_away, name="take_away"),
    path("restrisiko/", record_views.own_records, name="records"),
    path("restrisiko/enhet/<int:unit_id>/", record_views.records_of, name="records_of"),
    path("restrisiko/enhet/<int:unit_id>/ny/", record_views.new, name="new"),
    path("restrisiko/<uuid:record_id>/", record_views.record, name="record"),
    path("restrisiko/<uuid:record_id>/bekreft/", record_views.confirm, name="confirm"),
    path("restrisiko/<uuid:record_id>/trekk-tilbake/", record_views.withdraw, name="withdraw"),
    path("restrisiko/<uuid:record_id>/utkast/", draft_views.draft, name="draft"),
    path("restrisiko/<uuid:record_id>/utkast/skriv/", draft_views.write, name="write"),
    path("restrisiko/<uuid:record_id>/utkast/uttalelse/", draft_views.opinion, name="opinion"),
    path("restrisiko/<uuid:record_id>/utkast/ikke-hort/", draft_views.not_heard, name="not_heard"),
    path("restrisiko/<uuid:record_id>/utkast/ingen-valgt/", draft_views.nobody, name="nobody"),
    path("restrisiko/<uuid:record_id>/utkast/godkjenn/", draft_views.approve, name="approve"),
]
