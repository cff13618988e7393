"""The addresses of results, sources and publications."""

from django.urls import path

from tanheng.web.results.views.area import area, city, result_start
from tanheng.web.results.views.figure import figure
from tanheng.web.results.views.findings import findings, findings_as_csv, findings_as_workbook
from tanheng.web.results.views.front import front
from tanheng.web.results.views.gaps import gaps
from tanheng.web.results.views.publication import compare, fresh, publication, publications, repeat
from tanheng.web.results.views.publish import publish
from tanheng.web.results.views.result_list import results
from tanheng.web.results.views.source_cell import source_cell, workbook

urlpatterns = [
    path("", front, name="front"),
    path("areas/", city, name="city"),
    path("results/", results, name="results"),
    path("results/<str:result>/", result_start, name="result"),
    path("results/<str:result>/area/<path:area>/", area, name="area"),
    path("results/<str:result>/figure/<path:address>/", figure, name="figure"),
    path("results/<str:result>/gaps/<path:address>/", gaps, name="gaps"),
    path("results/<str:result>/findings/", findings, name="findings"),
    path("results/<str:result>/findings/list.csv", findings_as_csv, name="findings-csv"),
    path("results/<str:result>/findings/list.xlsx", findings_as_workbook, name="findings-workbook"),
    path("results/<str:result>/publish/", publish, name="publish"),
    path("sources/<str:digest>/<str:sheet>/<str:cell>/", source_cell, name="source"),
    path("sources/<str:digest>/", workbook, name="workbook"),
    path("publications/", publications, name="publications"),
    path("publications/<int:position>/", publication, name="publication"),
    path("publications/<int:position>/repeat/", repeat, name="repeat"),
    path("publications/<int:position>/fresh/", fresh, name="fresh"),
    path("publications/<int:position>/compare/<str:result>/", compare, name="compare"),
]
