from django.urls import path

from tryggmote.exercises import closing_views, run_views, views

app_name = "exercises"
urlpatterns = [
    path("", views.home, name="home"),
    path("bibliotek/", views.library_list, name="library"),
    path("bibliotek/<slug:scenario_code>/", views.scenario, name="scenario"),
    path("ny/<slug:scenario_code>/", views.plan, name="plan"),
    path("<uuid:exercise_id>/", views.exercise, name="exercise"),
    path("<uuid:exercise_id>/hvem/", views.people, name="people"),
    path("<uuid:exercise_id>/bestem/", views.decide, name="decide"),
    path("<uuid:exercise_id>/flytt/", views.move, name="move"),
    path("<uuid:exercise_id>/avlys/", views.call_off, name="call_off"),
    path("<uuid:exercise_id>/kjor/", run_views.run, name="run"),
    path("<uuid:exercise_id>/start/", run_views.start, name="start"),
    path("<uuid:exercise_id>/neste/", run_views.give_inject, name="inject"),
    path("<uuid:exercise_id>/observer/", run_views.observe, name="observe"),
    path("<uuid:exercise_id>/alarm/", run_views.drill, name="drill"),
    path("<uuid:exercise_id>/oppmote/", run_views.attendance, name="attendance"),
    path("<uuid:exercise_id>/gjennomfort/", run_views.hold, name="hold"),
    path("<uuid:exercise_id>/mal/", closing_views.objectives, name="objectives"),
    path("<uuid:exercise_id>/funn/", closing_views.find, name="find"),
    path("<uuid:exercise_id>/funn/<uuid:exercise_finding_id>/", closing_views.decide_finding, name="finding"),
    path("<uuid:exercise_id>/evaluer/", closing_views.evaluate, name="evaluate"),
    path("<uuid:exercise_id>/avslutt/", closing_views.close, name="close"),
    path("<uuid:exercise_id>/rapport/", closing_views.report_page, name="report"),
]
