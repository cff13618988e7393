"""The addresses of the first pages."""

from django.urls import path

from tanheng.web.dashboards.views.barometer import barometer, barometers

urlpatterns = [
    path("barometer/", barometers, name="barometers"),
    path("barometer/<str:quarter>/", barometer, name="barometer"),
]
