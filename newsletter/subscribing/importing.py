"""Putting addresses from a file on a list: who comes on it, who stays out, and what is kept as proof.

Who was on the list before stays as they are, whatever the file says: whoever left doesn't come back by it. So the same
file can be imported twice, and two at once. A part of the file is one transaction, and is forgotten with it.
"""

import datetime
import time
from collections import Counter
from collections.abc import Iterable

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from newsletter.models import (
    ConsentEvent,
    NewsletterIndexPage,
    Subscriber,
    SubscriberImport,
    Subscription,
    Suppression,
)

from .address_file import AddressFile
from .addresses import hash_of
from .consent import WITHDRAWN

KEPT_UNDONE = datetime.timedelta(days=1)
AT_ONCE = 1_000
"""Addresses in one transaction."""
TURN = 0.1
"""Seconds."""
LONGEST_SOURCE = ConsentEvent._meta.get_field("source").max_length
NEW, KNOWN, PENDING, LEFT, SUPPRESSED = "new", "known", "pending", "left", "suppressed"
STANDING = {
    Subscription.State.PENDING: PENDING,
    Subscription.State.ACTIVE: KNOWN,
    Subscription.State.ENDED: LEFT,
}
"""What becomes of an address of the file that is on the list already, by the state that it has there."""

Row = tuple[str, str, str]
"""The hash of an address, the address, and the day of its consent (ISO 8601)."""


class ImportRefused(Exception):
    message = ""

    def __str__(self):
        return str(self.message)


class AlreadyImported(ImportRefused):
    message = gettext_lazy("Dit bestand is al geïmporteerd.")


class ListBusy(ImportRefused):
    """Others held the same subscribers; asking again helps."""

    message = gettext_lazy(
        "De import is onderbroken: iemand anders veranderde dezelfde abonnees. Klik nog eens om verder te gaan."
    )


def keep(
    newsletter: NewsletterIndexPage, file_name: str, read: AddressFile, wording: str, obtained: str, user
) -> SubscriberImport:
    """Keep what was read, to be carried out once somebody saw what it comes to."""
    return SubscriberImport.objects.create(
        newsletter=newsletter,
        file_name=file_name[-SubscriberImport._meta.get_field("file_name").max_length :],
        wording=wording,
        obtained=obtained,
        rows=[[address, day.isoformat()] for address, day in read.rows],
        errors=read.errors,
        doubles=read.doubles,
        created_by=user,
    )


def foresee(planned: SubscriberImport) -> Counter[str]:
    """How many of its addresses would be ``NEW``, and how many stay out for each of the other reasons."""
    found: Counter[str] = Counter()
    for start in range(0, len(planned.rows), AT_ONCE):
        rows = _with_hashes(planned.rows[start : start + AT_ONCE])
        staying_out = _staying_out(planned.newsletter, [key for key, _address, _day in rows])
        found.update(staying_out.get(key, NEW) for key, _address, _day in rows)
    return found


def carry_out(import_id: int, user) -> SubscriberImport:
    """Put all its new addresses on the list, some at a time; the file is forgotten then.

    What breaks off has done the first part of the file, and goes on behind it when this is called again. Raises
    ``AlreadyImported``, ``ListBusy`` and ``SubscriberImport.DoesNotExist``.
    """
    try:
        while not (planned := _carry_out_part(import_id, user)).done_at:
            _let_others_write()
    except OperationalError as error:
        raise ListBusy from error
    return planned


@transaction.atomic
def discard(imports: QuerySet[SubscriberImport], user=None) -> None:
    """Throw the files away, or what is left of them; what was imported stays as it is, with its proof."""
    for one in imports.filter(done_at=None).select_for_update().order_by("pk"):
        if one.has_begun:
            one.left_out += len(one.rows)
            _finish(one, user)
        else:
            one.delete()


def forget_imports() -> None:
    """Throw away what nobody imported."""
    discard(SubscriberImport.objects.filter(created_at__lt=timezone.now() - KEPT_UNDONE))


@transaction.atomic
def _carry_out_part(import_id: int, user) -> SubscriberImport:
    """Import the next ``AT_ONCE`` addresses; without any left it is done."""
    planned = SubscriberImport.objects.select_for_update().get(pk=import_id)
    if planned.done_at:
        raise AlreadyImported
    part, planned.rows = planned.rows[:AT_ONCE], planned.rows[AT_ONCE:]
    added = _add(planned, _with_hashes(part))
    planned.added += added
    planned.left_out += len(part) - added
    if planned.rows:
        planned.save(update_fields=["added", "left_out", "rows"])
    else:
        _finish(planned, user)
    return planned


def _finish(planned: SubscriberImport, user) -> None:
    planned.left_out += len(planned.errors) + planned.doubles
    planned.done_at = timezone.now()
    planned.rows, planned.errors = [], []
    planned.save(update_fields=["added", "left_out", "done_at", "rows", "errors"])
    data = {"number": planned.added, "import": planned.pk}
    log(planned.newsletter, "newsletter.import_subscribers", user=user, data=data)


def _let_others_write() -> None:
    """On SQLite one writes at a time, and who has to wait looks each tenth of a second whether it is their turn."""
    if connection.vendor == "sqlite":
        time.sleep(TURN)


def _with_hashes(rows: Iterable[tuple[str, str]]) -> list[Row]:
    """By hash: two imports that have addresses in common then never wait for each other in a circle."""
    return sorted((hash_of(address), address, day) for address, day in rows)


def _staying_out(newsletter: NewsletterIndexPage, hashes: list[str]) -> dict[str, str]:
    """Why some of ``hashes`` don't come on the list; the others do.

    What was said earlier counts too: a subscriber who is on no list any more is erased, and left it all the same.
    """
    said = ConsentEvent.objects.filter(newsletter=newsletter, kind__in=WITHDRAWN, address_hash__in=hashes)
    suppressed = Suppression.objects.filter(address_hash__in=hashes)
    subscriptions = Subscription.objects.filter(newsletter=newsletter, subscriber__address_hash__in=hashes)
    standing = subscriptions.values_list("subscriber__address_hash", "state")
    return {
        **dict.fromkeys(said.values_list("address_hash", flat=True), LEFT),
        **{key: STANDING[Subscription.State(state)] for key, state in standing},
        **dict.fromkeys(suppressed.values_list("address_hash", flat=True), SUPPRESSED),
    }


def _add(planned: SubscriberImport, rows: list[Row]) -> int:
    """How many of ``rows`` came on the list."""
    hashes = [key for key, _address, _day in rows]
    # Whoever changes a subscriber holds its row: nobody leaves between looking and adding.
    list(Subscriber.objects.select_for_update().filter(address_hash__in=hashes).order_by("address_hash"))
    staying_out = _staying_out(planned.newsletter, hashes)
    coming = {key: (address, day) for key, address, day in rows if key not in staying_out}
    Subscriber.objects.bulk_create(
        [Subscriber(email=address, address_hash=key) for key, (address, _day) in coming.items()],
        ignore_conflicts=True,
    )
    added = _subscribe(planned, coming)
    ConsentEvent.objects.bulk_create(_consent(planned, key, coming[key][1]) for key in added)
    return len(added)


def _subscribe(planned: SubscriberImport, hashes: Iterable[str]) -> list[str]:
    """Those of ``hashes`` who weren't put on the list by somebody else in the same moment."""
    now = timezone.now()
    subscribers = Subscriber.objects.filter(address_hash__in=hashes).order_by("address_hash")
    subscriptions = [
        Subscription(
            subscriber_id=pk,
            newsletter=planned.newsletter,
            state=Subscription.State.ACTIVE,
            source=Subscription.Source.IMPORT,
            requested_at=now,
            confirmed_at=now,
        )
        for pk in subscribers.values_list("pk", flat=True)
    ]
    Subscription.objects.bulk_create(subscriptions, ignore_conflicts=True)
    added = Subscription.objects.filter(public_id__in=[subscription.public_id for subscription in subscriptions])
    return list(added.values_list("subscriber__address_hash", flat=True))


def _consent(planned: SubscriberImport, key: str, day: str) -> ConsentEvent:
    given_on = formats.date_format(datetime.date.fromisoformat(day), "j F Y")
    words = {"obtained": planned.obtained, "day": given_on, "file": planned.file_name}
    return ConsentEvent(
        address_hash=key,
        newsletter=planned.newsletter,
        newsletter_title=planned.newsletter.title,
        kind=ConsentEvent.Kind.IMPORTED,
        wording=planned.wording,
        wording_version=f"import {planned.pk}",
        source=(_("%(obtained)s, %(day)s (bestand %(file)s)") % words)[:LONGEST_SOURCE],
    )
