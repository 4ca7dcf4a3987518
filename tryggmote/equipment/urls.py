from django.urls import path

from tryggmote.equipment import planning_views, testing_views, views
from tryggmote.equipment.importing import views as importing

app_name = "equipment"
urlpatterns = [
    path("", views.items, name="items"),
    path("nytt/", views.item_new, name="item_new"),
    path("etiketter/", views.labels, name="labels"),
    path("t/", testing_views.test_any, name="test_any"),
    path("t/<slug:tag>/", testing_views.test, name="test"),
    path("runde/", testing_views.round_, name="round"),
    path("tiltak/<uuid:measure_id>/", testing_views.measure_test, name="measure_test"),
    path("plan/", planning_views.plan, name="plan"),
    path("ansvar/<int:unit_id>/", planning_views.responsible, name="responsible"),
    path("regneark/", importing.send, name="spreadsheet"),
    path("regneark/mal/", importing.template, name="spreadsheet_template"),
    path("regneark/<uuid:sheet_id>/", importing.preview, name="spreadsheet_preview"),
    path("<uuid:equipment_id>/", views.item, name="item"),
    path("<uuid:equipment_id>/endre/", views.item_change, name="item_change"),
    path("<uuid:equipment_id>/ut/", views.item_out, name="item_out"),
]
