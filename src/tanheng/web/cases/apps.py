"""The app of cases."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tanheng.web.cases"
    label = "cases"
