from django.urls import path

from tryggmote.dossier import invitation_views, views

app_name = "dossier"
urlpatterns = [
    path("", views.own, name="list"),
    path("<uuid:dossier_id>/", views.dossier, name="dossier"),
    path("<uuid:dossier_id>/fil/<slug:kind>/", views.file, name="file"),
    path("<uuid:dossier_id>/slipp-inn/", invitation_views.invite, name="invite"),
    path("inviterte/<uuid:dossier_invitation_id>/steng/", invitation_views.revoke, name="revoke"),
]
