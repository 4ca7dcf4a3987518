from django.urls import path

from tryggmote.learning import pattern_views, views

app_name = "learning"
urlpatterns = [
    path("", views.lesson_list, name="list"),
    path("ny/", views.new, name="new"),
    path("monstre/", pattern_views.patterns, name="patterns"),
    path("<uuid:lesson_id>/", views.lesson, name="lesson"),
    path("<uuid:lesson_id>/rediger/", views.edit, name="edit"),
    path("<uuid:lesson_id>/del/", views.share, name="share"),
    path("<uuid:lesson_id>/svar/", views.answer, name="answer"),
    path("<uuid:lesson_id>/hendelser/", views.add_source, name="add_source"),
    path("<uuid:lesson_id>/trekk/", views.withdraw, name="withdraw"),
]
