"""The way to the barometer."""

from django.utils.translation import gettext_lazy

from tanheng.web.ui.navigation import Entry

ENTRIES = (Entry("barometer", gettext_lazy("Barometer"), "barometers"),)
