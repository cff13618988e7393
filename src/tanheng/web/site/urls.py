"""Every address of the site."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from tanheng.web.results.api import api
from tanheng.web.site.errors import not_found, server_error

urlpatterns = [
    path("", include("tanheng.web.dashboards.urls")),
    path("", include("tanheng.web.results.urls")),
    path("api/", api.urls),
    path("login/", LoginView.as_view(template_name="ui/login.html", redirect_authenticated_user=True), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler404 = not_found
handler500 = server_error
