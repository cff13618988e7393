"""The page one begins with."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from tanheng.web.dashboards.home_page import home_page, is_leader, standing_page, waiting_page
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.kept_pages import kept_page
from tanheng.web.directory.scope import scope_of


@mandated
def home(request: HttpRequest) -> HttpResponse:
    """What waits, what changed, where one stands; of a leader, one page to be read in a minute."""
    scope = scope_of(request)
    template = "dashboards/leader.html" if is_leader(scope) else "dashboards/home.html"
    page = home_page(scope)

    def drawn() -> Mapping[str, object]:
        return {"standing": standing_page(scope), "waits": waiting_page(scope)}

    return kept_page(request, template, drawn, page=page, section="home")
