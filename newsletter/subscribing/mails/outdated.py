"""Mails that aren't sent any more, or never were to be."""

from django.utils.translation import gettext as _

from newsletter.models import SubscriberMail

from .told import told_of

Kind = SubscriberMail.Kind


def why_outdated(mail: SubscriberMail) -> str:
    """Why ``mail``, of ``outbox.due_mails``, isn't sent; empty when it is."""
    if mail.is_blocked:
        return _("Niet verstuurd: naar dit adres gaat geen mail meer.")
    if mail.kind == Kind.PREFERENCES:
        is_known = bool(mail.subscriber.subscriptions.all())
        return "" if is_known else _("Niet verstuurd: dit adres stond op geen enkele lijst.")
    return "" if told_of(mail) else _("Niet meer nodig: er is intussen bevestigd of uitgeschreven.")
