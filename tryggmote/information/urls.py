from django.urls import path

from tryggmote.information import views

app_name = "information"
urlpatterns = [
    path("", views.feed, name="feed"),
    path("<uuid:item_id>/", views.item, name="item"),
    path("<uuid:item_id>/les/", views.read, name="read"),
    path("<uuid:item_id>/minn-pa/", views.remind, name="remind"),
]
