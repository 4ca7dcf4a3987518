from django.urls import path

from tryggmote.controls import action_card_views, agreement_views, procedure_views, views, writing_views
from tryggmote.controls.rules import Step

app_name = "controls"
urlpatterns = [
    path("tiltak/", views.measure_list, name="measures"),
    path("tiltak/nytt/", views.plan, name="plan"),
    path("tiltak/<uuid:measure_id>/", views.measure, name="measure"),
    path("tiltak/<uuid:measure_id>/innfor/", views.act, {"step": Step.ESTABLISH}, name="establish"),
    path("tiltak/<uuid:measure_id>/vurder/", views.act, {"step": Step.EVALUATE}, name="evaluate"),
    path("tiltak/<uuid:measure_id>/utsett/", views.act, {"step": Step.POSTPONE}, name="postpone"),
    path("tiltak/<uuid:measure_id>/ny-ansvarlig/", views.act, {"step": Step.HAND_OVER}, name="hand_over"),
    path("tiltak/<uuid:measure_id>/avslutt/", views.act, {"step": Step.CANCEL}, name="cancel"),
    path("rutiner/", procedure_views.procedure_list, name="procedures"),
    path("rutiner/ny/", writing_views.new, name="new_procedure"),
    path("rutiner/bilder/<uuid:picture_id>/", procedure_views.picture, name="picture"),
    path("rutiner/<uuid:procedure_id>/", procedure_views.procedure, name="procedure"),
    path("rutiner/<uuid:procedure_id>/rediger/", writing_views.edit, name="edit"),
    path("rutiner/<uuid:procedure_id>/utkast/", writing_views.draft, name="draft"),
    path("rutiner/<uuid:procedure_id>/utkast/klart/", writing_views.ask, name="ask"),
    path("rutiner/<uuid:procedure_id>/utkast/godkjenn/", writing_views.approve, name="approve"),
    path("rutiner/<uuid:procedure_id>/versjoner/", procedure_views.versions, name="versions"),
    path("rutiner/<uuid:procedure_id>/lest/", procedure_views.confirm, name="confirm"),
    path("rutiner/<uuid:procedure_id>/lesere/", procedure_views.readers, name="readers"),
    path("rutiner/<uuid:procedure_id>/endre/", procedure_views.frame, name="frame"),
    path("rutiner/<uuid:procedure_id>/avslutt/", procedure_views.end, name="end"),
    path("tiltakskort/", action_card_views.card_list, name="cards"),
    path("tiltakskort/utskrift/", action_card_views.printed, name="print_cards"),
    path("tiltakskort/<slug:code>/", action_card_views.card, name="card"),
    path("tiltakskort/<slug:code>/lokalt/<int:unit_id>/", action_card_views.addition, name="card_addition"),
    path(
        "tiltakskort/<slug:code>/lokalt/<int:unit_id>/klart/", action_card_views.ask, name="ask_card_addition"
    ),
    path(
        "tiltakskort/<slug:code>/lokalt/<int:unit_id>/godkjenn/",
        action_card_views.approve,
        name="approve_card_addition",
    ),
    path("samordning/", agreement_views.own_office, name="own_agreement"),
    path("samordning/<int:unit_id>/", agreement_views.agreement, name="agreement"),
    path("samordning/<int:unit_id>/ny/", agreement_views.propose, name="propose"),
    path("samordning/<uuid:agreement_id>/signer/<int:employer_id>/", agreement_views.sign, name="sign"),
    path("samordning/<uuid:agreement_id>/gjennomga/", agreement_views.review, name="review_agreement"),
]
