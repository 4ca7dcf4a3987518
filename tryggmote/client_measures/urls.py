from django.urls import path

from tryggmote.client_measures import views

app_name = "client_measures"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("ny/", views.begin, name="begin"),
    path("<uuid:case_id>/", views.case, name="case"),
    path("<uuid:case_id>/grunnlag/", views.write_basis, name="grunnlag"),
    path("<uuid:case_id>/vurdering/", views.write_weighing, name="vurdering"),
    path("<uuid:case_id>/steg/<slug:step>/", views.step, name="step"),
    path("<uuid:case_id>/brev/<slug:letter>/", views.letter, name="letter"),
    path("<uuid:case_id>/arkiv/", views.archive, name="archive"),
    path("<uuid:case_id>/saksbehandlere/", views.handlers, name="handlers"),
]
