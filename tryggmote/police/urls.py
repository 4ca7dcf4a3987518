from django.urls import path

from tryggmote.police import views

app_name = "police"
urlpatterns = [
    path("", views.matters, name="matters"),
    path("<uuid:incident_id>/", views.matter, name="matter"),
    path("<uuid:incident_id>/avgjorelse/", views.decide, name="decide"),
    path("<uuid:incident_id>/grunnlag/", views.account, name="account"),
    path("<uuid:incident_id>/dokument/", views.printed, name="document"),
    path("<uuid:incident_id>/sendt/", views.file, name="file"),
    path("<uuid:incident_id>/nytt/", views.news, name="news"),
]
