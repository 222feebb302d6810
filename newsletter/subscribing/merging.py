"""The list of a region that goes into another: whoever is on it comes on the list of the other one.

They said that they want the newsletter of the first, and nobody asks them again; that is what the log of consents says
of it. Their subscription stays the same row, so that the link to leave in a mail which they have takes them off the
list that they are on now.

What was sent before to either list isn't sent to whoever comes on it from the other (``newsletter.sending.audience``).
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.models import (
    ConsentEvent,
    FrozenIssue,
    NewsletterIndexPage,
    SendRun,
    Subscriber,
    SubscriberImport,
    Subscription,
    Suppression,
)
from regions.models import RegionPage
from regions.signals import region_merged, region_merging

from . import importing
from .consent import WITHDRAWN, Circumstances, record_for_many
from .retention import let_lapse

AT_ONCE = 1_000
Kind = ConsentEvent.Kind
State = Subscription.State


def connect() -> None:
    region_merging.connect(foresee, dispatch_uid="newsletter.foresee_merging")
    region_merged.connect(merge_lists, dispatch_uid="newsletter.merge_lists")


def foresee(source: RegionPage, target: RegionPage, with_content: bool, **kwargs) -> list[str]:
    """What becomes of those who are subscribed to the newsletter of ``source``."""
    newsletter = _newsletter_of(source)
    if newsletter is None:
        return []
    heir = _newsletter_of(target)
    active = newsletter.subscriptions.active().count()
    words = {"title": newsletter.title, "into": target.title, "number": active}
    if not with_content:
        return [_("‘%(title)s’ blijft een eigen nieuwsbrief, met haar eigen lijst. Abonnees: %(number)d.") % words]
    if heir is None:
        return [
            _("%(into)s heeft geen nieuwsbrief: ‘%(title)s’ verhuist met haar lijst. Abonnees: %(number)d.") % words
        ]
    coming = _coming(newsletter, heir).count()
    pending = newsletter.subscriptions.filter(state=State.PENDING).count()
    words |= {"heir": heir.title, "coming": coming, "staying": active - coming, "pending": pending}
    return [
        _("Abonnees van ‘%(title)s’ die, zonder bericht, overgaan naar ‘%(heir)s’: %(coming)d.") % words,
        _("Abonnees die niet overgaan (ze staan er al op, schreven zich daar uit of zijn geblokkeerd): %(staying)d.")
        % words,
        _("Inschrijvingen voor ‘%(title)s’ die nog bevestigd moesten worden en vervallen: %(pending)d.") % words,
    ]


def merge_lists(source: RegionPage, target: RegionPage, with_content: bool, **kwargs) -> None:
    """Put those on the list of ``source`` on that of ``target``, when its issues have gone to the one there.

    A newsletter that moved with its list isn't below ``source`` any more. For use in a transaction.
    """
    newsletter, heir = _newsletter_of(source), _newsletter_of(target)
    if not (with_content and newsletter and heir):
        return
    # In the order in which an import takes them: its file, then its subscribers.
    importing.discard(SubscriberImport.objects.filter(newsletter=newsletter))
    subscribers = Subscriber.objects.filter(subscriptions__newsletter=newsletter)
    list(subscribers.select_for_update(of=("self",)).order_by("address_hash").values_list("pk"))
    words = {"title": newsletter.title, "region": source.title, "heir": heir.title, "into": target.title}
    _move(newsletter, heir, Circumstances(_("Stond op ‘%(title)s’ van %(region)s, die opging in %(into)s") % words))
    _dissolve(newsletter, Circumstances(_("Ging op in ‘%(heir)s’ van %(into)s") % words))
    FrozenIssue.objects.filter(runs__newsletter__in=(newsletter, heir)).update(merged_at=timezone.now())
    SendRun.objects.filter(newsletter=newsletter).update(newsletter=heir)


def _newsletter_of(region: RegionPage) -> NewsletterIndexPage | None:
    return NewsletterIndexPage.objects.child_of(region).first()


def _coming(newsletter: NewsletterIndexPage, heir: NewsletterIndexPage) -> QuerySet[Subscription]:
    """Those on ``newsletter`` who may come on ``heir``: whoever is on it, left it or is blocked doesn't."""
    subscriber = Q(subscriber=OuterRef("subscriber"))
    there = Subscription.objects.filter(subscriber, newsletter=heir)
    never_confirmed = Q(state=State.PENDING, confirmed_at=None)
    address = Q(address_hash=OuterRef("subscriber__address_hash"))
    return newsletter.subscriptions.active().exclude(
        Exists(there.exclude(never_confirmed))
        | Exists(ConsentEvent.objects.filter(address, newsletter=heir, kind__in=WITHDRAWN))
        | Exists(Suppression.objects.filter(address))
    )


def _move(newsletter: NewsletterIndexPage, heir: NewsletterIndexPage, how: Circumstances) -> None:
    coming = _coming(newsletter, heir).order_by("pk").values_list("pk", "subscriber", "subscriber__address_hash")
    while batch := list(coming[:AT_ONCE]):
        subscriptions, subscribers, hashes = zip(*batch, strict=True)
        # What they asked for there and didn't confirm yet.
        heir.subscriptions.filter(subscriber__in=subscribers).delete()
        Subscription.objects.filter(pk__in=subscriptions).update(newsletter=heir)
        record_for_many(hashes, Kind.MOVED, heir, how)


def _dissolve(newsletter: NewsletterIndexPage, how: Circumstances) -> None:
    """End what is left on the list."""
    let_lapse(newsletter.subscriptions.all())
    left = newsletter.subscriptions.active()
    record_for_many(left.values_list("subscriber__address_hash", flat=True), Kind.DISSOLVED, newsletter, how)
    left.update(state=State.ENDED, ended_at=timezone.now())
