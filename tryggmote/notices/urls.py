from django.urls import path

from tryggmote.notices import choice_views, views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("sett/", views.see_all, name="see_all"),
    path("valg/", choice_views.choices, name="choices"),
    path("nummer/", choice_views.number, name="number"),
    path("nummer/kode/", choice_views.confirm_number, name="confirm_number"),
    path("nummer/fjern/", choice_views.remove_number, name="remove_number"),
    path("e-post-virker/", choice_views.email_works, name="email_works"),
    path("utsending/", views.outbox, name="outbox"),
    path("utsending/igjen/", views.try_again, name="try_again"),
    path("<uuid:notice_id>/", views.open_notice, name="open"),
]
