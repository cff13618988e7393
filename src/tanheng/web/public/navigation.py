"""The way to the public pages."""

from django.utils.translation import gettext_lazy

from tanheng.web.ui.navigation import Entry

ENTRIES = (Entry("public", gettext_lazy("Public site"), "public", public=True, aside=True),)
