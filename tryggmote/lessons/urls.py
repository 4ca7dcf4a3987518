from django.urls import path

from tryggmote.lessons import views

app_name = "lessons"
urlpatterns = [
    path("", views.home, name="home"),
    path("enhet/<int:unit_id>/", views.unit, name="unit"),
    path("holdt/<uuid:gathering_id>/", views.gathering, name="gathering"),
    path("holdt/<uuid:gathering_id>/rett/", views.correct, name="correct"),
    path("<slug:lesson_code>/", views.lesson, name="lesson"),
    path("<slug:lesson_code>/mote/<int:unit_id>/", views.meeting, name="meeting"),
]
