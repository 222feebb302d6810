"""Newsletters that people are subscribed to aren't deleted by accident: the list would be gone with them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from newsletter.models import Subscription


def refuse_deleting(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    """An answer instead of deleting ``pages`` when that would lose subscribers; ``None`` when not."""
    number = sum(subscribers_below(page) for page in pages)
    if not number:
        return None
    people = ngettext("Er is %d abonnee.", "Er zijn %d abonnees.", number) % number
    rest = _(
        "Verwijderen kan niet, want dan is de lijst weg. Verschijnt de nieuwsbrief niet meer? Haal haar dan offline."
    )
    messages.error(request, f"{people} {rest}")
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def subscribers_below(page: Page) -> int:
    """How many subscriptions there are to newsletters at or below ``page``, those to be confirmed left aside."""
    return Subscription.objects.active().filter(newsletter__path__startswith=page.path).count()
