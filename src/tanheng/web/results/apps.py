"""The app that brings the pages of results."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "tanheng.web.results"
    label = "results"
