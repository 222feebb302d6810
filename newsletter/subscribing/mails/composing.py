"""A row of the outbox as a mail, in text and in HTML."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from cms.plain_text import one_line, tidy
from newsletter.models import SubscriberMail
from newsletter.subscribing import links, tokens
from newsletter.subscribing.newsletters import full_title, place_of

from .headings import BUTTONS, HEADINGS, REASONS
from .told import told_of

Kind = SubscriberMail.Kind


def compose(mail: SubscriberMail) -> EmailMultiAlternatives:
    """The mail that ``mail``, of ``outbox.due_mails``, stands for."""
    context = _context(mail)
    words = {"words": tidy(render_to_string(f"newsletter/mails/{mail.kind}.txt", context))}
    message = EmailMultiAlternatives(
        subject=str(context["heading"]),
        body=tidy(render_to_string("newsletter/mails/base.txt", context | words)) + "\n",
        to=[mail.subscriber.email],
        # No out-of-office reply to a program (RFC 3834).
        headers={"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("newsletter/mails/base.html", context | words), "text/html")
    return message


def message_id(mail: SubscriberMail) -> str:
    """The same for the same row, so that a mailbox can tell when it comes twice."""
    return f"<abonnement-{mail.pk}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}>"


def _context(mail: SubscriberMail) -> dict:
    kind = Kind(mail.kind)
    newsletters = sorted((subscription.newsletter for subscription in told_of(mail)), key=place_of)
    return {
        "language": settings.LANGUAGE_CODE,
        "site": settings.WAGTAIL_SITE_NAME,
        "heading": HEADINGS[kind],
        "content": mail.content,
        "newsletters": [one_line(full_title(newsletter)) for newsletter in newsletters],
        "button": BUTTONS[kind],
        "button_url": _button_url(mail),
        "reason": REASONS[kind],
    }


def _button_url(mail: SubscriberMail) -> str:
    if mail.kind == Kind.CONFIRM:
        return links.confirm_page(tokens.confirm_token(mail.subscriber.public_id, mail.pk))
    return links.preferences_page(tokens.preferences_token(mail.subscriber.public_id))
