from django.urls import path

from tryggmote.statistics import views

app_name = "statistics"
urlpatterns = [
    path("", views.own, name="own"),
    path("<int:unit_id>/", views.unit, name="unit"),
]
