"""The Django application `records`."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "tanheng.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
