"""Every address of the site."""

from django.urls import include, path

from tanheng.web.site.api import api, unknown
from tanheng.web.site.errors import bad_request, not_found, server_error

urlpatterns = [
    path("", include("tanheng.web.public.urls")),
    path("", include("tanheng.web.obligations.urls")),  # before the targets: a split is no target of that name
    path("", include("tanheng.web.dashboards.urls")),
    path("", include("tanheng.web.documents.urls")),
    path("", include("tanheng.web.results.urls")),
    path("", include("tanheng.web.cases.urls")),
    path("", include("tanheng.web.directory.urls")),
    path("", include("tanheng.web.rules.urls")),
    path("", include("tanheng.web.sources.urls")),
    path("", include("tanheng.web.facts.urls")),
    path("api/", api.urls),
    path("api/<path:rest>", unknown),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler400 = bad_request
handler404 = not_found
handler500 = server_error
