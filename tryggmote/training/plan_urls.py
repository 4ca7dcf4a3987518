"""Addresses of the year's plan and of sessions; part of training's own (`urls.py`)."""

from django.urls import path

from tryggmote.training import attendance_views, calendar_views, plan_views, session_views

urlpatterns = [
    path("plan/", plan_views.own_plan, name="own_plan"),
    path("enhet/<int:unit_id>/plan/", plan_views.plan, name="plan"),
    path("enhet/<int:unit_id>/plan/lag/", plan_views.begin, name="plan_begin"),
    path("plan/<uuid:training_plan_id>/endre/", plan_views.revise, name="plan_revise"),
    path("plan/<uuid:training_plan_id>/legg-til/", plan_views.add, name="plan_add"),
    path("plan/<uuid:training_plan_id>/uttalelse/", plan_views.opinion, name="plan_opinion"),
    path("plan/<uuid:training_plan_id>/ikke-hort/", plan_views.not_heard, name="plan_not_heard"),
    path("plan/<uuid:training_plan_id>/ingen-valgt/", plan_views.nobody, name="plan_nobody"),
    path("plan/<uuid:training_plan_id>/godkjenn/", plan_views.approve, name="plan_approve"),
    path("plan/punkt/<uuid:plan_item_id>/flytt/", plan_views.move, name="plan_move"),
    path("plan/punkt/<uuid:plan_item_id>/fjern/", plan_views.remove, name="plan_remove"),
    path("okter/", session_views.listed, name="sessions"),
    path("okter/kalender/", calendar_views.make, name="calendar_make"),
    path("okter/kalender/avslutt/", calendar_views.end, name="calendar_end"),
    path("kalender/<str:secret>.ics", calendar_views.feed, name="calendar"),
    path("enhet/<int:unit_id>/okt/ny/", session_views.new, name="session_new"),
    path("okt/<uuid:session_id>/", session_views.one, name="session"),
    path("okt/<uuid:session_id>/endre/", session_views.change, name="session_change"),
    path("okt/<uuid:session_id>/meld-pa/", session_views.sign_up, name="sign_up"),
    path("okt/<uuid:session_id>/meld-pa-andre/", session_views.sign_others_up, name="sign_others_up"),
    path("okt/<uuid:session_id>/meld-av/", session_views.withdraw, name="withdraw_sign_up"),
    path("okt/<uuid:session_id>/oppmote/", session_views.record, name="session_record"),
    path("okt/<uuid:session_id>/avlys/", session_views.cancel, name="session_cancel"),
    path("okt/<uuid:session_id>/oppslag/", attendance_views.wall, name="session_wall"),
    path("okt/<uuid:session_id>/her/", attendance_views.here, name="here"),
    path("okt/<uuid:session_id>/okt.ics", calendar_views.file, name="session_file"),
    path("her/", attendance_views.here_any, name="here_any"),
]
