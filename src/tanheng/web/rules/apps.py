"""The app of the rules."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "tanheng.web.rules"
    label = "rules"
