"""What visitors read and agree to when they subscribe; it is kept with each consent.

Whoever changes a text gives it another version.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _

from agenda.registration.form import WANTS_NEWSLETTER


class Wording(NamedTuple):
    text: str
    version: str


def wording_of_form() -> Wording:
    """Stands beside the button of the form on the site."""
    return Wording(
        _(
            "Ja, ik wil de nieuwsbrieven ontvangen die ik heb aangekruist. Ik kan me altijd weer uitschrijven, met de "
            "link onder elke nieuwsbrief."
        ),
        "2026-11",
    )


def wording_of_registration() -> Wording:
    """Stands beside the checkbox where one registers for an event."""
    return Wording(str(WANTS_NEWSLETTER), "2026-11")


def wording_of_preferences() -> Wording:
    """Stands beside the button of one's own preferences."""
    return Wording(_("Ik wil de nieuwsbrieven ontvangen die ik heb aangekruist, en de andere niet."), "2026-11")
