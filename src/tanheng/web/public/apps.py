"""The app of the public pages."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "tanheng.web.public"
    label = "public"
