"""The app of the papers."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tanheng.web.documents"
    label = "documents"
