"""The app of mandates and accounts."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "tanheng.web.directory"
    label = "directory"
