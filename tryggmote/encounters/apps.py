from django.apps import AppConfig


class EncountersConfig(AppConfig):
    name = "tryggmote.encounters"
