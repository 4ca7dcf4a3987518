from django.urls import path

from tryggmote.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("sett/", views.see_all, name="see_all"),
    path("utsending/", views.outbox, name="outbox"),
    path("<uuid:notice_id>/", views.open_notice, name="open"),
]
