"""The app of targets and tasks."""

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "tanheng.web.obligations"
    label = "obligations"
