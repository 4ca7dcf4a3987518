from django.urls import path

from tryggmote.dossier import inspection_views

app_name = "inspection"
urlpatterns = [
    path("", inspection_views.inspection, name="inspection"),
    path("fil/<slug:kind>/", inspection_views.file, name="file"),
    path("<str:secret>/", inspection_views.arrive, name="arrive"),
]
