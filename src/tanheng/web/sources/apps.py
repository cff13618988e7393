"""The app of the library."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "tanheng.web.sources"
    label = "sources"
    default_auto_field = "django.db.models.BigAutoField"
