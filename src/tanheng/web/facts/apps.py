"""The app of the facts."""

from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "tanheng.web.facts"
    label = "facts"
