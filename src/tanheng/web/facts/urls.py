"""The addresses of the facts."""

from django.urls import path

from tanheng.web.facts.views.batch import again, batch, discard, record
from tanheng.web.facts.views.data_calendar import data_calendar, remind
from tanheng.web.facts.views.front import front
from tanheng.web.facts.views.import_list import evidence, imports, one_import, undo_import
from tanheng.web.facts.views.problems import problems

urlpatterns = [
    path("facts/", front, name="facts"),
    path("facts/calendar/", data_calendar, name="data_calendar"),
    path("facts/calendar/remind/", remind, name="data_remind"),
    path("facts/imports/", imports, name="imports"),
    path("facts/imports/<int:position>/", one_import, name="import"),
    path("facts/imports/<int:position>/undo/", undo_import, name="undo_import"),
    path("facts/imports/<int:position>/evidence/<int:number>/", evidence, name="import_evidence"),
    path("facts/imports/sent/<str:id>/", batch, name="sent_workbooks"),
    path("facts/imports/sent/<str:id>/record/", record, name="record_workbooks"),
    path("facts/imports/sent/<str:id>/check/", again, name="check_workbooks"),
    path("facts/imports/sent/<str:id>/discard/", discard, name="discard_workbooks"),
    path("facts/imports/sent/<str:id>/problems/", problems, name="workbook_problems"),
]
