"""The addresses of the facts."""

from django.urls import path

from tanheng.web.facts.views.front import front

urlpatterns = [
    path("facts/", front, name="facts"),
]
