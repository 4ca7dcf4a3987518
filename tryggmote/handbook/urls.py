from django.urls import path

from tryggmote.handbook import views

app_name = "handbook"
urlpatterns = [
    # One's own book, without a number: the address a phone keeps, and links in the book are the same in both.
    path("", views.own_book, name="own"),
    path("tekst/", views.own_texts, name="own_texts"),
    path("utskrift/", views.own_print, name="own_print"),
    path("<int:unit_id>/", views.book, name="book"),
    path("<int:unit_id>/tekst/", views.texts, name="texts"),
    path("<int:unit_id>/utskrift/", views.printed, name="print"),
]
