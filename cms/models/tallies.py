"""How often something was done lately, counted in the database for all processes together."""

import datetime

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone


class TallyQuerySet(models.QuerySet):
    def over(self):
        """Those that nothing depends on any more."""
        return self.filter(until__lte=timezone.now())

    @transaction.atomic
    def add(self, key: str, until: datetime.datetime) -> int:
        """Count one more; how many that makes, this one included."""
        counted = self.filter(key=key, until=until)
        self.bulk_create([self.model(key=key, until=until)], ignore_conflicts=True)
        counted.update(count=F("count") + 1)
        return counted.values_list("count", flat=True).get()


class Tally(models.Model):
    """One count, that holds ``until`` a moment.

    ``key`` is a hash: the database doesn't tell who did it.
    """

    key = models.CharField(max_length=64)
    until = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    objects = TallyQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["key", "until"], name="cms_tally_once")]

    def __str__(self):
        return f"{self.count}"
