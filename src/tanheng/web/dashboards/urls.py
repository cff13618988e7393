"""The addresses of the first pages."""

from django.urls import path

from tanheng.web.dashboards.views.barometer import barometer, barometers
from tanheng.web.dashboards.views.home import home

urlpatterns = [
    path("home/", home, name="home"),
    path("barometer/", barometers, name="barometers"),
    path("barometer/<str:quarter>/", barometer, name="barometer"),
]
