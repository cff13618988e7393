"""The addresses of the facts."""

from django.urls import path

from tanheng.web.facts.views.data_calendar import data_calendar, remind
from tanheng.web.facts.views.front import front

urlpatterns = [
    path("facts/", front, name="facts"),
    path("facts/calendar/", data_calendar, name="data_calendar"),
    path("facts/calendar/remind/", remind, name="data_remind"),
]
