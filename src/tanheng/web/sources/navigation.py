"""The way to the library: for whoever works with what documents demand."""

from django.utils.translation import gettext_lazy

from tanheng.web.ui.navigation import Entry

ENTRIES = (Entry("library", gettext_lazy("Library"), "library", acts=("read_library",), aside=True),)
