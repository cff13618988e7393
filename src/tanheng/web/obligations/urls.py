"""The addresses of tasks and targets."""

from django.urls import path

from tanheng.web.obligations.views.task import evidence, report, task
from tanheng.web.obligations.views.task_list import filters, task_list

urlpatterns = [
    path("tasks/", task_list, name="tasks"),
    path("tasks/report/", report, name="task_report"),
    path("tasks/filters/", filters, name="task_filters"),
    path("tasks/<str:task>/", task, name="task"),
    path("tasks/<str:task>/evidence/<int:position>/<int:number>/", evidence, name="task_evidence"),
]
