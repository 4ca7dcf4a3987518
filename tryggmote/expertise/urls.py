from django.urls import path

from tryggmote.expertise import views

app_name = "expertise"
urlpatterns = [
    path("", views.home, name="home"),
    path("enhet/<int:unit_id>/", views.unit, name="unit"),
    path("enhet/<int:unit_id>/nytt/", views.ask, name="ask"),
    path("<uuid:expert_request_id>/", views.request, name="request"),
    path("<uuid:expert_request_id>/svar/", views.answer, name="answer"),
    path("<uuid:expert_request_id>/trekk-tilbake/", views.withdraw, name="withdraw"),
    path("<uuid:expert_request_id>/brukt/", views.use, name="use"),
]
