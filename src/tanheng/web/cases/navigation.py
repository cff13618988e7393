"""The way to the inbox."""

from django.utils.translation import gettext_lazy

from tanheng.web.ui.navigation import Entry

ENTRIES = (Entry("inbox", gettext_lazy("Inbox"), "inbox"),)
