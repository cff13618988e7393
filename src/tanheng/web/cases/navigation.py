"""The way to the inbox."""

from django.utils.translation import gettext_lazy

from tanheng.web.cases.selectors import count_of_mine
from tanheng.web.ui.navigation import Entry

ENTRIES = (Entry("inbox", gettext_lazy("Inbox"), "inbox", mark=count_of_mine),)
