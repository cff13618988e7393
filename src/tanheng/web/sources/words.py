"""Words of reviews that data brings, listed so that the catalogue has them all."""

from django.utils.translation import gettext_noop

DECIDED = (gettext_noop("accepted"), gettext_noop("corrected"), gettext_noop("rejected"))
