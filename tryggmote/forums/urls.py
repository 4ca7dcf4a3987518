from django.urls import path

from tryggmote.forums import case_views, minutes_views, pack_views, views

app_name = "forums"
urlpatterns = [
    path("", views.home, name="home"),
    path("ny/", views.plan, name="plan"),
    path("sporsmal/", case_views.cases, name="cases"),
    path("sporsmal/<uuid:forum_case_id>/", case_views.answer, name="answer"),
    path("vedtak/<uuid:forum_decision_id>/", minutes_views.decision, name="decision"),
    path("<uuid:forum_id>/", views.meeting, name="meeting"),
    path("<uuid:forum_id>/deltakere/", views.members, name="members"),
    path("<uuid:forum_id>/saker/", views.add_point, name="add_point"),
    path("<uuid:forum_id>/i-mitt-sted/", views.send_in_my_place, name="send_in_my_place"),
    path("<uuid:forum_id>/flytt/", views.move, name="move"),
    path("<uuid:forum_id>/avlys/", views.call_off, name="call_off"),
    path("<uuid:forum_id>/kalender/", views.calendar, name="calendar"),
    path("<uuid:forum_id>/referat/", minutes_views.minutes, name="minutes"),
    path("<uuid:forum_id>/referat/<int:number>/", minutes_views.write, name="write"),
    path("<uuid:forum_id>/referat/<int:number>/vedtak/", minutes_views.decide, name="decide"),
    path("<uuid:forum_id>/fremmote/", minutes_views.attendance, name="attendance"),
    path("<uuid:forum_id>/send/", minutes_views.send, name="send"),
    path("<uuid:forum_id>/godkjenn/", minutes_views.approve, name="approve"),
    path("<uuid:forum_id>/send-tilbake/", minutes_views.send_back, name="send_back"),
    path("<uuid:forum_id>/publiser/", minutes_views.publish, name="publish"),
    path("<uuid:forum_id>/sakspapirer/", pack_views.pack, name="pack"),
    path("<uuid:forum_id>/sakspapirer/fil/", pack_views.file, name="pack_file"),
]
