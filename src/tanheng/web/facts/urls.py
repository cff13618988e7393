"""The addresses of the facts."""

from django.urls import path

from tanheng.web.facts.views.batch import again, batch, discard, record
from tanheng.web.facts.views.data_calendar import data_calendar, remind
from tanheng.web.facts.views.entry import entry, template
from tanheng.web.facts.views.form import form, workbook
from tanheng.web.facts.views.front import front
from tanheng.web.facts.views.import_list import evidence, imports, one_import, undo_import
from tanheng.web.facts.views.layouts import layouts, learn_layout
from tanheng.web.facts.views.problems import problems
from tanheng.web.facts.views.revisions import revisions

urlpatterns = [
    path("facts/", front, name="facts"),
    path("facts/calendar/", data_calendar, name="data_calendar"),
    path("facts/calendar/remind/", remind, name="data_remind"),
    path("facts/entry/", entry, name="entry"),
    path("facts/entry/template/", template, name="entry_template"),
    path("facts/entry/form/", form, name="form_entry"),
    path("facts/entry/form/workbook/", workbook, name="form_workbook"),
    path("facts/layouts/", layouts, name="layouts"),
    path("facts/layouts/learn/<int:file>/", learn_layout, name="learn_layout"),
    path("facts/revisions/<str:key>/", revisions, name="revisions"),
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
