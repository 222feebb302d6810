"""Mails that waited so long that they aren't true any more."""

from django.utils import timezone
from django.utils.translation import gettext as _

from agenda.models import OutgoingMail, Registration

Kind = OutgoingMail.Kind
State = Registration.State

STATES_TOLD_TO = {
    Kind.OFFERED: [State.OFFERED],
    Kind.REMINDER: [State.CONFIRMED],
    Kind.MOVED: Registration.ACTIVE,
    Kind.MESSAGE: Registration.ACTIVE,
}
"""To whom a mail of that kind makes sense; one of another kind tells what happened, and goes out whatever follows."""


def why_outdated(mail: OutgoingMail) -> str:
    """Why ``mail`` isn't sent any more; empty when it is."""
    registration = mail.registration
    told_to = STATES_TOLD_TO.get(Kind(mail.kind))
    if told_to and registration.state not in told_to:
        return _("Niet meer nodig: de aanmelding is nu ‘%(state)s’.") % {"state": registration.get_state_display()}
    if mail.kind == Kind.REMINDER:
        event = registration.event
        if event.cancelled:
            return _("Niet meer nodig: de bijeenkomst gaat niet door.")
        if event.start <= timezone.now():
            return _("Niet meer nodig: de bijeenkomst is al begonnen.")
    return ""
