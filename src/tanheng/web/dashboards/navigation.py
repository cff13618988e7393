"""The ways to the first page, the barometer, the targets and the units."""

from django.utils.translation import gettext_lazy

from tanheng.web.ui.navigation import Entry

ENTRIES = (
    Entry("home", gettext_lazy("Home"), "home"),
    Entry("barometer", gettext_lazy("Barometer"), "barometers"),
    Entry("targets", gettext_lazy("Targets"), "targets"),
    Entry("units", gettext_lazy("Units"), "units"),
)
