from django.urls import path

from tryggmote.exhibits import views

app_name = "exhibits"
urlpatterns = [
    path("hendelse/<uuid:incident_id>/", views.of_incident, name="of_incident"),
    path("<uuid:exhibit_id>/", views.detail, name="detail"),
    path("<uuid:exhibit_id>/vis/", views.show, name="show"),
    path("<uuid:exhibit_id>/bilde/", views.picture, name="picture"),
    path("<uuid:exhibit_id>/opptak/", views.recording, name="recording"),
    path("<uuid:exhibit_id>/original/", views.original, name="original"),
    path("<uuid:exhibit_id>/fjern/", views.remove, name="remove"),
]
