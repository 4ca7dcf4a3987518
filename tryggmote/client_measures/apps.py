from django.apps import AppConfig


class ClientMeasuresConfig(AppConfig):
    name = "tryggmote.client_measures"
