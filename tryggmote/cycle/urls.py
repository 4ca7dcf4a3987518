from django.urls import path

from tryggmote.cycle import calendar_views, move_views, views

app_name = "cycle"
urlpatterns = [
    path("", views.own, name="own"),
    path("<int:unit_id>/", views.unit, name="unit"),
    path("<int:unit_id>/flytt/", move_views.move, name="move"),
    path("<int:unit_id>/kalender/", calendar_views.make, name="calendar_make"),
    path("<int:unit_id>/kalender/<str:secret>.ics", calendar_views.feed, name="calendar"),
]
