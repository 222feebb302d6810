"""A mail to try: the issue as it would go out, to a few editors."""

from anymail.exceptions import AnymailError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.translation import gettext as _

from cms.addresses import address_of, on_site
from newsletter.models import NewsletterPage
from newsletter.rendering import UNSUBSCRIBE_URL, render

from .refusals import TryFailed


def try_out(issue: NewsletterPage, emails: list[str]) -> None:
    """Send what is frozen of ``issue``, or else its latest draft, to each of ``emails``; nobody is written down.

    Its link for leaving leads to the page of the newsletter. Raises ``TryFailed``.
    """
    newsletter = issue.get_parent().specific
    shown = getattr(issue, "frozen", None) or render(issue.get_latest_revision_as_object())
    link = address_of(newsletter) or on_site("/")
    mails = []
    for email in emails:
        mail = EmailMultiAlternatives(
            subject=_("[Proef] %(subject)s") % {"subject": shown.subject},
            body=shown.text.replace(UNSUBSCRIBE_URL, link),
            from_email=newsletter.sender,
            to=[email],
            reply_to=[newsletter.reply_to] if newsletter.reply_to else None,
        )
        mail.attach_alternative(shown.html.replace(UNSUBSCRIBE_URL, link), "text/html")
        mails.append(mail)
    try:
        get_connection().send_messages(mails)
    except (OSError, AnymailError) as error:
        raise TryFailed from error
