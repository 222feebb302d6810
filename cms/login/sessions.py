"""Ending what somebody has open in browsers."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone


def end_sessions(person, except_for: str | None = None) -> None:
    """Log ``person`` out everywhere, but for the session with the key ``except_for``.

    A session says inside whose it is, so all that are open are read: some dozens, of the people who are at work.
    """
    for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=except_for):
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()
