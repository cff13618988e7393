"""The ways to results and publications."""

from django.utils.translation import gettext_lazy

from tanheng.web.ui.navigation import Entry

ENTRIES = (
    Entry("areas", gettext_lazy("Areas"), "city", aside=True),
    Entry("results", gettext_lazy("Results"), "results", aside=True),
    Entry("publications", gettext_lazy("Publications"), "publications", public=True, aside=True),
)
