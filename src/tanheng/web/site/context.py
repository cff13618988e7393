"""What the frame of every page needs to know about the site."""

from collections.abc import Mapping

from django.http import HttpRequest

from tanheng.web.results.fiction import site_is_fictional
from tanheng.web.ui.words import language


def site(request: HttpRequest) -> Mapping[str, object]:
    """The language of the page, and whether the place is made up."""
    return {"lang": language(), "fictional": site_is_fictional()}
