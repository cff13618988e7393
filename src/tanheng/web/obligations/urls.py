"""The addresses of tasks and targets."""

from django.urls import path

from tanheng.web.obligations.views.point_task import point_task
from tanheng.web.obligations.views.split import answer, download, move, split, upload
from tanheng.web.obligations.views.splits import new_split, splits
from tanheng.web.obligations.views.task import evidence, report, task
from tanheng.web.obligations.views.task_list import filters, task_list
from tanheng.web.obligations.views.task_returns import drop, merged, record, workbook
from tanheng.web.obligations.views.task_workbooks import letter, mailing, note, packed, remind, send, sheet, workbooks

urlpatterns = [
    path("targets/splits/", splits, name="splits"),
    path("targets/splits/new/", new_split, name="new_split"),
    path("targets/splits/<str:split>/", split, name="split"),
    path("targets/splits/<str:split>/move/", move, name="split_move"),
    path("targets/splits/<str:split>/answer/", answer, name="split_answer"),
    path("targets/splits/<str:split>/upload/", upload, name="split_upload"),
    path("targets/splits/<str:split>/<str:paper>.<str:form>", download, name="split_file"),
    path("tasks/", task_list, name="tasks"),
    path("tasks/from-point/", point_task, name="point_task"),
    path("tasks/report/", report, name="task_report"),
    path("tasks/filters/", filters, name="task_filters"),
    path("tasks/workbooks/", workbooks, name="task_workbooks"),
    path("tasks/workbooks/send/", send, name="task_workbooks_send"),
    path("tasks/workbooks/<int:number>/", mailing, name="task_mailing"),
    path("tasks/workbooks/<int:number>/zip/", packed, name="task_mailing_zip"),
    path("tasks/workbooks/<int:number>/sheet/", sheet, name="task_mailing_sheet"),
    path("tasks/workbooks/<int:number>/letter/", letter, name="task_mailing_letter"),
    path("tasks/workbooks/<int:number>/remind/", remind, name="task_mailing_remind"),
    path("tasks/workbooks/<int:number>/note/", note, name="task_mailing_note"),
    path("tasks/workbooks/<int:number>/returned/", drop, name="task_returns"),
    path("tasks/workbooks/<int:number>/returned/<uuid:job>/", merged, name="task_merge"),
    path("tasks/workbooks/<int:number>/returned/<uuid:job>/record/", record, name="task_merge_record"),
    path("tasks/workbooks/<int:number>/returned/<uuid:job>/workbook/", workbook, name="task_merged_workbook"),
    path("tasks/<str:task>/", task, name="task"),
    path("tasks/<str:task>/evidence/<int:position>/<int:number>/", evidence, name="task_evidence"),
]
