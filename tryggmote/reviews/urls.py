from django.urls import path

from tryggmote.reviews import views

app_name = "reviews"
urlpatterns = [
    path("", views.home, name="home"),
    path("ny/", views.begin, name="begin"),
    path("bilde/<uuid:finding_picture_id>/", views.picture, name="picture"),
    path("<uuid:review_id>/", views.review, name="review"),
    path("<uuid:review_id>/bygget/", views.walk_building, name="walk_building"),
    path("<uuid:review_id>/rom/<uuid:room_id>/", views.walk_room, name="walk_room"),
    path("<uuid:review_id>/signer/", views.sign, name="sign"),
    path("<uuid:review_id>/avbryt/", views.break_off, name="break_off"),
]
