from django.urls import path

from tryggmote.reviews import change_views, views

app_name = "changes"
urlpatterns = [
    path("", change_views.changes_list, name="changes"),
    path("ny/", change_views.new, name="new"),
    path("ny/<uuid:building_id>/", change_views.register, name="register"),
    path("<uuid:change_id>/", change_views.change, name="change"),
    path("<uuid:change_id>/vernerunde/", views.begin_for_change, name="review"),
    path("<uuid:change_id>/dato/", change_views.put_off, name="put_off"),
    path("<uuid:change_id>/lukk/", change_views.close, name="close"),
    path("<uuid:change_id>/avlys/", change_views.call_off, name="call_off"),
]
