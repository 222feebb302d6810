"""The event for the calendar of who is registered, as attached to a mail."""

from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

from agenda.calendar import calendar_to_mail
from agenda.models import OutgoingMail

Kind = OutgoingMail.Kind

METHODS = {
    Kind.CONFIRMED: "PUBLISH",
    Kind.PROMOTED: "PUBLISH",
    Kind.CHANGED: "PUBLISH",
    Kind.MOVED: "PUBLISH",
    Kind.CANCELLED: "CANCEL",
    Kind.CALLED_OFF: "CANCEL",
}
"""What the calendar is to do (RFC 5546, 3.2); mails of other kinds have no file."""


def calendar_file(mail: OutgoingMail) -> tuple[str, str, str] | None:
    """The name of the file, its text and its type, or ``None``.

    Who has no place gets nothing to put in a calendar.
    """
    registration = mail.registration
    # A message has none, but for the one that the event goes on after all.
    method = "PUBLISH" if mail.content.get("goes_on") else METHODS.get(Kind(mail.kind))
    if method is None or (method == "PUBLISH" and registration.state != registration.State.CONFIRMED):
        return None
    session = registration.session
    organiser = registration.event.contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    content = calendar_to_mail(
        registration.event,
        method,
        made_at=mail.created_at,
        organiser=organiser,
        note=_("Uw sessie: %(session)s") % {"session": session_in_words(session)} if session else "",
    )
    return "bijeenkomst.ics", content.decode(), f"text/calendar; method={method}"


def session_in_words(session) -> str:
    return f"{session.title} ({session.hall})" if session.hall else session.title
