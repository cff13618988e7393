"""The ways to the month and to the papers."""

from django.utils.translation import gettext_lazy

from tanheng.web.ui.navigation import Entry

ENTRIES = (
    Entry("month", gettext_lazy("Month"), "months"),
    Entry("papers", gettext_lazy("Papers"), "papers", aside=True),
)
