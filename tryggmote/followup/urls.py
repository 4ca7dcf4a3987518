from django.urls import path

from tryggmote.followup import incident_views, plan_views, views

app_name = "followup"
urlpatterns = [
    path("", views.home, name="home"),
    path("hendelse/<uuid:incident_id>/", incident_views.of_incident, name="of_incident"),
    path("hendelse/<uuid:incident_id>/tilby/", incident_views.offer, name="offer"),
    path("hendelse/<uuid:incident_id>/ingen/", incident_views.nobody, name="nobody"),
    path("hendelse/<uuid:incident_id>/vitne/", incident_views.add_witness, name="add_witness"),
    path("hendelse/<uuid:incident_id>/be-om/", incident_views.ask, name="ask"),
    path("<uuid:plan_id>/", views.plan, name="plan"),
    path("<uuid:plan_id>/steg/<uuid:offer_id>/", plan_views.act_on_step, name="act_on_step"),
    path("<uuid:plan_id>/steg/<uuid:offer_id>/tid/", plan_views.agree_on_time, name="agree_on_time"),
    path("<uuid:plan_id>/tilby/", plan_views.offer_step, name="offer_step"),
    path("<uuid:plan_id>/onske/", plan_views.wish, name="wish"),
    path("<uuid:plan_id>/avslutt/", plan_views.close, name="close"),
    path("<uuid:plan_id>/apne/", plan_views.reopen, name="reopen"),
    path("<uuid:plan_id>/vent/", plan_views.pause, name="pause"),
    path("<uuid:plan_id>/fortsett/", plan_views.resume, name="resume"),
    path("<uuid:plan_id>/overfor/", plan_views.hand_over, name="hand_over"),
    path("<uuid:plan_id>/del/", plan_views.let_in, name="let_in"),
    path("<uuid:plan_id>/del/<uuid:consent_id>/trekk/", plan_views.shut_out, name="shut_out"),
]
