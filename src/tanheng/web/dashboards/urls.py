"""The addresses of the first pages."""

from django.urls import path

from tanheng.web.dashboards.views.barometer import barometer, barometers
from tanheng.web.dashboards.views.home import home
from tanheng.web.dashboards.views.meters import readings, unit_hours
from tanheng.web.dashboards.views.targets import target, targets, targets_workbook
from tanheng.web.dashboards.views.units import unit, units, units_workbook

urlpatterns = [
    path("targets/", targets, name="targets"),
    path("targets/list.xlsx", targets_workbook, name="targets_workbook"),
    path("targets/<str:target>/", target, name="target"),
    path("home/", home, name="home"),
    path("units/", units, name="units"),
    path("units/list.xlsx", units_workbook, name="units_workbook"),
    path("units/<str:unit>/", unit, name="unit"),
    path("units/<str:unit>/hours/", unit_hours, name="unit-hours"),
    path("readings/<path:reference>/", readings, name="readings"),
    path("barometer/", barometers, name="barometers"),
    path("barometer/<str:quarter>/", barometer, name="barometer"),
]
