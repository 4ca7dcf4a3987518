from django.urls import path

from tryggmote.compliance import beside_views, views

app_name = "compliance"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("enheter/", views.units, name="units"),
    path("<int:unit_id>/", views.of_unit, name="of_unit"),
    path("<int:unit_id>/side-om-side/", beside_views.beside, name="beside"),
]
