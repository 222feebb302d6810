"""A row of the outbox as a mail, in text and in HTML."""

import datetime
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from agenda.calendar import location_of
from agenda.models import OutgoingMail, Registration
from agenda.registration.tokens import token_of
from cms.addresses import address_of, on_site
from cms.plain_text import one_line, tidy, without_control_characters

from .calendar_file import calendar_file
from .headings import heading_of, subject_of
from .when import at, when


def compose(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail that ``mail`` stands for; it takes no queries once registration, event, themes and session are read."""
    event = mail.registration.event
    context = _context(mail)
    words = {"words": tidy(render_to_string(f"agenda/mails/{mail.kind}.txt", context))}
    message = EmailMultiAlternatives(
        subject=one_line(subject_of(mail)),
        body=tidy(render_to_string("agenda/mails/base.txt", context | words)) + "\n",
        to=[mail.registration.email],
        reply_to=[_address(event.contact_name, event.contact_email)] if event.contact_email else None,
        # No out-of-office reply to a program (RFC 3834).
        headers={"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("agenda/mails/base.html", context | words), "text/html")
    if file := calendar_file(mail):
        message.attach(*file)
    return message


def message_id(mail: OutgoingMail) -> str:
    """The same for the same row, so that a mailbox can tell when it comes twice."""
    return f"<aanmelding-{mail.pk}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}>"


def address_of_own(registration: Registration) -> str:
    """Where somebody sees and changes their own registration."""
    return on_site(f"/aanmelding/{token_of(registration)}/")


def _context(mail: OutgoingMail) -> dict:
    registration = mail.registration
    event = registration.event
    return {
        "language": settings.LANGUAGE_CODE,
        "site": settings.WAGTAIL_SITE_NAME,
        "heading": heading_of(mail),
        "event": event,
        "registration": registration,
        "content": mail.content,
        "before": _before(mail),
        "is_second_choice": registration.session_id is not None and registration.session_id == registration.reserve_id,
        "offer_ends": at(registration.offer_expires_at) if registration.offer_expires_at else "",
        "facts": _facts(registration),
        "button_url": address_of_own(registration),
        "button": _("Plaats aannemen") if mail.kind == OutgoingMail.Kind.OFFERED else _("Uw aanmelding bekijken"),
        "event_url": address_of(event) if event.live else None,
    }


def _before(mail: OutgoingMail) -> str:
    """What was so before: a session, or when the event was."""
    before = mail.content.get("before") or ""
    if before and mail.kind == OutgoingMail.Kind.MOVED:
        return at(datetime.datetime.fromisoformat(before))
    return before


def _facts(registration: Registration) -> list[tuple[str, str]]:
    event, session = registration.event, registration.session
    facts = [
        (_("Bijeenkomst"), event.title),
        (_("Wanneer"), when(event) if event.start else ""),
        (_("Waar"), location_of(event)),
        (_("Sessie"), session.title if session else ""),
        (_("Zaal"), session.hall if session else ""),
    ]
    return [(label, without_control_characters(text)) for label, text in facts if text]


def _address(name: str, email: str) -> str:
    return formataddr((one_line(name), email)) if name else email
