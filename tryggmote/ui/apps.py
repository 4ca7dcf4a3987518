from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tryggmote.ui"
    label = "ui"
