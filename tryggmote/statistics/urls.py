from django.urls import path

from tryggmote.statistics import views

app_name = "statistics"
urlpatterns = [
    path("", views.own, name="own"),
    path("meldekultur/", views.reporting_culture, name="culture"),
    path("<int:unit_id>/", views.unit, name="unit"),
    path("<int:unit_id>/fil/", views.export, name="export"),
]
