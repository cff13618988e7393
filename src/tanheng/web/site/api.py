"""The API of the site: the parts that its apps bring, written out by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from tanheng import __version__
from tanheng.kernel.faults import Refusal
from tanheng.web.cases.api import router as cases
from tanheng.web.cases.api_evidence import router as evidence
from tanheng.web.dashboards.api import router as dashboards
from tanheng.web.dashboards.api_units import router as units
from tanheng.web.directory.api import router as directory
from tanheng.web.documents.api import router as documents
from tanheng.web.documents.api_assessments import router as assessments
from tanheng.web.documents.api_papers import router as papers
from tanheng.web.facts.api import router as facts
from tanheng.web.facts.api_entry import router as entry
from tanheng.web.facts.api_forms import router as forms
from tanheng.web.facts.api_layouts import router as layouts
from tanheng.web.obligations.api import router as obligations
from tanheng.web.obligations.api_splits import router as splits
from tanheng.web.obligations.api_task_workbooks import router as task_workbooks
from tanheng.web.public.api import router as public
from tanheng.web.results.api import router as results
from tanheng.web.rules.api import router as rules
from tanheng.web.sources.api import router as sources
from tanheng.web.sources.api_reviews import router as reviews
from tanheng.web.ui.api_answers import SESSION, TOKEN, answers_alike

_ABOUT = """Everything that pages show and do, read by the same selectors and written by the same services.

A program acts under the mandate that its token was made for (`Authorization: Bearer …`); without one it sees what is
published. Texts are Chinese; `?lang=en` asks for English. Lists come in parts (`limit`, `offset`, `X-Total-Count`,
`Link`), as JSON or CSV. Exact numbers and days are text. Every refusal has one shape."""
_SECURITY = {
    TOKEN: {"type": "http", "scheme": "bearer", "description": "made on the page of one's account"},
    SESSION: {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "of a browser that has logged in"},
}


class DescribedApi(NinjaAPI):
    """Says of itself, beside its operations, how a program is let in."""

    def get_openapi_schema(self, **asked: Any) -> Any:
        found = super().get_openapi_schema(**asked)
        found["components"]["securitySchemes"] = _SECURITY
        for operation in (each for path in found["paths"].values() for each in path.values()):
            for parameter in operation.get("parameters", ()):
                parameter.pop("examples", None)  # a list belongs to the schema, where it stands as well
        return found


# The interactive page of the library loads scripts from elsewhere, which our policy forbids; the description stays.
api = DescribedApi(
    title="Tanheng 碳衡",
    version=__version__,
    description=_ABOUT,
    docs_url=None,
    urls_namespace="api",
)
answers_alike(api)

_ROUTERS = (
    *(directory, rules, sources, reviews, cases, evidence, facts, entry, forms, layouts),
    *(obligations, splits, task_workbooks, results, dashboards, units, documents, papers, assessments, public),
)
for _router in _ROUTERS:
    api.add_router("", _router)


@csrf_exempt  # nothing is done there, and a program that sends something to a wrong path is told so in the one shape
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """A path that the API does not have, said as the API says things."""
    return api.on_exception(request, Refusal("nothing-of-that-name", subject=f"/api/{rest}"))
