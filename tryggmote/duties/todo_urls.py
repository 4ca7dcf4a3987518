from django.urls import path

from tryggmote.duties import substitution_views, todo_views, together_views

app_name = "duties"
urlpatterns = [
    path("", todo_views.all_duties, name="all"),
    path("gi-videre/", todo_views.hand_on, name="hand_on"),
    path("samtidig/", together_views.together, name="together"),
    path("ta-tilbake/", todo_views.take_back, name="take_back"),
    path("gi-tilbake/", todo_views.give_back, name="give_back"),
    path("stedfortreder/", substitution_views.substitute, name="substitute"),
    path("stedfortreder/avslutt/", substitution_views.end, name="end_substitution"),
    path("sene/", todo_views.late, name="late"),
]
