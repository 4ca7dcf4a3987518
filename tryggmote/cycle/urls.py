from django.urls import path

from tryggmote.cycle import views

app_name = "cycle"
urlpatterns = [
    path("", views.own, name="own"),
    path("<int:unit_id>/", views.unit, name="unit"),
]
