"""The way to the facts: for whoever sends figures in."""

from django.utils.translation import gettext_lazy

from tanheng.web.ui.navigation import Entry

ENTRIES = (Entry("facts", gettext_lazy("Data"), "facts", acts=("import",)),)
