"""The addresses of cases."""

from django.urls import path

from tanheng.web.cases.views.case import case
from tanheng.web.cases.views.delegation import delegation, end_delegation
from tanheng.web.cases.views.evidence import evidence
from tanheng.web.cases.views.inbox import inbox
from tanheng.web.cases.views.job import job
from tanheng.web.cases.views.new_case import new_case
from tanheng.web.cases.views.outgoing import again, outgoing

urlpatterns = [
    path("inbox/", inbox, name="inbox"),
    path("cases/new/<str:procedure>/", new_case, name="new_case"),
    path("cases/<str:procedure>/<str:name>/", case, name="case"),
    path("cases/<str:procedure>/<str:name>/evidence/<int:number>/<int:piece>/", evidence, name="case_evidence"),
    path("outgoing/", outgoing, name="outgoing"),
    path("outgoing/<str:id>/again/", again, name="outgoing_again"),
    path("jobs/<str:id>/", job, name="job"),
    path("delegation/", delegation, name="delegation"),
    path("delegation/end/", end_delegation, name="end_delegation"),
]
