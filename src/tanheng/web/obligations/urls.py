"""The addresses of tasks and targets."""

from django.urls import path

from tanheng.web.obligations.views.split import answer, download, move, split, upload
from tanheng.web.obligations.views.splits import new_split, splits
from tanheng.web.obligations.views.task import evidence, report, task
from tanheng.web.obligations.views.task_list import filters, task_list

urlpatterns = [
    path("targets/splits/", splits, name="splits"),
    path("targets/splits/new/", new_split, name="new_split"),
    path("targets/splits/<str:split>/", split, name="split"),
    path("targets/splits/<str:split>/move/", move, name="split_move"),
    path("targets/splits/<str:split>/answer/", answer, name="split_answer"),
    path("targets/splits/<str:split>/upload/", upload, name="split_upload"),
    path("targets/splits/<str:split>/<str:paper>.<str:form>", download, name="split_file"),
    path("tasks/", task_list, name="tasks"),
    path("tasks/report/", report, name="task_report"),
    path("tasks/filters/", filters, name="task_filters"),
    path("tasks/<str:task>/", task, name="task"),
    path("tasks/<str:task>/evidence/<int:position>/<int:number>/", evidence, name="task_evidence"),
]
