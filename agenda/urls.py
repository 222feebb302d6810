"""What the agenda adds to the API, below ``/api/v2/``."""

from django.urls import path

from . import calendar

urlpatterns = [
    path("events.ics", calendar.all_events),
    path("events/<int:pk>.ics", calendar.one_event),
]
