"""Whether addresses elsewhere answered when they were last asked."""

from django.db import models
from django.utils import timezone


class LinkCheck(models.Model):
    """The last answer of one address; ``newsletter.links`` asks."""

    LONGEST = 2000

    url = models.URLField(max_length=LONGEST, unique=True)
    status = models.PositiveSmallIntegerField(null=True)
    """The HTTP status; ``None`` when there was no answer."""
    error = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.url

    @property
    def answered(self) -> bool:
        return self.status is not None and self.status < 400
