from django.urls import path

from tryggmote.statutory import entering_views, injury_views, notice_views, register_views

app_name = "statutory"
urlpatterns = [
    path("", register_views.register, name="register"),
    path("eksport/", register_views.export, name="export"),
    path("skade/<uuid:injury_id>/", injury_views.injury, name="injury"),
    path("skade/<uuid:injury_id>/samtykke/", injury_views.consent, name="consent"),
    path("skade/<uuid:injury_id>/trekk-samtykke/", injury_views.withdraw, name="withdraw"),
    path("skade/<uuid:injury_id>/yrkesskade/", injury_views.decide, name="decide"),
    path("skade/<uuid:injury_id>/sendt/", injury_views.sent, name="sent"),
    path("hendelse/<uuid:incident_id>/skade/", entering_views.enter, name="enter"),
    path("hendelse/<uuid:incident_id>/ingen-skade/", entering_views.no_injury, name="no_injury"),
    path("hendelse/<uuid:incident_id>/varsel/", notice_views.notice, name="notice"),
    path("hendelse/<uuid:incident_id>/varsel/vurdering/", notice_views.judge, name="judge"),
    path("hendelse/<uuid:incident_id>/varsel/ringt/", notice_views.called, name="called"),
    path("hendelse/<uuid:incident_id>/varsel/bekreftelse/", notice_views.confirm, name="confirm"),
    path("hendelse/<uuid:incident_id>/varsel/kopi/", notice_views.copied, name="copied"),
]
