from django.urls import path

from tryggmote.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:set_code>/<str:number>/", views.requirement, name="requirement"),
]
