"""Those whom nuntius sends to: it asks the project for these two."""

from django.db import models
from nuntius.models import BaseSegment, BaseSubscriber


class Subscriber(BaseSubscriber):
    def __str__(self):
        return self.email


class Segment(BaseSegment, models.Model):
    def __str__(self):
        return "everybody"

    def get_subscribers_queryset(self):
        return Subscriber.objects.all()
