"""The addresses of the public pages, of open data, and of the frames that other sites may put in."""

from django.urls import path

from tanheng.web.public.views.area import area, areas
from tanheng.web.public.views.barometer import barometer
from tanheng.web.public.views.data import catalogue, data, table, table_csv, table_json, table_metadata
from tanheng.web.public.views.embed import embed_barometer, embed_indicator
from tanheng.web.public.views.front import public
from tanheng.web.public.views.indicator import indicator, indicators

urlpatterns = [
    path("public/", public, name="public"),
    path("public/indicators/", indicators, name="public-indicators"),
    path("public/indicators/<str:id>/", indicator, name="public-indicator"),
    path("public/areas/", areas, name="public-areas"),
    path("public/areas/<path:area>/", area, name="public-area"),
    path("public/barometer/", barometer, name="public-barometers"),
    path("public/barometer/<str:quarter>/", barometer, name="public-barometer"),
    path("public/data/", data, name="public-data"),
    path("public/data/catalogue.jsonld", catalogue, name="public-catalogue"),
    path("public/data/<int:position>/", table, name="public-table"),
    path("public/data/<int:position>.csv", table_csv, name="public-table-csv"),
    path("public/data/<int:position>.csv-metadata.json", table_metadata, name="public-table-metadata"),
    path("public/data/<int:position>.json", table_json, name="public-table-json"),
    path("embed/indicator/<str:id>/", embed_indicator, name="embed-indicator"),
    path("embed/barometer/", embed_barometer, name="embed-barometers"),
    path("embed/barometer/<str:quarter>/", embed_barometer, name="embed-barometer"),
]
