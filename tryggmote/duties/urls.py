from django.urls import path

from tryggmote.duties import views

urlpatterns = [path("", views.now, name="now")]
