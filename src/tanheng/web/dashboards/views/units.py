"""Units: the list of those in reach, and one of them."""

from django.http import HttpRequest, HttpResponse

from tanheng.web.dashboards.unit_list import Asked, list_workbook, unit_id, unit_list_page
from tanheng.web.dashboards.unit_pages import unit_page
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.kept_pages import kept_page
from tanheng.web.directory.scope import scope_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@mandated
def units(request: HttpRequest) -> HttpResponse:
    """The units in reach, searched and narrowed down."""
    asked, scope = (_asked(request), request.GET.get("page", "1")), scope_of(request)
    return kept_page(request, "dashboards/units.html", lambda: {"page": unit_list_page(*asked, scope)}, section="units")


@mandated
def units_workbook(request: HttpRequest) -> HttpResponse:
    """The list as a workbook."""
    content = list_workbook(_asked(request), scope_of(request))
    return HttpResponse(
        content, content_type=_XLSX, headers={"Content-Disposition": 'attachment; filename="units.xlsx"'}
    )


@mandated
def unit(request: HttpRequest, unit: str) -> HttpResponse:
    """One unit: what it uses, what is demanded of it, what it has sent."""
    asked, scope = (unit_id(unit), request.GET.get("year", "")), scope_of(request)
    return kept_page(request, "dashboards/unit.html", lambda: {"page": unit_page(*asked, scope)}, section="units")


def _asked(request: HttpRequest) -> Asked:
    told = request.GET
    return Asked(told.get("q", ""), told.get("industry", ""), told.get("area", ""), told.get("class", ""))
