"""What a check found, to download."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse, HttpRequest

from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.facts.problem_list import problem_list
from tanheng.web.ui.words import language


@mandated
def problems(request: HttpRequest, id: str) -> FileResponse:
    """The workbook."""
    name, content = problem_list(id, language(), scope=scope_of(request))
    return FileResponse(BytesIO(content), as_attachment=True, filename=name)
