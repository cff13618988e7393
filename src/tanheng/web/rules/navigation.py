"""The way to the rules: open to everybody."""

from django.utils.translation import gettext_lazy

from tanheng.web.ui.navigation import Entry

ENTRIES = (Entry("rules", gettext_lazy("Rules"), "rules", public=True, aside=True),)
