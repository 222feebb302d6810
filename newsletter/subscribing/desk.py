"""Subscribing, confirming, leaving and choosing: one transaction each, alone with the subscriber.

Two of them at the same moment come to the same as one after the other. The mails are rows of the same transaction.
"""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.models import ConsentEvent, NewsletterIndexPage, Subscriber, SubscriberMail, Subscription, Suppression

from . import suppression, tokens
from .addresses import hash_of
from .consent import Circumstances, record
from .posting import post_preferences, post_request
from .refusals import AddressBlocked, NothingAsked
from .wording import Wording, wording_of_preferences

State = Subscription.State
Kind = ConsentEvent.Kind


@transaction.atomic
def subscribe(
    email: str,
    newsletters: Collection[NewsletterIndexPage],
    *,
    source: Subscription.Source,
    wording: Wording,
    client_address: str | None,
    source_text: str = "",
) -> None:
    """Ask whose address this is whether they want ``newsletters``; nothing is sent to them until they say so.

    It takes the same statements whether or not the address is known, on these lists, or blocked: the mail differs, or
    doesn't come. ``source_text`` is in words for editors.
    """
    subscriber = _alone_with(email)
    rows = [Subscription(subscriber=subscriber, newsletter=one, source=source) for one in newsletters]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)
    asked = subscriber.subscriptions.filter(newsletter__in=newsletters)
    asked.filter(state=State.ENDED).update(state=State.PENDING, source=source, request_id=uuid.uuid4())
    asked.filter(state=State.PENDING).update(requested_at=timezone.now())
    how = Circumstances(source_text or source.label, client_address, wording)
    record(subscriber.address_hash, Kind.REQUESTED, newsletters, how)
    post_request(subscriber, newsletters)


def asked_by(token: str) -> list[Subscription]:
    """What the link in a mail confirms, done or not; raises ``NothingAsked`` when that is nothing (any more)."""
    try:
        public_id, mail_id = tokens.read_confirm_token(token)
    except tokens.WrongToken as error:
        raise NothingAsked from error
    mail = SubscriberMail.objects.filter(pk=mail_id, subscriber__public_id=public_id).first()
    found = _asked_in(mail) if mail else []
    if not found:
        raise NothingAsked
    return found


@transaction.atomic
def confirm(token: str, client_address: str | None) -> list[Subscription]:
    """Put whoever holds ``token`` on the lists that they asked for; doing so twice is fine.

    Returns all subscriptions that the token is about. Raises ``NothingAsked`` and ``AddressBlocked``.
    """
    subscriber = asked_by(token)[0].subscriber
    _lock(subscriber)
    asked = asked_by(token)  # again: they may have left meanwhile
    waiting = [subscription for subscription in asked if subscription.state == State.PENDING]
    if waiting:
        _begin(subscriber, waiting, Circumstances(_("De link in de mail"), client_address))
    return asked


@transaction.atomic
def unsubscribe(subscription: Subscription, *, source_text: str = "", client_address: str | None = None) -> None:
    """Take somebody off one list; doing so twice is fine, and so is doing it after all was erased."""
    _lock(subscription.subscriber)
    found = subscription.subscriber.subscriptions.exclude(state=State.ENDED).filter(pk=subscription.pk)
    how = Circumstances(source_text or _("De link in de nieuwsbrief"), client_address)
    _end(subscription.subscriber, list(found.select_related("newsletter")), Kind.WITHDRAWN, how)
    subscription.state = State.ENDED


@transaction.atomic
def end_for_complaint(subscriber: Subscriber) -> None:
    """Somebody told their provider that a newsletter is unwanted mail: nothing goes there any more."""
    _lock(subscriber)
    found = subscriber.subscriptions.exclude(state=State.ENDED).select_related("newsletter")
    _end(subscriber, list(found), Kind.COMPLAINED, Circumstances(_("Melding van de mailprovider")))
    suppression.suppress(subscriber.address_hash, Suppression.Reason.COMPLAINT)


@transaction.atomic
def ask_for_preferences(email: str) -> None:
    """Mail a link to who has this address, if they ever were on a list or asked for one.

    It takes the same statements when they didn't; then the address goes again (``retention``).
    """
    post_preferences(_alone_with(email))


@transaction.atomic
def change(
    subscriber: Subscriber, newsletters: Collection[NewsletterIndexPage], *, client_address: str | None = None
) -> None:
    """Have who proved to have this address on ``newsletters``, at once, and on no other list.

    Raises ``AddressBlocked`` when that would be more lists than before, and ``Subscriber.DoesNotExist`` when they were
    erased meanwhile.
    """
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    how = Circumstances(_("Eigen voorkeuren"), client_address, wording_of_preferences())
    wanted = {newsletter.pk for newsletter in newsletters}
    known = list(subscriber.subscriptions.select_related("newsletter"))
    unwanted = [one for one in known if one.state != State.ENDED and one.newsletter_id not in wanted]
    _end(subscriber, unwanted, Kind.WITHDRAWN, how)
    missing = wanted - {one.newsletter_id for one in known}
    rows = [Subscription(subscriber=subscriber, newsletter_id=pk, source=Subscription.Source.SITE) for pk in missing]
    Subscription.objects.bulk_create(rows)
    begun = subscriber.subscriptions.filter(newsletter__in=wanted).exclude(state=State.ACTIVE)
    if begun := list(begun.select_related("newsletter")):
        _begin(subscriber, begun, how)


def _alone_with(email: str) -> Subscriber:
    """Who has this address, known or new, for us alone until the transaction ends."""
    address_hash = hash_of(email)
    Subscriber.objects.bulk_create(
        [Subscriber(email=email, address_hash=address_hash)],
        update_conflicts=True,  # changes nothing, but locks the row
        unique_fields=["address_hash"],
        update_fields=["address_hash"],
    )
    return Subscriber.objects.get(address_hash=address_hash)


def _lock(subscriber: Subscriber) -> None:
    """Nobody else changes what is theirs until the transaction ends; nothing of it is left if they were erased."""
    list(Subscriber.objects.select_for_update().filter(pk=subscriber.pk).values_list("pk"))


def _asked_in(mail: SubscriberMail) -> list[Subscription]:
    found = Subscription.objects.filter(
        subscriber=mail.subscriber_id,
        newsletter__in=mail.content.get("newsletters", []),
        request_id__in=mail.content.get("requests", []),
        state__in=(State.PENDING, State.ACTIVE),
    )
    return list(found.select_related("subscriber", "newsletter__document"))


def _begin(subscriber: Subscriber, subscriptions: list[Subscription], how: Circumstances) -> None:
    """They said that they want these, and mail comes in."""
    if suppression.gets_no_mail(subscriber.address_hash):
        raise AddressBlocked
    for subscription in subscriptions:
        subscription.change(state=State.ACTIVE, confirmed_at=timezone.now(), ended_at=None)
    record(subscriber.address_hash, Kind.CONFIRMED, [one.newsletter for one in subscriptions], how)
    Subscriber.objects.filter(pk=subscriber.pk).update(hard_bounces=0)
    suppression.lift(subscriber.address_hash, *Suppression.LIFTED_BY_CONFIRMING)


def _end(
    subscriber: Subscriber, subscriptions: list[Subscription], kind: ConsentEvent.Kind, how: Circumstances
) -> None:
    for subscription in subscriptions:
        subscription.change(state=State.ENDED, ended_at=timezone.now())
    record(subscriber.address_hash, kind, [one.newsletter for one in subscriptions], how)
