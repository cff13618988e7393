"""The app of the first pages."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "tanheng.web.dashboards"
    label = "dashboards"
