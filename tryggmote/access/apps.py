from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "tryggmote.access"
