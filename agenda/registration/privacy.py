"""What visitors are told of the personal data that registering takes, made of what is so."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.models import EventPage


def erased_on(event: EventPage) -> datetime.date | None:
    """The day in Europe/Amsterdam on which registrations for ``event`` are erased; ``None`` while it has no date."""
    if event.ends_at is None:
        return None
    return timezone.localdate(event.ends_at) + datetime.timedelta(days=settings.REGISTRATION_RETENTION_DAYS)


def privacy_notice(event: EventPage) -> SafeString:
    """What is kept, why, by whom, for how long, and how one gets rid of it; clean HTML."""
    paragraphs = [_what_for(event), _how_long(event), _how_to_erase(), _newsletter()]
    return format_html_join("", "<p>{}</p>", ((text,) for text in paragraphs))


def _what_for(event: EventPage) -> SafeString:
    text = _(
        "We gebruiken deze gegevens alleen om de bijeenkomst te organiseren en u erover te mailen. "
        "De organisatie van deze bijeenkomst ziet ze."
    )
    if not event.contact_email:
        return format_html("{}", text)
    name = event.contact_name or event.contact_email
    link = format_html('<a href="mailto:{}">{}</a>', event.contact_email, name)
    return format_html("{} {} {}.", text, _("Vragen daarover stelt u aan"), link)


def _how_long(event: EventPage) -> str:
    text = ngettext(
        "We wissen ze %(number)s dag na de bijeenkomst.",
        "We wissen ze %(number)s dagen na de bijeenkomst.",
        settings.REGISTRATION_RETENTION_DAYS,
    ) % {"number": settings.REGISTRATION_RETENTION_DAYS}
    days = [question.retention_days for question in event.questions.all()]
    if days and max(days) < settings.REGISTRATION_RETENTION_DAYS:
        text += " " + ngettext(
            "De antwoorden op de extra vragen wissen we al na %(number)s dag.",
            "De antwoorden op de extra vragen wissen we al na %(number)s dagen.",
            max(days),
        ) % {"number": max(days)}
    return text


def _how_to_erase() -> str:
    return _(
        "In elke mail over uw aanmelding staat een link waarmee u ziet wat we van u weten, u afmeldt, en alles zelf "
        "wist."
    )


def _newsletter() -> str:
    return _(
        "Kruist u de nieuwsbrief aan, dan mailen we u een link waarmee u dat bevestigt. Zonder bevestiging krijgt u "
        "hem niet. Uitschrijven kan altijd, met de link onder elke nieuwsbrief."
    )
