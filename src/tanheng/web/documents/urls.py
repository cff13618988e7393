"""The addresses of the month and of the papers."""

from django.urls import path

from tanheng.web.documents.views.adopting import adopting
from tanheng.web.documents.views.assessment_papers import assessment_file, assessment_papers
from tanheng.web.documents.views.barometer_papers import barometer_papers
from tanheng.web.documents.views.month import month
from tanheng.web.documents.views.months import months
from tanheng.web.documents.views.papers import papers

urlpatterns = [
    path("month/", months, name="months"),
    path("month/<str:area>/<str:period>/", month, name="month"),
    path("papers/", papers, name="papers"),
    path("papers/adopting/", adopting, name="adopting"),
    path("papers/assessment/<str:scorecard>/<str:year>/", assessment_papers, name="assessment_papers"),
    path(
        "papers/assessment/<str:scorecard>/<str:year>/files/<int:number>/<int:piece>/",
        assessment_file,
        name="assessment_file",
    ),
    path("papers/barometer/<str:quarter>/", barometer_papers, name="barometer_papers"),
]
