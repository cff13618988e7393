"""Filters that readers have saved: a convenience of theirs, no record of the site."""

from django.db import models


class SavedFilter(models.Model):
    """A query of the list of tasks under a name, of one person."""

    person = models.UUIDField(db_index=True)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "name"), name="one_filter_of_a_name"),)
