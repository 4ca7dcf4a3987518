from django.urls import path

from tryggmote.training import certificate_views, import_views, own_views, person_views, plan_urls, unit_views

app_name = "training"
urlpatterns = [
    *plan_urls.urlpatterns,
    path("", own_views.own, name="own"),
    path("enhet/", unit_views.own_unit, name="own_unit"),
    path("enhet/<int:unit_id>/", unit_views.unit, name="unit"),
    path("enhet/<int:unit_id>/krav/", unit_views.requirements, name="requirements"),
    path("enhet/<int:unit_id>/krav/nytt/", unit_views.ask_for, name="ask_for"),
    path("enhet/<int:unit_id>/krav/knytt/", unit_views.link, name="link"),
    path("krav/<uuid:element_id>/avslutt/", unit_views.ask_no_longer, name="ask_no_longer"),
    path("kobling/<uuid:risk_link_id>/fjern/", unit_views.unlink, name="unlink"),
    path("fornyelse/<uuid:renewal_id>/ikke-nodvendig/", unit_views.waive, name="waive"),
    path("person/<int:person_id>/", person_views.person, name="person"),
    path("person/<int:person_id>/gjennomfort/", person_views.declare, name="declare"),
    path("person/<int:person_id>/unntak/", person_views.except_, name="except"),
    path("person/<int:person_id>/permisjon/", person_views.leave, name="leave"),
    path("gjennomfort/<uuid:completion_id>/trekk-tilbake/", person_views.withdraw, name="withdraw"),
    path("unntak/<uuid:exception_id>/avslutt/", person_views.take_back, name="take_back"),
    path("permisjon/<uuid:absence_id>/tilbake/", person_views.back, name="back"),
    path("kursbevis/", certificate_views.waiting, name="certificates"),
    path("kursbevis/nytt/", certificate_views.send, name="certificate_new"),
    path("kursbevis/<uuid:certificate_id>/", certificate_views.certificate, name="certificate"),
    path("kursbevis/<uuid:certificate_id>/fil/", certificate_views.file, name="certificate_file"),
    path("kursbevis/<uuid:certificate_id>/rett/", certificate_views.correct, name="certificate_correct"),
    path(
        "kursbevis/<uuid:certificate_id>/trekk-tilbake/",
        certificate_views.take_back,
        name="certificate_take_back",
    ),
    path("kursbevis/<uuid:certificate_id>/godkjenn/", certificate_views.approve, name="certificate_approve"),
    path(
        "kursbevis/<uuid:certificate_id>/send-tilbake/", certificate_views.refuse, name="certificate_refuse"
    ),
    path("fra-fil/", import_views.send, name="import"),
    path("fra-fil/mal/", import_views.template, name="import_template"),
    path("fra-fil/<uuid:training_file_id>/", import_views.preview, name="import_preview"),
    path("fra-fil/<uuid:training_file_id>/kurs/", import_views.name_courses, name="import_courses"),
]
