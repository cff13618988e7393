"""The ways to the first page and the barometer."""

from django.utils.translation import gettext_lazy

from tanheng.web.ui.navigation import Entry

ENTRIES = (Entry("home", gettext_lazy("Home"), "home"), Entry("barometer", gettext_lazy("Barometer"), "barometers"))
