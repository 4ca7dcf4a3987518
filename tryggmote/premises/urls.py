from django.urls import path

from tryggmote.premises import picture_views, views

app_name = "premises"
urlpatterns = [
    path("", views.buildings, name="buildings"),
    path("nytt/", views.building_new, name="building_new"),
    path("<uuid:building_id>/", views.building, name="building"),
    path("<uuid:building_id>/endre/", views.building_change, name="building_change"),
    path("<uuid:building_id>/forlatt/", views.building_leave, name="building_leave"),
    path("<uuid:building_id>/flytt/", views.building_move, name="building_move"),
    path("<uuid:building_id>/bilder/", picture_views.of_building, name="building_picture"),
    path("<uuid:building_id>/sone/", views.zone_new, name="zone_new"),
    path("<uuid:building_id>/rom/", views.room_new, name="room_new"),
    path("sone/<uuid:zone_id>/", views.zone_change, name="zone_change"),
    path("rom/<uuid:room_id>/", views.room, name="room"),
    path("rom/<uuid:room_id>/notat/", views.room_note, name="room_note"),
    path("rom/<uuid:room_id>/endre/", views.room_change, name="room_change"),
    path("rom/<uuid:room_id>/forlatt/", views.room_leave, name="room_leave"),
    path("rom/<uuid:room_id>/bilder/", picture_views.of_room, name="room_picture"),
    path("bilde/<uuid:premises_picture_id>/", picture_views.picture, name="picture"),
    path("bilde/<uuid:premises_picture_id>/fjern/", picture_views.remove, name="picture_remove"),
]
