from django.urls import path

from tryggmote.guides import views

app_name = "guides"
urlpatterns = [
    path("", views.all_guides, name="all"),
    path("legg-bort/", views.put_away, name="put_away"),
]
