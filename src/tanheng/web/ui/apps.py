"""The app that brings the shared templates, tags, static files and the catalogue of translations."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tanheng.web.ui"
    label = "ui"
