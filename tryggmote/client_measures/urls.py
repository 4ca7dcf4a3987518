from django.urls import path

from tryggmote.client_measures import views

app_name = "client_measures"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("ny/", views.begin, name="begin"),
    path("<uuid:client_measure_id>/", views.case, name="case"),
    path("<uuid:client_measure_id>/grunnlag/", views.write_basis, name="grunnlag"),
    path("<uuid:client_measure_id>/vurdering/", views.write_weighing, name="vurdering"),
    path("<uuid:client_measure_id>/steg/<slug:step>/", views.step, name="step"),
    path("<uuid:client_measure_id>/brev/<slug:letter>/", views.letter, name="letter"),
    path("<uuid:client_measure_id>/arkiv/", views.archive, name="archive"),
    path("<uuid:client_measure_id>/saksbehandlere/", views.handlers, name="handlers"),
]
