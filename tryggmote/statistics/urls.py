from django.urls import path

from tryggmote.statistics import survey_views, views

app_name = "statistics"
urlpatterns = [
    path("", views.own, name="own"),
    path("meldekultur/", views.reporting_culture, name="culture"),
    path("meldekultur/svar/", survey_views.results, name="survey_results"),
    path("meldekultur/svar/fil/", survey_views.export, name="survey_export"),
    path("to-sporsmal/", survey_views.ask, name="survey"),
    path("to-sporsmal/takk/", survey_views.thanks, name="survey_thanks"),
    path("<int:unit_id>/", views.unit, name="unit"),
    path("<int:unit_id>/fil/", views.export, name="export"),
]
