"""The way to the tasks."""

from django.utils.translation import gettext_lazy

from tanheng.web.ui.navigation import Entry

ENTRIES = (Entry("tasks", gettext_lazy("Tasks"), "tasks"),)
