from django.urls import path

from tryggmote.concerns import demand_views, stop_views, unit_views, views

app_name = "concerns"
urlpatterns = [
    path("", views.home, name="home"),
    path("ny/", views.write, name="write"),
    path("<uuid:concern_id>/", views.concern, name="concern"),
    path("<uuid:concern_id>/svar/", views.answer, name="answer"),
    path("<uuid:concern_id>/del/", views.share, name="share"),
    path("<uuid:concern_id>/holder-svaret/", views.judge, name="judge"),
    path("enhet/<int:unit_id>/", unit_views.unit, name="unit"),
    path("enhet/<int:unit_id>/krav/", demand_views.write, name="demand_new"),
    path("enhet/<int:unit_id>/stans/", stop_views.write, name="stop_new"),
    path("krav/<uuid:demand_id>/", demand_views.demand, name="demand"),
    path("krav/<uuid:demand_id>/svar/", demand_views.answer, name="answer_demand"),
    path("krav/<uuid:demand_id>/videre/", demand_views.further, name="further"),
    path("stans/<uuid:stop_id>/", stop_views.stop, name="stop"),
    path("stans/<uuid:stop_id>/hva-skjer/", stop_views.act, name="act"),
]
