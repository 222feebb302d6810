"""What visitors are told of the personal data that subscribing takes, made of what is so."""

from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .tokens import CONFIRM_WITHIN


def privacy_notice() -> SafeString:
    """What is kept, why, for how long, and how one gets rid of it; clean HTML."""
    return format_html_join("", "<p>{}</p>", ((text,) for text in (_what_for(), _how_long(), _how_to_leave())))


def _what_for() -> str:
    return _(
        "We gebruiken uw e-mailadres alleen om u de nieuwsbrief te sturen. Eerst mailen we u een link waarmee u de "
        "inschrijving bevestigt. Om te kunnen laten zien dat u dat wilde, bewaren we wanneer u zich inschreef, welke "
        "tekst u daarbij las en vanaf welk IP-adres. We houden niet bij wat u opent of aanklikt."
    )


def _how_long() -> str:
    unconfirmed = ngettext(
        "Bevestigt u niet, dan wissen we uw adres na %(number)s dag.",
        "Bevestigt u niet, dan wissen we uw adres na %(number)s dagen.",
        CONFIRM_WITHIN.days,
    ) % {"number": CONFIRM_WITHIN.days}
    left = ngettext(
        "Schrijft u zich overal uit, dan wissen we het %(number)s dag later.",
        "Schrijft u zich overal uit, dan wissen we het %(number)s dagen later.",
        settings.SUBSCRIBER_RETENTION_DAYS,
    ) % {"number": settings.SUBSCRIBER_RETENTION_DAYS}
    return f"{unconfirmed} {left}"


def _how_to_leave() -> str:
    return _(
        "Onder elke nieuwsbrief staat een link om u uit te schrijven. Via uw voorkeuren ziet u wat we van u weten, en "
        "wist u het meteen. Wat dan overblijft, zegt niet meer van wie het was."
    )
