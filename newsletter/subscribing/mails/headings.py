"""What each kind of mail has besides its words."""

from django.utils.translation import gettext_lazy as _

from newsletter.models import SubscriberMail

Kind = SubscriberMail.Kind

HEADINGS = {
    Kind.CONFIRM: _("Bevestig uw inschrijving"),
    Kind.KNOWN: _("U bent al ingeschreven"),
    Kind.PREFERENCES: _("Uw nieuwsbrieven"),
}
"""Above it, and its subject; who sends it is said by the sender."""

BUTTONS = {
    Kind.CONFIRM: _("Inschrijving bevestigen"),
    Kind.KNOWN: _("Uw nieuwsbrieven bekijken"),
    Kind.PREFERENCES: _("Uw nieuwsbrieven bekijken"),
}

REASONS = {
    Kind.CONFIRM: _(
        "U krijgt deze mail omdat iemand dit e-mailadres heeft ingevuld om een nieuwsbrief te ontvangen. Bevestigt u "
        "dat niet, dan vervalt de aanvraag na zeven dagen, en wissen we uw adres als het verder op geen lijst staat."
    ),
    Kind.KNOWN: _(
        "U krijgt deze mail omdat iemand dit e-mailadres heeft ingevuld om een nieuwsbrief te ontvangen. De link is "
        "alleen voor u; stuur hem niet door."
    ),
    Kind.PREFERENCES: _(
        "U krijgt deze mail omdat iemand dit e-mailadres heeft ingevuld om te zien welke nieuwsbrieven het krijgt. De "
        "link is alleen voor u; stuur hem niet door."
    ),
}
"""Why one gets it; below it."""
